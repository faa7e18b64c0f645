"""The list in SQL is the list in plain Python: filter, reach, totals."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from registry.assets.register.categories import SUBTYPES, HandedOver, TitleStatus, UseStatus
from registry.assets.register.funding import FundingSource
from registry.assets.register.lookup import totals
from registry.assets.register.lookup.filters import Filter
from registry.assets.register.lookup.listing import compose
from registry.assets.register.lookup.queries import reach_of
from registry.assets.register.lookup.totals import get_totals
from registry.assets.register.registration import Stage
from registry.errors import Missing
from registry.kinds import Category, OwnerKind, Sector
from registry.regions import code_range, covers
from tests.assets.lookup.conftest import PLACES, WORDS
from tests.assets.lookup.plain import READERS, UNITS, everything, ids, lets_through, seen_by, shares_into
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, person

MANY = hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

SOME = st.builds(
    Filter,
    q=st.sampled_from(["", "", "", *WORDS, "光伏电站", "站光", "500240213203", "500240213203j20"]),
    region=st.sampled_from(["", "", "", VILLAGE, TOWNSHIP]),
    category=st.none() | st.sampled_from(Category),
    subtype=st.sampled_from(["", "", "", *(one.code for one in SUBTYPES)]),
    stage=st.none() | st.none() | st.sampled_from(Stage),
    use_status=st.none() | st.none() | st.sampled_from(UseStatus),
    title_status=st.none() | st.none() | st.sampled_from(TitleStatus),
    handed_over=st.none() | st.none() | st.sampled_from(HandedOver),
    sector=st.none() | st.none() | st.sampled_from(Sector),
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
    below = {one.id for one in everything() if one.id in expected and covers(TOWNSHIP, one.region_code)}
    assert set(ids(Filter(region=TOWNSHIP, alive=False), "sector_officer")) >= below


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


def test_a_total_beyond_the_limit_says_so_until_it_is_asked_for(within, monkeypatch):
    monkeypatch.setattr(totals, "MAX_ADDED", 10)
    parts = reach_of(person("county_clerk"), "")
    chosen = Filter(value_from=1)
    assert get_totals(chosen, parts, TODAY).assets is None
    rows = [one for one in everything() if seen_by(one, COUNTY) and lets_through(chosen, one)]
    exact = get_totals(chosen, parts, TODAY, exact=True)
    assert (exact.assets, exact.original_value_fen) == (len(rows), sum(one.original_value_fen for one in rows))


SUMMED_ONLY = st.builds(
    Filter,
    region=st.sampled_from(["", "", VILLAGE, TOWNSHIP]),
    category=st.none() | st.sampled_from(Category),
    stage=st.none() | st.sampled_from(Stage),
    use_status=st.none() | st.none() | st.sampled_from(UseStatus),
    title_status=st.none() | st.sampled_from(TitleStatus),
    handed_over=st.none() | st.sampled_from(HandedOver),
    sector=st.none() | st.none() | st.sampled_from(Sector),
    owner_kind=st.none() | st.none() | st.sampled_from(OwnerKind),
    alive=st.booleans(),
)


@MANY
@given(chosen=SUMMED_ONLY, reader=st.sampled_from((*READERS[:3], "sector_officer")))
def test_kept_sums_answer_where_the_rows_would_be_too_many(within, chosen, reader):
    parts = reach_of(person(reader), chosen.region)
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr(totals, "MAX_ADDED", -1)
        limits.setattr(totals, "MAX_NET", -1)
        kept = get_totals(chosen, parts, TODAY)
    added = totals._added(chosen, parts, None)
    # What is not there is worth nothing, whatever may be added up.
    assert kept == replace(added, net_value_fen=None if added.assets else 0)


def test_the_cards_are_told_apart_by_all_that_is_summed(within):
    """Else the test above would compare nothing with nothing."""
    parts = reach_of(person("county_clerk"), "")
    for chosen in (
        Filter(handed_over=HandedOver.YES),
        Filter(sector=Sector.AGRICULTURE),
        Filter(stage=Stage.SUBMITTED),
    ):
        assert 0 < (get_totals(chosen, parts, TODAY).assets or 0) < (get_totals(Filter(), parts, TODAY).assets or 0)


def test_the_index_of_words_alone_proves_that_there_are_many_only_when_there_are(within, monkeypatch):
    for most in (3, 20, 60):
        monkeypatch.setattr(totals, "MAX_ADDED", most)
        parts = reach_of(person("municipal_supervisor"), "")
        kept = totals.kept_sums(parts)
        for word in WORDS:
            chosen = Filter(q=word)
            if chosen.words and totals._surely_many(chosen, parts, kept):
                assert len(ids(chosen, "municipal_supervisor")) > most


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
