"""A filter in the address and the filter it means are the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.register.categories import SUBTYPES, HandedOver, TitleStatus, UseStatus
from registry.assets.register.funding import FundingSource
from registry.assets.register.lookup.filters import (
    Filter,
    NotACondition,
    RangeReversed,
    chips,
    parse_filter,
    to_query,
    years_text,
)
from registry.assets.register.registration import Stage
from registry.kinds import Category, OwnerKind, Sector

NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=12)
YEARS = st.none() | st.integers(1990, 2030)
FEN = st.none() | st.integers(0, 10**12)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    low, high = sorted(draw(st.tuples(st.integers(1990, 2030), st.integers(1990, 2030))))
    cheap, dear = sorted(draw(st.tuples(st.integers(0, 10**12), st.integers(0, 10**12))))
    stage = draw(st.none() | st.sampled_from(Stage))
    return Filter(
        q=draw(NAMES),
        region=draw(st.sampled_from(["", "500240213203", "500240000000"])),
        category=draw(st.none() | st.sampled_from(Category)),
        subtype=draw(st.sampled_from(["", *(one.code for one in SUBTYPES)])),
        stage=stage,
        use_status=draw(st.none() | st.sampled_from(UseStatus)),
        title_status=draw(st.none() | st.sampled_from(TitleStatus)),
        handed_over=draw(st.none() | st.sampled_from(HandedOver)),
        sector=draw(st.none() | st.sampled_from(Sector)),
        year_from=draw(st.sampled_from([None, low])),
        year_to=draw(st.sampled_from([None, high])),
        value_from=draw(st.sampled_from([None, cheap])),
        value_to=draw(st.sampled_from([None, dear])),
        owner_kind=draw(st.none() | st.sampled_from(OwnerKind)),
        owner=draw(NAMES),
        source=draw(st.none() | st.sampled_from(FundingSource)),
        batch=draw(st.none() | st.integers(1, 10**6)),
        alive=stage is not None or draw(st.booleans()),
    )


@given(filters())
def test_a_filter_written_to_the_address_is_read_back_the_same(chosen):
    parsed = parse_filter(to_query(chosen))
    assert parsed.problems == ()
    assert parsed.filter == chosen


@given(filters())
def test_dropping_every_chip_leaves_the_bare_list(chosen):
    left = chosen
    for _ in range(20):
        found = chips(left, "华溪村")
        if not found:
            break
        left = found[0].without
    assert left == Filter()


WRONG = [
    ("category", "GIFT"), ("subtype", "NOTHING"), ("stage", "GONE"), ("region", "50024"), ("year_from", "二〇一九"),
    ("year_to", "99999"), ("value_from", "很多"), ("value_to", "-1"), ("source", "x"), ("batch", "0"),
    ("use_status", "idle"), ("owner_kind", "村集体"), ("sector", "农业"), ("handed_over", "True"), ("year", "去年"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_a_condition_that_cannot_be_understood_is_named(name, text):
    problems = parse_filter({name: text}).problems
    assert problems
    assert all(isinstance(one, NotACondition) for one in problems)


def test_names_it_does_not_know_are_not_its_business():
    assert parse_filter({"utm_source": "x", "page": "last"}) == parse_filter({})


def test_a_range_with_its_ends_swapped_is_named():
    assert [type(one) for one in parse_filter({"year_from": "2020", "year_to": "2019"}).problems] == [RangeReversed]
    assert [type(one) for one in parse_filter({"value_from": "2", "value_to": "1"}).problems] == [RangeReversed]


YEAR_TEXTS = [("2019", 2019, 2019), ("2017-2022", 2017, 2022), ("2017—", 2017, None), ("至2020", None, 2020)]


@pytest.mark.parametrize(("text", "low", "high"), YEAR_TEXTS)
def test_years_are_read_as_people_write_them_in_one_box(text, low, high):
    chosen = parse_filter({"year": text}).filter
    assert (chosen.year_from, chosen.year_to) == (low, high)
    assert parse_filter({"year": years_text(chosen)}).filter == chosen


def test_amounts_are_read_as_people_write_them():
    assert parse_filter({"value_from": "５万", "value_to": "1,286,400.00"}).filter == Filter(
        value_from=5_000_000, value_to=128_640_000
    )


NUMBERS = [("500240", True), ("500240213203J2019", True), ("50024 0213203j2019 00001 X", True), ("50024", False),
           ("一期500240", False), ("500240213203K2019", False)]  # fmt: skip


@pytest.mark.parametrize(("text", "is_number"), NUMBERS)
def test_six_characters_of_a_number_are_looked_for_among_the_numbers(text, is_number):
    chosen = Filter(q=text)
    assert bool(chosen.number) == is_number
    assert bool(chosen.words) != is_number
