"""A board is limited to its reader: to units, sectors and years within reach; its months are those of the year."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from registry.errors import Missing
from registry.kinds import Sector
from registry.permissions import Grant, Role
from registry.reports.boards.reach import View, view_of
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, TODAY, TOWNSHIP, VILLAGE, person


def seen(username: str, region: str, sector: str = "", year: int = TODAY.year, on: date = TODAY) -> View:
    return view_of(region, sector, year, actor=person(username), on=on)


def test_a_unit_a_sector_or_a_year_out_of_reach_does_not_exist(app: Flask) -> None:
    for username, region in (("township_supervisor", COUNTY), ("county_agriculture", OTHER_COUNTY),
                             ("village_clerk", TOWNSHIP), ("custodian", VILLAGE)):  # fmt: skip
        with pytest.raises(Missing):
            seen(username, region)
    for sector, year in (("NOTHING", TODAY.year), ("", TODAY.year + 1), ("", TODAY.year - 5)):
        with pytest.raises(Missing):
            seen("county_agriculture", COUNTY, sector, year)


def test_a_sector_officer_sees_the_own_sector_only(app: Flask) -> None:
    officer = replace(person("auditor"), grants=(Grant(Role.SECTOR_OFFICER, COUNTY, Sector.WATER),))
    view = view_of(COUNTY, "", TODAY.year, actor=officer, on=TODAY)
    assert view.sectors == view.offered == (Sector.WATER,)
    with pytest.raises(Missing):
        view_of(COUNTY, "TRANSPORT", TODAY.year, actor=officer, on=TODAY)
    assert seen("county_agriculture", COUNTY).sectors == ()
    assert seen("county_agriculture", COUNTY, "WATER").sectors == (Sector.WATER,)


def test_parts_stand_in_the_order_of_their_codes(app: Flask) -> None:
    view = seen("municipal_supervisor", MUNICIPALITY)
    assert view.parts == tuple(sorted(view.parts))
    assert view.whole == (MUNICIPALITY, *view.parts)
    assert seen("county_agriculture", COUNTY).whole == (COUNTY,)
    assert seen("village_clerk", VILLAGE).parts == ()


def test_the_months_are_those_of_the_year_so_far(app: Flask) -> None:
    view = seen("village_clerk", VILLAGE, on=date(2026, 11, 23))
    assert (view.months, view.months_before) == ((202601, 202611), (202501, 202511))
    assert (view.fallen_due, view.last_over) == ((202601, 202610), 202610)
    months = list(view.trend())
    assert (len(months), months[0], months[-1]) == (13, (202511, 202411), (202611, 202511))
    earlier = seen("village_clerk", VILLAGE, year=2025, on=date(2026, 11, 23))
    assert (earlier.months, earlier.fallen_due, earlier.last_over) == ((202501, 202512), (202501, 202512), 202610)


def test_in_january_no_month_is_over(app: Flask) -> None:
    view = seen("village_clerk", VILLAGE, year=2027, on=date(2027, 1, 10))
    first, last = view.fallen_due
    assert last < first
    assert view.last_over == 202612
