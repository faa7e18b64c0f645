"""The words of warnings and of what is handed to a unit, and who may do what with it. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from registry.errors import refuse_all
from registry.permissions import GRANTS, Actor, Permission
from registry.regions import Level, ancestor, covers, level_of, parent
from registry.supervision.warnings.refusals import (
    CauseStands,
    DueOdd,
    NotAnswered,
    NotAwaiting,
    NotBelow,
    NotOnTheWay,
    NotTheDesk,
    NotThisUnit,
    OpinionMissing,
    OverAlready,
    OwnAnswer,
    SaidAnew,
    SaidNothing,
    WarningOver,
)
from registry.text import N_, Labelled

MAX_SAID = 1000


class Severity(Labelled):
    """How bad it is."""

    HIGH = "HIGH", N_("高")
    MEDIUM = "MEDIUM", N_("中")
    LOW = "LOW", N_("低")


#: In place of one severity: all but the gravest.
LIGHTER = "LIGHTER"


class Duty(Labelled):
    """Which level has to see that it is mended."""

    UNIT = "UNIT", N_("登记单位")
    TOWNSHIP = "TOWNSHIP", N_("乡镇")
    COUNTY = "COUNTY", N_("区县")
    SECTOR = "SECTOR", N_("行业主管部门")


#: The level of units that a duty lies with; the unit that registers has its own, and no unit is the sector's.
LEVEL_OF = {Duty.TOWNSHIP: Level.TOWNSHIP, Duty.COUNTY: Level.COUNTY}


class Topic(Labelled):
    """Under which heading a warning is looked for."""

    REGISTER = "REGISTER", N_("登记确权")
    CUSTODY = "CUSTODY", N_("管护清查")
    OPERATION = "OPERATION", N_("经营")
    MONEY = "MONEY", N_("收益账务")
    PROCEDURE = "PROCEDURE", N_("公示程序")
    DISPOSAL = "DISPOSAL", N_("处置")


class Subject(Labelled):
    """What a warning is about."""

    ASSET = "ASSET", N_("资产")
    PROJECT = "PROJECT", N_("项目")
    AGREEMENT = "AGREEMENT", N_("管护协议")
    FAULT = "FAULT", N_("问题与维修")
    SHEET = "SHEET", N_("盘点表")
    CONTRACT = "CONTRACT", N_("合同")
    EQUITY = "EQUITY", N_("股权")
    BOOK = "BOOK", N_("账簿")
    OWNER = "OWNER", N_("集体经济组织")
    PLAN = "PLAN", N_("分配方案")
    HOUSEHOLD = "HOUSEHOLD", N_("农户")
    NOTICE = "NOTICE", N_("公示")
    OBJECTION = "OBJECTION", N_("异议")
    UNIT = "UNIT", N_("单位")
    DISPOSAL = "DISPOSAL", N_("处置事项")
    PROCEEDS = "PROCEEDS", N_("处置收入")


class HandOffState(Labelled):
    """How far something handed to a unit has come."""

    OPEN = "OPEN", N_("待办理")
    ANSWERED = "ANSWERED", N_("待核实")
    ENDED = "ENDED", N_("已办结")


class EndWay(Labelled):
    """How it came to its end."""

    GONE = "GONE", N_("预警已消除")
    TAKEN = "TAKEN", N_("核实后办结")
    WITHDRAWN = "WITHDRAWN", N_("交办单位撤回")


class Word(Labelled):
    """What is said of it, one after the other."""

    ANSWER = "ANSWER", N_("办理情况")
    RETURNED = "RETURNED", N_("退回重办")
    TAKEN = "TAKEN", N_("核实办结")
    WITHDRAWN = "WITHDRAWN", N_("撤回交办")


@dataclass(frozen=True)
class HandingOff:
    """What a level above asks a unit to do, and until when."""

    to_code: str
    text: str
    due_on: date


@dataclass(frozen=True)
class Answered:
    """How a matter lies before its desk: how far it has come, in which version, who answered, and why it warns."""

    state: HandOffState
    from_code: str
    version: int
    by: Collection[int | None]
    #: What the warning says is still so.
    cause_stands: bool


@dataclass(frozen=True)
class Verdict:
    """What the desk says of the answer that it saw; a returned one gets a new day."""

    version: int
    takes: bool
    opinion: str = ""
    due_on: date | None = None


def units_on_the_way(region_code: str, by: Actor) -> tuple[str, ...]:
    """Return the units to which a person may hand a warning of this unit, the unit itself first, then those above it.

    They lie below a unit in which the person may hand off; the unit itself, if it is nobody's subordinate, is not.
    """
    found, code = [], region_code
    while code is not None and level_of(code) is not Level.MUNICIPALITY:
        if desk_over(code, by):
            found.append(code)
        code = parent(code) or ""
    return tuple(found)


def unit_on_duty(duty: Duty, region_code: str, units: Sequence[str]) -> str:
    """Return which of the units on the way a warning of a unit is for: the one there is, or whose duty it is.

    Empty where there are several and none of them clearly has to see to it.
    """
    if len(units) == 1:
        return units[0]
    level = level_of(region_code) if duty is Duty.UNIT else LEVEL_OF.get(duty)
    if level is None or level.depth > level_of(region_code).depth:
        return ""
    found = ancestor(region_code, level)
    return found if found in units else ""


def desk_over(to_code: str, by: Actor) -> str:
    """Return the lowest unit in which a person may hand off and that lies above another; empty if there is none."""
    seats = [
        grant.region_code
        for grant in by.grants
        if Permission.WARNING_HAND_OFF in GRANTS[grant.role]
        and grant.region_code != to_code
        and covers(grant.region_code, to_code)
    ]
    return max(seats, key=lambda code: level_of(code).depth, default="")


def seats_of(by: Actor, permission: Permission) -> tuple[str, ...]:
    """Return the very units in which a person holds a right."""
    return tuple(sorted({grant.region_code for grant in by.grants if permission in GRANTS[grant.role]}))


def check_handing(said: HandingOff, region_code: str, *, is_over: bool, by: Actor, on: date) -> None:
    """Raise unless a warning of a unit may be handed on like this. Raises WarningOver, NotBelow and what was typed."""
    if is_over:
        raise WarningOver
    if not covers(said.to_code, region_code):
        raise NotOnTheWay(field="to_code")
    if not desk_over(said.to_code, by):
        raise NotBelow(field="to_code")
    refuse_all(_wrong_with(said.text, said.due_on, on))


def _wrong_with(text: str, due_on: date | None, on: date) -> list[SaidNothing | DueOdd]:
    found: list[SaidNothing | DueOdd] = []
    if not 0 < len(text.strip()) <= MAX_SAID:
        found.append(SaidNothing(field="text"))
    if due_on is None or due_on <= on:
        found.append(DueOdd(field="due_on"))
    return found


def check_answer(state: HandOffState, to_code: str, text: str, *, by: Actor) -> None:
    """Raise unless this person of the unit may say now what was done. Raises OverAlready, NotAwaiting, NotThisUnit."""
    if state is HandOffState.ENDED:
        raise OverAlready
    if state is not HandOffState.OPEN:
        raise NotAwaiting
    if to_code not in seats_of(by, Permission.WARNING_ANSWER):
        raise NotThisUnit
    if not 0 < len(text.strip()) <= MAX_SAID:
        raise SaidNothing(field="text")


def check_verdict(matter: Answered, verdict: Verdict, *, by: Actor, on: date) -> None:
    """Raise unless another person of the desk that handed it on judges the answer that lies there now.

    Raises OverAlready, NotAnswered, NotTheDesk, OwnAnswer, SaidAnew, CauseStands, OpinionMissing, DueOdd.
    """
    _check_desk(matter, by)
    if verdict.version != matter.version:
        raise SaidAnew
    if verdict.takes:
        if matter.cause_stands and not verdict.opinion.strip():
            raise CauseStands(field="opinion")
        return
    if not verdict.opinion.strip():
        raise OpinionMissing(field="opinion")
    if verdict.due_on is None or verdict.due_on <= on:
        raise DueOdd(field="due_on")


def _check_desk(matter: Answered, by: Actor) -> None:
    if matter.state is HandOffState.ENDED:
        raise OverAlready
    if matter.state is not HandOffState.ANSWERED:
        raise NotAnswered
    if matter.from_code not in seats_of(by, Permission.WARNING_HAND_OFF):
        raise NotTheDesk
    if by.id is None or by.id in matter.by:
        raise OwnAnswer


def check_withdrawal(state: HandOffState, from_code: str, reason: str, *, by: Actor) -> None:
    """Raise unless the desk that handed it on may take it back. Raises OverAlready, NotTheDesk, SaidNothing."""
    if state is HandOffState.ENDED:
        raise OverAlready
    if from_code not in seats_of(by, Permission.WARNING_HAND_OFF):
        raise NotTheDesk
    if not 0 < len(reason.strip()) <= MAX_SAID:
        raise SaidNothing(field="reason")


def above(code: str) -> str:
    """Return the unit to which an overdue matter of a desk goes up; empty above the municipality."""
    return parent(code) or ""
