"""Divisions by code: levels, ranges, lineage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.config import PACKAGE
from registry.regions import (
    Level,
    NotARegionCode,
    code_range,
    common_ancestor,
    covers,
    level_of,
    lineage,
    log_of,
    log_region,
    parent,
)

CODES = [
    line.split(",")[0] for line in (PACKAGE / "data" / "divisions-chongqing.csv").read_text("utf-8").split("\n")[1:]
]
CODES = [code for code in CODES if code]
LEVELS = {
    "500000000000": Level.MUNICIPALITY,
    "500240000000": Level.COUNTY,
    "500240213000": Level.TOWNSHIP,
    "500240213203": Level.VILLAGE,
}


@pytest.mark.parametrize(("code", "level"), LEVELS.items())
def test_the_level_is_read_from_the_code(code: str, level: Level) -> None:
    assert level_of(code) is level


@pytest.mark.parametrize("code", ["", "50024021320", "50024021320a", "５００２４０２１３２０３"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(NotARegionCode):
        level_of(code)


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_a_unit_covers_exactly_those_whose_lineage_holds_it(outer: str, inner: str) -> None:
    assert covers(outer, inner) is (outer in lineage(inner))


@given(st.sampled_from(CODES))
def test_a_range_begins_with_the_unit_itself(code: str) -> None:
    low, high = code_range(code)
    assert low == code <= high
    above = parent(code)
    assert above is None or code_range(above).low <= low <= high <= code_range(above).high


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=5))
def test_the_common_ancestor_is_the_lowest_that_covers_all(codes: list[str]) -> None:
    unit = common_ancestor(codes)
    assert all(covers(unit, code) for code in codes)
    lower = [one for one in lineage(codes[0]) if level_of(one).depth > level_of(unit).depth]
    assert not any(all(covers(one, code) for code in codes) for one in lower)


def test_village_events_belong_to_their_countys_log() -> None:
    assert log_of("500240213203") == log_of("500240000000") == 500240
    assert log_of("500000000000") == 500000
    assert log_region(500240) == "500240000000"
