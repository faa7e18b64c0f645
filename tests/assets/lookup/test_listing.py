"""The list in SQL is the list in plain Python: filter, search, order, pages, totals, reach."""

import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from registry.assets.register.bigrams import folded
from registry.assets.register.cards.models import Asset, FundingLine
from registry.assets.register.categories import SUBTYPES, TitleStatus, UseStatus
from registry.assets.register.funding import FundingSource
from registry.assets.register.lookup import search, totals
from registry.assets.register.lookup.filters import Filter
from registry.assets.register.lookup.listing import compose
from registry.assets.register.lookup.paging import Key, NotAPlace, Order, Place, parse_place
from registry.assets.register.lookup.queries import key_of, list_page, order_for, reach_of
from registry.assets.register.lookup.totals import get_totals
from registry.assets.register.registration import STANDING, Stage
from registry.database import db
from registry.errors import Missing
from registry.kinds import Category, OwnerKind
from registry.regions import code_range, covers
from tests.assets.lookup.conftest import PLACES, WORDS
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, person

MANY = hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
READERS = ("municipal_supervisor", "county_clerk", "township_clerk", "village_clerk", "sibling_clerk", "other_clerk")


@cache
def everything() -> tuple[Asset, ...]:
    rows = tuple(db.session.scalars(select(Asset).order_by(Asset.id)))
    for row in rows:
        db.session.expunge(row)
    return rows


@cache
def sources_of() -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for line in db.session.scalars(select(FundingLine)):
        sums = found.setdefault(line.asset_id, {})
        sums[line.source] = sums.get(line.source, 0) + line.amount_fen
    return found


@cache
def shares_into() -> dict[int, set[str]]:
    from registry.assets.register.cards.models import AssetOwner

    found: dict[int, set[str]] = {}
    for row in db.session.scalars(select(AssetOwner).where(AssetOwner.foreign_region.is_not(None))):
        found.setdefault(row.asset_id, set()).add(row.foreign_region)
    return found


def seen_by(asset: Asset, unit: str) -> bool:
    return covers(unit, asset.region_code) or any(covers(unit, one) for one in shares_into().get(asset.id, ()))


def lets_through(chosen: Filter, asset: Asset) -> bool:
    """The filter in plain Python."""
    wanted = folded(chosen.q)
    return all((
        not chosen.q or (asset.asset_no.startswith(chosen.number) if chosen.number
                         else wanted in folded(asset.name) or wanted in folded(asset.short_name)),
        not chosen.region or covers(chosen.region, asset.region_code),
        chosen.category in {None, asset.category},
        chosen.subtype in {"", asset.subtype},
        asset.stage == chosen.stage if chosen.stage else not chosen.alive or asset.stage in STANDING,
        chosen.use_status in {None, asset.use_status},
        chosen.title_status in {None, asset.title_status},
        chosen.year_from is None or asset.project_year >= chosen.year_from,
        chosen.year_to is None or asset.project_year <= chosen.year_to,
        chosen.value_from is None or asset.original_value_fen >= chosen.value_from,
        chosen.value_to is None or asset.original_value_fen <= chosen.value_to,
        chosen.owner_kind in {None, asset.owner_kind},
        not chosen.owner or chosen.owner.lower() in asset.owner_text.lower(),
        chosen.source is None or sources_of()[asset.id].get(chosen.source, 0) != 0,
        chosen.batch is None,
    ))  # fmt: skip


def ids(chosen: Filter, reader: str, size: int = 50, wish: Order | None = None) -> list[int]:
    """Walk every page forwards."""
    parts = reach_of(person(reader), chosen.region)
    order = order_for(chosen, parts, wish)
    found, place = [], Place(size=size)
    while True:
        page = list_page(chosen, parts, order, place)
        found += [row.id for row in page.rows]
        if not page.more:
            return found
        place = Place(after=key_of(page.rows[-1], order), size=size)


def ids_backwards(chosen: Filter, reader: str, size: int, wish: Order | None = None) -> list[int]:
    """Walk every page from the last; what overlaps the first page is dropped."""
    parts = reach_of(person(reader), chosen.region)
    order = order_for(chosen, parts, wish)
    page = list_page(chosen, parts, order, Place(last=True, size=size))
    found = [row.id for row in page.rows]
    while page.more and page.place.backwards:
        page = list_page(chosen, parts, order, Place(before=key_of(page.rows[0], order), size=size))
        found = [row.id for row in page.rows if row.id not in set(found)] + found
    return found


SOME = st.builds(
    Filter,
    q=st.sampled_from(["", "", "", *WORDS, "光伏电站", "站光", "500240213203", "500240213203j20"]),
    region=st.sampled_from(["", "", "", VILLAGE, TOWNSHIP]),
    category=st.none() | st.sampled_from(Category),
    subtype=st.sampled_from(["", "", "", *(one.code for one in SUBTYPES)]),
    stage=st.none() | st.none() | st.sampled_from(Stage),
    use_status=st.none() | st.none() | st.sampled_from(UseStatus),
    title_status=st.none() | st.none() | st.sampled_from(TitleStatus),
    year_from=st.none() | st.integers(2013, 2020),
    year_to=st.none() | st.integers(2015, 2026),
    value_from=st.none() | st.integers(0, 3_000_000),
    value_to=st.none() | st.integers(0, 8_000_000),
    owner_kind=st.none() | st.none() | st.sampled_from(OwnerKind),
    owner=st.sampled_from(["", "", "权利人1", "甲社", "%"]),
    source=st.none() | st.none() | st.sampled_from(FundingSource),
    batch=st.none(),
    alive=st.booleans(),
)
UNITS = {"municipal_supervisor": "500000000000", "county_clerk": COUNTY, "township_clerk": TOWNSHIP,
         "village_clerk": VILLAGE, "sibling_clerk": SIBLING_VILLAGE, "other_clerk": OTHER_COUNTY}  # fmt: skip


@MANY
@given(chosen=SOME, reader=st.sampled_from(READERS[:3]))
def test_the_list_holds_exactly_what_the_filter_lets_through(within, chosen, reader):
    expected = [one.id for one in everything() if seen_by(one, UNITS[reader]) and lets_through(chosen, one)]
    assert sorted(ids(chosen, reader)) == expected


@MANY
@given(chosen=SOME, reader=st.sampled_from(READERS[:3]))
def test_totals_are_the_sums_of_the_rows(within, chosen, reader):
    rows = [one for one in everything() if seen_by(one, UNITS[reader]) and lets_through(chosen, one)]
    total = get_totals(chosen, reach_of(person(reader), chosen.region), TODAY)
    assert total.assets == len(rows)
    assert total.original_value_fen == sum(one.original_value_fen for one in rows)
    assert total.poverty_fund_fen == sum(one.poverty_fund_fen for one in rows)
    assert total.net_value_fen == sum(one.net_value_fen(TODAY) for one in rows)


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_what_is_managed_in_or_owned_from_the_own_unit_and_nothing_else(within, reader):
    chosen = Filter(alive=False)
    assert set(ids(chosen, reader)) == {one.id for one in everything() if seen_by(one, UNITS[reader])}


def test_a_sector_department_sees_its_sector_only(within):
    expected = {one.id for one in everything() if seen_by(one, COUNTY) and one.sector == "AGRICULTURE"}
    assert expected
    assert set(ids(Filter(alive=False), "sector_officer")) == expected
    total = get_totals(Filter(alive=False), reach_of(person("sector_officer"), ""), TODAY)
    assert total.assets == len(expected)


def test_a_custodian_without_a_charge_sees_nothing(within):
    assert ids(Filter(alive=False), "custodian") == []
    assert get_totals(Filter(), reach_of(person("custodian"), ""), TODAY).assets == 0


def test_who_holds_no_right_to_read_sees_nothing(within):
    assert reach_of(person("system_administrator"), "") == []
    assert get_totals(Filter(), [], TODAY).assets == 0


def test_a_joint_asset_is_seen_by_its_co_owner(within):
    abroad = [one for one in everything() if VILLAGE in shares_into().get(one.id, ()) and one.region_code != VILLAGE]
    assert abroad
    assert {one.id for one in abroad} <= set(ids(Filter(alive=False), "village_clerk"))
    assert {one.id for one in abroad if not covers(TOWNSHIP, one.region_code)} <= set(
        ids(Filter(alive=False), "township_clerk")
    )


def test_a_region_outside_the_reach_does_not_exist(within):
    for region in (OTHER_COUNTY, SIBLING_VILLAGE, "500240999999", COUNTY):
        with pytest.raises(Missing):
            reach_of(person("village_clerk"), region)


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


def random_words(luck: random.Random, count: int) -> list[str]:
    names = [one.name for one in everything()] + [one.short_name for one in everything() if one.short_name]
    words = []
    while len(words) < count:
        name = luck.choice(names)
        start = luck.randrange(len(name))
        word = name[start : start + luck.randrange(1, 5)].strip()
        words += [word] if word else []
    return words


@pytest.mark.parametrize("few", [search.FEW, 0], ids=["from the index", "walking the list"])
@pytest.mark.parametrize("reader", ["municipal_supervisor", "county_clerk", "village_clerk"])
def test_a_search_finds_what_a_plain_comparison_of_every_name_finds(within, full, monkeypatch, reader, few):
    monkeypatch.setattr(search, "FEW", few)
    for word in random_words(random.Random(1), 1000 if full else 60):
        chosen = Filter(q=word)
        expected = [one.id for one in everything() if seen_by(one, UNITS[reader]) and lets_through(chosen, one)]
        assert sorted(ids(chosen, reader)) == expected, word


def scattered_words() -> set[str]:
    """Words whose two pairs stand in a name, but not one after the other."""
    found = set()
    for one in everything():
        name = folded(one.name)
        pairs = {name[i : i + 2] for i in range(len(name) - 1)}
        found |= {a + b[1] for a in pairs for b in pairs if a[1] == b[0] and a + b[1] not in name}
    return found


def test_the_index_without_the_comparison_would_find_too_much(within, monkeypatch):
    words = sorted(scattered_words())
    exact = [len(ids(Filter(q=word), "municipal_supervisor")) for word in words]
    monkeypatch.setattr(search, "holds", lambda *_names: True)
    loose = [len(ids(Filter(q=word), "municipal_supervisor")) for word in words]
    assert sum(loose) > sum(exact)


def test_a_total_beyond_the_limit_says_so_until_it_is_asked_for(within, monkeypatch):
    monkeypatch.setattr(totals, "MAX_ADDED", 10)
    parts = reach_of(person("county_clerk"), "")
    chosen = Filter(value_from=1)
    assert get_totals(chosen, parts, TODAY).assets is None
    rows = [one for one in everything() if seen_by(one, COUNTY) and lets_through(chosen, one)]
    exact = get_totals(chosen, parts, TODAY, exact=True)
    assert (exact.assets, exact.original_value_fen) == (len(rows), sum(one.original_value_fen for one in rows))


def test_kept_sums_answer_where_the_rows_would_be_too_many(within, monkeypatch):
    for reader in READERS:
        parts = reach_of(person(reader), "")
        for chosen in (
            Filter(),
            Filter(category=Category.OPERATING),
            Filter(stage=Stage.SUBMITTED),
            Filter(alive=False),
        ):
            kept = get_totals(chosen, parts, TODAY)
            added = totals._added(chosen, parts, None)
            assert (kept.assets, kept.original_value_fen, kept.poverty_fund_fen) == (
                added.assets, added.original_value_fen, added.poverty_fund_fen)  # fmt: skip


def test_the_index_of_words_alone_proves_that_there_are_many_only_when_there_are(within, monkeypatch):
    for most in (3, 20, 60):
        monkeypatch.setattr(totals, "MAX_ADDED", most)
        parts = reach_of(person("municipal_supervisor"), "")
        kept = totals.kept_sums(parts)
        for word in WORDS:
            chosen = Filter(q=word)
            if chosen.words and totals._surely_many(chosen, parts, kept):
                assert len(ids(chosen, "municipal_supervisor")) > most


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


def follow(step: dict[str, str] | None, chosen: Filter, parts) -> object:
    return compose(chosen, parts, step or {}, TODAY)


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


def test_an_empty_list_says_which_condition_to_drop(within):
    chosen = Filter(q="观音", value_to=1)
    page = compose(chosen, reach_of(person("county_clerk"), ""), {}, TODAY)
    assert page.rows == ()
    hints = {chip.label: total.assets for chip, total in page.hints}
    expected = replace(chosen, value_to=None)
    assert hints == {"原值（元）": len(ids(expected, "county_clerk"))}


def test_the_regions_of_the_samples_are_what_the_tests_think(within):
    low, high = code_range(TOWNSHIP)
    assert sum(low <= one <= high for one in PLACES) > 5
