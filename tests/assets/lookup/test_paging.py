"""Walking a list by its keys shows every row once, in the order it names."""

from dataclasses import replace

import pytest

from registry.assets.register.lookup.filters import Filter
from registry.assets.register.lookup.listing import compose
from registry.assets.register.lookup.paging import Key, NotAPlace, Order, Place, parse_place
from registry.assets.register.lookup.queries import list_page, reach_of
from tests.assets.lookup.plain import everything, ids, ids_backwards
from tests.factories import COUNTY, SIBLING_VILLAGE, TODAY, VILLAGE, person


@pytest.mark.parametrize("size", [1, 2, 7, 20, 50])
@pytest.mark.parametrize("reader", ["municipal_supervisor", "village_clerk"])
def test_keys_walk_every_row_once_forwards_and_backwards(within, size, reader):
    for chosen in (Filter(), Filter(region=VILLAGE if reader == "village_clerk" else COUNTY), Filter(q="光伏")):
        forwards = ids(chosen, reader, size)
        assert len(forwards) == len(set(forwards))
        assert forwards == ids(chosen, reader, 500)
        assert ids_backwards(chosen, reader, size) == forwards


@pytest.mark.parametrize("wish", [Order.VALUE, Order.YEAR])
def test_other_orders_walk_every_row_once_too(within, wish):
    forwards = ids(Filter(), "county_clerk", 7, wish)
    rows = {one.id: one for one in everything()}
    figures = [rows[key].original_value_fen if wish is Order.VALUE else rows[key].project_year for key in forwards]
    assert figures == sorted(figures, reverse=True)
    assert sorted(forwards) == sorted(ids(Filter(), "county_clerk"))
    assert ids_backwards(Filter(), "county_clerk", 7, wish) == forwards


def test_lists_stand_in_the_order_of_regions_and_searches_above_the_county_newest_first(within):
    rows = {one.id: one for one in everything()}
    listed = [(rows[key].region_code, key) for key in ids(Filter(), "municipal_supervisor")]
    assert listed == sorted(listed)
    found = ids(Filter(q="光伏"), "municipal_supervisor")
    assert found == sorted(found, reverse=True)
    below = [(rows[key].region_code, key) for key in ids(Filter(q="光伏"), "county_clerk")]
    assert below == sorted(below)


BAD_PLACES = [
    {"after": "x"}, {"after": "500240213203"}, {"after": "500240213203-"}, {"before": "500240213203-1x"},
    {"after": "500240213203-1", "before": "500240213203-2"}, {"page": "2"}, {"size": "1000"}, {"size": "-1"},
    {"start": "x"}, {"after": "500240213203-99999999999999999"}, {"after": "1'--1"},
]  # fmt: skip


@pytest.mark.parametrize("args", BAD_PLACES)
def test_a_place_that_cannot_be_read_is_refused(args):
    with pytest.raises(NotAPlace):
        parse_place(args, Order.REGION)


@pytest.mark.parametrize("place", [Place(after=Key("000000000000", 1)), Place(before=Key("999999999999", 10**9))])
def test_a_key_from_elsewhere_widens_nobodys_reach(within, place):
    parts = reach_of(person("village_clerk"), "")
    page = list_page(Filter(alive=False), parts, Order.REGION, replace(place, size=50))
    assert {row.id for row in page.rows} <= set(ids(Filter(alive=False), "village_clerk"))
    sibling = Key(SIBLING_VILLAGE, 1)
    for other in (Place(after=sibling, size=50), Place(before=sibling, size=50)):
        page = list_page(Filter(region=VILLAGE), reach_of(person("township_clerk"), VILLAGE), Order.REGION, other)
        assert all(row.region_code == VILLAGE or row.region_code[:9] != VILLAGE[:9] for row in page.rows)


def test_another_order_is_refused_where_the_set_is_too_large(within, monkeypatch):
    from registry.assets.register.lookup import listing

    parts = reach_of(person("county_clerk"), "")
    assert compose(Filter(), parts, {"order": "VALUE"}, TODAY).order is Order.VALUE
    monkeypatch.setattr(listing, "MAX_SORTED", 5)
    with pytest.raises(NotAPlace):
        compose(Filter(), parts, {"order": "VALUE"}, TODAY)


def test_running_numbers_agree_with_the_place_in_the_list(within):
    chosen = Filter()
    parts = reach_of(person("county_clerk"), "")
    whole = ids(chosen, "county_clerk", 500)
    page = compose(chosen, parts, {}, TODAY)
    forwards = []
    while True:
        assert whole[page.first - 1 : page.first - 1 + len(page.rows)] == [row.id for row in page.rows]
        forwards.append(page.first)
        if page.steps.next is None:
            break
        page = compose(chosen, parts, page.steps.next, TODAY)
    assert page.first + len(page.rows) - 1 == len(whole) == page.totals.assets
    page = compose(chosen, parts, {"page": "last"}, TODAY)
    while page.steps.previous is not None:
        assert whole[page.first - 1 : page.first - 1 + len(page.rows)] == [row.id for row in page.rows]
        page = compose(chosen, parts, page.steps.previous, TODAY)
    assert page.first == 1
