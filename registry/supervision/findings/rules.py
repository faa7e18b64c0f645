"""Where findings come from, how far they have come, who may enter, mend and check them off. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registry.errors import RegistryError, refuse_all
from registry.permissions import GRANTS, Actor, Grant, Permission, Role, may
from registry.regions import Level, ancestor, covers, is_code, level_of
from registry.supervision.findings.refusals import (
    BasisMissing,
    DemandMissing,
    DueOdd,
    FoundOdd,
    NobodyMends,
    NotAbove,
    NotAMender,
    NotHere,
    NothingToCheck,
    NothingToMend,
    NotTheMender,
    NotYourSource,
    NotYourUnit,
    OpinionMissing,
    OwnMending,
    ProblemMissing,
    ReportMissing,
    TooManyAssets,
)
from registry.text import N_, Labelled

MAX_WORDS = 1000
MAX_BASIS = 300
MAX_REPORT = 2000
MAX_PERSON = 80
MOST_ASSETS = 50
#: Nothing is given longer to mend than this.
MOST_DAYS = 366


class Source(Labelled):
    """Who found it, or by what."""

    DISCIPLINE = "DISCIPLINE", N_("纪检监督")
    AUDIT = "AUDIT", N_("审计监督")
    SECTOR = "SECTOR", N_("行业主管部门检查")
    INSPECTION = "INSPECTION", N_("市、区县检查")
    TOWNSHIP = "TOWNSHIP", N_("乡镇日常监管")
    WORK_TEAM = "WORK_TEAM", N_("驻村工作队")
    COMMITTEE = "COMMITTEE", N_("村务监督委员会、监事会")
    OBJECTION = "OBJECTION", N_("群众异议")
    STOCKTAKING = "STOCKTAKING", N_("清查差异")
    WARNING = "WARNING", N_("预警")
    AGENCY = "AGENCY", N_("第三方机构")
    EVALUATION = "EVALUATION", N_("绩效评价")


class FindingStatus(Labelled):
    """How far a finding has come."""

    OPEN = "OPEN", N_("待整改")
    SENT_BACK = "SENT_BACK", N_("退回重改")
    REPORTED = "REPORTED", N_("待销号")
    CHECKED_OFF = "CHECKED_OFF", N_("已销号")


class Step(Labelled):
    """What was done with a finding; each step leads to the status of its name, the first to OPEN."""

    ENTERED = "ENTERED", N_("登记问题")
    REPORTED = "REPORTED", N_("上报整改")
    SENT_BACK = "SENT_BACK", N_("退回")
    CHECKED_OFF = "CHECKED_OFF", N_("销号")


class Mender(Labelled):
    """Which unit has to mend, seen from the unit in which the problem is."""

    OWN = "OWN", N_("问题所在单位")
    TOWNSHIP = "TOWNSHIP", N_("所属乡镇")
    COUNTY = "COUNTY", N_("所属区县")


#: While a finding is in one of these the unit that mends has it.
TO_MEND = frozenset({FindingStatus.OPEN, FindingStatus.SENT_BACK})
#: Audit and discipline stand outside the units: they follow up what they found, in the county's own affairs too.
OUTSIDE: dict[Role, Source] = {Role.AUDITOR: Source.AUDIT, Role.DISCIPLINE_INSPECTOR: Source.DISCIPLINE}
#: The source a person of a role usually speaks for, the first that fits.
USUAL: tuple[tuple[Role, Source], ...] = (
    (Role.AUDITOR, Source.AUDIT),
    (Role.DISCIPLINE_INSPECTOR, Source.DISCIPLINE),
    (Role.SECTOR_OFFICER, Source.SECTOR),
    (Role.MUNICIPAL_SUPERVISOR, Source.INSPECTION),
    (Role.COUNTY_AGRICULTURE, Source.INSPECTION),
    (Role.COUNTY_FINANCE, Source.INSPECTION),
    (Role.TOWNSHIP_SUPERVISOR, Source.TOWNSHIP),
    (Role.RESIDENT_WORK_TEAM, Source.WORK_TEAM),
    (Role.VILLAGE_SUPERVISORY_COMMITTEE, Source.COMMITTEE),
    (Role.SUPERVISORY_BOARD, Source.COMMITTEE),
)


@dataclass(frozen=True)
class Origin:
    """The row of another feature that a finding came of, by table and key."""

    table: str
    id: int


@dataclass(frozen=True)
class FindingFacts:
    """What is entered of a finding; its words never change afterwards."""

    region_code: str
    source: Source
    problem: str
    basis: str
    demand: str
    found_on: date
    due_on: date
    mender: Mender = Mender.OWN
    person: str = ""
    sector: str = ""
    assets: tuple[str, ...] = ()
    contract_no: str = ""
    disposal_no: str = ""
    origin: Origin | None = None

    @property
    def mender_code(self) -> str:
        """The unit that has to mend. Raises NotAMender where there is no such unit above."""
        return mender_of(self.region_code, self.mender)


def mender_of(region_code: str, mender: Mender) -> str:
    """Return the unit itself or the one above that has to mend. Raises NotAMender, NobodyMends."""
    if level_of(region_code) is Level.MUNICIPALITY:
        raise NobodyMends(field="region_code")
    if mender is Mender.OWN:
        return region_code
    level = Level.TOWNSHIP if mender is Mender.TOWNSHIP else Level.COUNTY
    if level_of(region_code).depth <= level.depth:
        raise NotAMender(field="mender")
    return ancestor(region_code, level)


def usual_source(by: Actor) -> Source:
    """Return the source for which a person speaks; whoever watches a unit otherwise, its daily supervision."""
    held = {grant.role for grant in by.grants}
    return next((source for role, source in USUAL if role in held), Source.TOWNSHIP)


#: What whoever takes a step needs.
NEEDED = {
    Step.ENTERED: Permission.FINDING_ENTER, Step.REPORTED: Permission.FINDING_MEND,
    Step.CHECKED_OFF: Permission.FINDING_CHECK, Step.SENT_BACK: Permission.FINDING_CHECK,
}  # fmt: skip


def may_speak(by: Actor, source: Source) -> bool:
    """Say whether a person enters findings of a source: those of audit and discipline are theirs alone."""
    own = [role for role, theirs in OUTSIDE.items() if theirs is source]
    return not own or any(grant.role in own for grant in by.grants)


def counties_only(units: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the units offered where they go no further down than counties, to choose one first; nothing otherwise."""
    return [*units] if all(level_of(code) is Level.COUNTY for code, _name in units) else []


def only_unit(here: str, units: Sequence[tuple[str, str]]) -> str:
    """Return the one unit offered that is another or lies in it; empty where it may be any of several."""
    inside = [code for code, _name in units if is_code(here) and covers(here, code)]
    return inside[0] if len(inside) == 1 else ""


def supervises(by: Actor, permission: Permission, region_code: str, sector: str) -> bool:
    """Say whether a permission reaches a thing of a sector in a unit; a sector's officer reaches only their own."""
    return any(
        permission in GRANTS[grant.role]
        and covers(grant.region_code, region_code)
        and (grant.sector is None or grant.sector == sector)
        for grant in by.grants
    )


def check_entering(
    facts: FindingFacts, sector: str, unknown: Sequence[NotHere] = (), *, by: Actor, on: date
) -> None:  # fmt: skip
    """Raise unless this person may enter this now; everything that is wrong with what was typed is told at once.

    ``unknown``: the numbers that were not found; as long as there are any, a sector that nobody named stays open.
    """
    is_sector_open = bool(unknown) and not sector
    if not is_sector_open and not supervises(by, Permission.FINDING_ENTER, facts.region_code, sector):
        raise NotYourUnit
    if not may_speak(by, facts.source):
        raise NotYourSource(source=facts.source.label)
    refuse_all([*unknown, *_wrong_with(facts, on)])


def _wrong_with(facts: FindingFacts, on: date) -> list[RegistryError]:
    found: list[RegistryError] = []
    if not facts.problem.strip():
        found.append(ProblemMissing(field="problem"))
    if not facts.basis.strip():
        found.append(BasisMissing(field="basis"))
    if not facts.demand.strip():
        found.append(DemandMissing(field="demand"))
    found += _wrong_mender(facts)
    if facts.found_on > on:
        found.append(FoundOdd(field="found_on"))
    if not on <= facts.due_on <= on + timedelta(days=MOST_DAYS):
        found.append(DueOdd(field="due_on", days=MOST_DAYS))
    if len(facts.assets) > MOST_ASSETS:
        found.append(TooManyAssets(field="assets", most=MOST_ASSETS))
    return found


def _wrong_mender(facts: FindingFacts) -> list[NotAMender]:
    try:
        mender_of(facts.region_code, facts.mender)
    except NotAMender as error:
        return [error]
    return []


def mends(by: Actor, mender_code: str) -> bool:
    """Say whether a person reports for the unit that has to mend."""
    return may(by, Permission.FINDING_MEND, mender_code)


def check_report(status: FindingStatus, mender_code: str, words: str, *, by: Actor) -> None:
    """Raise unless this person reports what was mended. Raises NothingToMend, NotTheMender, ReportMissing."""
    if status not in TO_MEND:
        raise NothingToMend(status=status.label)
    if not mends(by, mender_code):
        raise NotTheMender
    if not words.strip():
        raise ReportMissing(field="words")


def checks_off(by: Actor, source: Source, mender_code: str) -> bool:
    """Say whether a person sits where findings of a source in a unit's care are checked off: above it, or outside."""
    return any(_checks(grant, source, mender_code) for grant in by.grants)


def _checks(grant: Grant, source: Source, mender_code: str) -> bool:
    if Permission.FINDING_CHECK not in GRANTS[grant.role] or not covers(grant.region_code, mender_code):
        return False
    if grant.role in OUTSIDE:
        return OUTSIDE[grant.role] is source
    return grant.region_code != mender_code


def check_second(
    status: FindingStatus, source: Source, mender_code: str, reporters: Collection[int | None], *, by: Actor
) -> None:
    """Raise unless this person checks now. Raises NothingToCheck, OwnMending, NotAbove."""
    if status is not FindingStatus.REPORTED:
        raise NothingToCheck(status=status.label)
    if by.id is None or by.id in reporters:
        raise OwnMending
    if not checks_off(by, source, mender_code):
        raise NotAbove


def check_opinion(words: str) -> None:
    """Raise OpinionMissing for a check without a word."""
    if not words.strip():
        raise OpinionMissing(field="words")


def is_overdue(status: FindingStatus, due_on: date, on: date) -> bool:
    """Say whether the last day has passed while the unit still has to mend."""
    return status in TO_MEND and due_on < on


def late_before(mender: Level, seat: Level, on: date, days: int) -> date | None:
    """Return before which day a finding must have been due to lie, overdue, on the desk of a seat above its unit.

    The level right above has it from the day after the last one; each further level after ``days`` more. None for a
    seat that is not above.
    """
    steps = mender.depth - seat.depth
    return on - timedelta(days=days * (steps - 1)) if steps > 0 else None
