"""Who enters, mends and checks off a finding, and on whose desk it lies when it is late."""

from datetime import date, timedelta

import pytest

from registry.codes import asset_number, numbers_in
from registry.kinds import Category, Sector
from registry.permissions import Actor, Grant, Permission, Role
from registry.regions import Level
from registry.supervision.findings import refusals, rules
from registry.supervision.findings.rules import FindingStatus, Mender, Source
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, SIBLING_TOWNSHIP, TODAY, TOWNSHIP, VILLAGE
from tests.supervision.findings.finding import facts

NO_ASSET = refusals.NotHere(field="assets", key="x")
R, S, F = Role, Source, FindingStatus


def seated(role: Role, region: str, key: int | None = 7) -> Actor:
    return Actor(key, "x", "x", region, "x", (Grant(role, region),))


@pytest.mark.parametrize(
    ("role", "seat", "source", "mender", "may"),
    [
        (R.TOWNSHIP_SUPERVISOR, TOWNSHIP, S.AUDIT, VILLAGE, True),
        (R.TOWNSHIP_SUPERVISOR, TOWNSHIP, S.AUDIT, TOWNSHIP, False),
        (R.TOWNSHIP_SUPERVISOR, SIBLING_TOWNSHIP, S.AUDIT, VILLAGE, False),
        (R.COUNTY_AGRICULTURE, COUNTY, S.TOWNSHIP, TOWNSHIP, True),
        (R.COUNTY_AGRICULTURE, COUNTY, S.TOWNSHIP, COUNTY, False),
        (R.COUNTY_AGRICULTURE, OTHER_COUNTY, S.TOWNSHIP, TOWNSHIP, False),
        (R.MUNICIPAL_SUPERVISOR, MUNICIPALITY, S.TOWNSHIP, COUNTY, True),
        (R.AUDITOR, COUNTY, S.AUDIT, VILLAGE, True),
        (R.AUDITOR, COUNTY, S.AUDIT, COUNTY, True),
        (R.AUDITOR, COUNTY, S.DISCIPLINE, VILLAGE, False),
        (R.DISCIPLINE_INSPECTOR, COUNTY, S.DISCIPLINE, TOWNSHIP, True),
        (R.DISCIPLINE_INSPECTOR, COUNTY, S.AUDIT, TOWNSHIP, False),
        (R.COUNTY_FINANCE, COUNTY, S.INSPECTION, VILLAGE, False),
        (R.VILLAGE_HEAD, VILLAGE, S.TOWNSHIP, VILLAGE, False),
    ],
)
def test_a_finding_is_checked_off_above_or_from_outside(
    role: Role, seat: str, source: Source, mender: str, may: bool
) -> None:
    assert rules.checks_off(seated(role, seat), source, mender) is may


def test_nobody_checks_what_they_reported() -> None:
    by = seated(R.TOWNSHIP_SUPERVISOR, TOWNSHIP)
    rules.check_second(F.REPORTED, S.AUDIT, VILLAGE, {8, None}, by=by)
    with pytest.raises(refusals.OwnMending):
        rules.check_second(F.REPORTED, S.AUDIT, VILLAGE, {7}, by=by)
    with pytest.raises(refusals.OwnMending):
        rules.check_second(F.REPORTED, S.AUDIT, VILLAGE, set(), by=seated(R.TOWNSHIP_SUPERVISOR, TOWNSHIP, None))
    with pytest.raises(refusals.NothingToCheck):
        rules.check_second(F.OPEN, S.AUDIT, VILLAGE, set(), by=by)
    with pytest.raises(refusals.NotAbove):
        rules.check_second(F.REPORTED, S.AUDIT, TOWNSHIP, set(), by=by)


@pytest.mark.parametrize(
    ("role", "seat", "mender", "mends"),
    [
        (R.VILLAGE_CLERK, VILLAGE, VILLAGE, True),
        (R.VILLAGE_HEAD, VILLAGE, VILLAGE, True),
        (R.VILLAGE_CLERK, VILLAGE, TOWNSHIP, False),
        (R.TOWNSHIP_CLERK, TOWNSHIP, VILLAGE, True),
        (R.TOWNSHIP_SUPERVISOR, TOWNSHIP, VILLAGE, False),
        (R.AUDITOR, COUNTY, VILLAGE, False),
    ],
)
def test_the_unit_that_has_to_mend_reports(role: Role, seat: str, mender: str, mends: bool) -> None:
    assert rules.mends(seated(role, seat), mender) is mends


def test_audit_and_discipline_are_entered_by_their_own() -> None:
    rules.check_entering(facts(), "", by=seated(R.AUDITOR, COUNTY), on=TODAY)
    with pytest.raises(refusals.NotYourSource):
        rules.check_entering(facts(), "", by=seated(R.TOWNSHIP_SUPERVISOR, TOWNSHIP), on=TODAY)
    rules.check_entering(facts(source=S.TOWNSHIP), "", by=seated(R.TOWNSHIP_SUPERVISOR, TOWNSHIP), on=TODAY)
    with pytest.raises(refusals.NotYourUnit):
        rules.check_entering(facts(), "", by=seated(R.AUDITOR, OTHER_COUNTY), on=TODAY)


@pytest.mark.parametrize(
    ("here", "offered", "chosen"),
    [
        (COUNTY, (COUNTY, TOWNSHIP, VILLAGE), ""),
        (TOWNSHIP, (COUNTY, TOWNSHIP, VILLAGE), ""),
        (VILLAGE, (COUNTY, TOWNSHIP, VILLAGE), VILLAGE),
        (VILLAGE, (VILLAGE,), VILLAGE),
        (MUNICIPALITY, (COUNTY, OTHER_COUNTY), ""),
        (OTHER_COUNTY, (COUNTY, TOWNSHIP, VILLAGE), ""),
        ("nowhere", (VILLAGE,), ""),
    ],
)
def test_a_unit_is_chosen_beforehand_only_where_no_other_can_be_meant(
    here: str, offered: tuple[str, ...], chosen: str
) -> None:
    assert rules.only_unit(here, [(code, code) for code in offered]) == chosen


def test_everything_that_is_wrong_with_the_words_is_told_at_once() -> None:
    said = facts(problem=" ", basis="", demand="", found_on=TODAY + timedelta(days=1), due_on=TODAY - timedelta(days=1))
    with pytest.raises(refusals.ProblemMissing) as told:
        rules.check_entering(said, "", by=seated(R.AUDITOR, COUNTY), on=TODAY)
    assert [one.field for one in told.value.all] == ["problem", "basis", "demand", "found_on", "due_on"]
    wrong, unknown = facts(due_on=TODAY - timedelta(days=1), mender=Mender.TOWNSHIP, region_code=COUNTY), NO_ASSET
    with pytest.raises(refusals.NotHere) as told:
        rules.check_entering(wrong, "", [unknown], by=seated(R.AUDITOR, COUNTY), on=TODAY)
    assert [one.field for one in told.value.all] == ["assets", "mender", "due_on"]


@pytest.mark.parametrize(
    ("unit", "mender", "code"),
    [
        (VILLAGE, Mender.OWN, VILLAGE),
        (VILLAGE, Mender.TOWNSHIP, TOWNSHIP),
        (VILLAGE, Mender.COUNTY, COUNTY),
        (TOWNSHIP, Mender.COUNTY, COUNTY),
        (TOWNSHIP, Mender.TOWNSHIP, None),
        (COUNTY, Mender.COUNTY, None),
        (COUNTY, Mender.OWN, COUNTY),
        (MUNICIPALITY, Mender.OWN, None),
        (MUNICIPALITY, Mender.COUNTY, None),
    ],
)
def test_the_unit_itself_or_one_above_it_mends(unit: str, mender: Mender, code: str | None) -> None:
    if code is None:
        with pytest.raises(refusals.NotAMender):
            rules.mender_of(unit, mender)
    else:
        assert rules.mender_of(unit, mender) == code


@pytest.mark.parametrize(
    ("mender", "seat", "before"),
    [
        (Level.VILLAGE, Level.TOWNSHIP, date(2026, 11, 23)),
        (Level.VILLAGE, Level.COUNTY, date(2026, 11, 8)),
        (Level.VILLAGE, Level.MUNICIPALITY, date(2026, 10, 24)),
        (Level.TOWNSHIP, Level.COUNTY, date(2026, 11, 23)),
        (Level.TOWNSHIP, Level.TOWNSHIP, None),
        (Level.COUNTY, Level.TOWNSHIP, None),
    ],
)
def test_what_is_late_goes_up_a_level_at_a_time(mender: Level, seat: Level, before: date | None) -> None:
    assert rules.late_before(mender, seat, TODAY, 15) == before


def test_numbers_are_parted_by_anything_people_type() -> None:
    assert numbers_in(" A1，B2、C3\nA1;  D4 ") == ("A1", "B2", "C3", "D4")
    assert numbers_in("A1 B2\r\n\r\nＡ１") == ("A1", "B2")
    assert numbers_in("") == ()


def test_a_number_typed_in_groups_as_it_is_printed_stays_whole() -> None:
    first, second = (asset_number(VILLAGE, Category.OPERATING, 2020, serial) for serial in (1, 2))
    printed = f"{first[:6]} {first[6:12]} {first[12:17]} {first[17:]}"
    assert numbers_in(f"{printed.lower()}、{second}") == (first, second)
    assert numbers_in(f"{printed} {second}\n{printed}") == (first, second)
    assert numbers_in(f"{printed[:-1]}{'AB'[first[-1] == 'A']}")[0] == first[:6]


def test_a_sector_officer_finds_in_their_own_sector() -> None:
    by = Actor(7, "x", "x", COUNTY, "x", (Grant(R.SECTOR_OFFICER, COUNTY, Sector("WATER")),))
    assert rules.supervises(by, Permission.FINDING_ENTER, VILLAGE, "WATER")
    assert not rules.supervises(by, Permission.FINDING_ENTER, VILLAGE, "AGRICULTURE")
    assert not rules.supervises(by, Permission.FINDING_ENTER, VILLAGE, "")
    with pytest.raises(refusals.NotYourUnit):
        rules.check_entering(facts(source=S.SECTOR), "", by=by, on=TODAY)
    # A mistyped number may have been of their sector: it is mended on the form.
    with pytest.raises(refusals.NotHere):
        rules.check_entering(facts(source=S.SECTOR), "", [NO_ASSET], by=by, on=TODAY)
    with pytest.raises(refusals.NotYourUnit):
        rules.check_entering(facts(source=S.SECTOR), "AGRICULTURE", [NO_ASSET], by=by, on=TODAY)
