"""What is counted, who may say what of it, and by which ways a difference is settled. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from registry.errors import Conflict, RegistryError, refuse_all
from registry.permissions import GRANTS, Actor, Permission
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.regions import Level, covers, level_of
from registry.supervision.stocktaking.refusals import (
    AlreadySettled,
    BasisMissing,
    CampaignClosed,
    DaysOdd,
    NameMissing,
    NotAbove,
    NotACounty,
    NotCounting,
    NotSaid,
    OutcomeOdd,
    OwnConfirmation,
    OwnCount,
    PhotoNeeded,
    QuantityOdd,
    ReasonMissing,
    WayNotFit,
    YearOdd,
)
from registry.text import N_, Labelled

MAX_NOTE = 500
MAX_NAME = 100
#: The year of the first national count of collective assets (农清明细).
FIRST_YEAR = 2019


class CampaignKind(Labelled):
    """Why a county counts."""

    YEARLY = "YEARLY", N_("年度清查")
    SPECIAL = "SPECIAL", N_("专项清查")


class CampaignStatus(Labelled):
    """How far a campaign has come."""

    OPEN = "OPEN", N_("进行中")
    CLOSED = "CLOSED", N_("已结束")


class SheetStatus(Labelled):
    """How far the sheet of a unit has come."""

    COUNTING = "COUNTING", N_("盘点中")
    SUBMITTED = "SUBMITTED", N_("待复核")
    CONFIRMED = "CONFIRMED", N_("已复核")
    REPORTED = "REPORTED", N_("已上报")
    RECEIVED = "RECEIVED", N_("已接收")


#: The sheets that are in.
IN = frozenset({SheetStatus.REPORTED, SheetStatus.RECEIVED})


#: The sheets that a second person has confirmed.
CHECKED = IN | {SheetStatus.CONFIRMED}


class Outcome(Labelled):
    """What was found of an asset (盘点结果)."""

    FOUND = "FOUND", N_("账实相符")
    MISSING = "MISSING", N_("盘亏")
    UNEXPECTED = "UNEXPECTED", N_("盘盈")
    DAMAGED = "DAMAGED", N_("毁损")
    IDLE = "IDLE", N_("闲置")
    OWNER_UNCLEAR = "OWNER_UNCLEAR", N_("权属不清")
    VALUE_PENDING = "VALUE_PENDING", N_("价值待定")


#: What may be said of an asset that stands on a list, in the order of the form.
OF_LISTED = tuple(one for one in Outcome if one is not Outcome.UNEXPECTED)


class CountWay(Labelled):
    """How somebody came to the asset."""

    LIST = "LIST", N_("按清单")
    SCAN = "SCAN", N_("扫码")
    PROGRAM = "PROGRAM", N_("接口")


class DifferenceState(Labelled):
    """How far a difference has come."""

    OPEN = "OPEN", N_("待处理")
    HANDED_ON = "HANDED_ON", N_("已转办")
    SETTLED = "SETTLED", N_("已办结")


class Way(Labelled):
    """What a difference leads to."""

    CORRECTION = "CORRECTION", N_("申请更正")
    DISPOSAL = "DISPOSAL", N_("转处置")
    REGISTRATION = "REGISTRATION", N_("补登记")
    TITLE = "TITLE", N_("登记权属争议")
    REPAIR = "REPAIR", N_("转维修")
    EXPLAINED = "EXPLAINED", N_("查明原因，不用调整")


_O, _W = Outcome, Way
#: The ways out of each kind of difference; the first is the usual one. FOUND differs by its quantity.
WAYS: dict[Outcome, tuple[Way, ...]] = {
    _O.FOUND: (_W.CORRECTION, _W.EXPLAINED),
    _O.MISSING: (_W.DISPOSAL, _W.CORRECTION),
    _O.UNEXPECTED: (_W.REGISTRATION, _W.EXPLAINED),
    _O.DAMAGED: (_W.REPAIR, _W.DISPOSAL),
    _O.IDLE: (_W.CORRECTION, _W.EXPLAINED),
    _O.OWNER_UNCLEAR: (_W.TITLE,),
    _O.VALUE_PENDING: (_W.CORRECTION, _W.EXPLAINED),
}
#: What a person needs beyond the right to enter assets.
RIGHT_OF: dict[Way, Permission] = {
    _W.DISPOSAL: Permission.DISPOSAL_ENTER,
    _W.TITLE: Permission.TITLE_REGISTER,
}


@dataclass(frozen=True)
class Opening:
    """How a campaign is called; a special one names its days and its ground."""

    region_code: str
    kind: CampaignKind
    year: int
    basis: str = ""
    cutoff_on: date | None = None
    report_by: date | None = None


@dataclass(frozen=True)
class Count:
    """What somebody says of one line. ``tapped_at``: when it was tapped, if it was sent later; ``key`` names it."""

    outcome: Outcome
    counted_milli: int | None = None
    note: str = ""
    way: CountWay = CountWay.LIST
    tapped_at: datetime | None = None


@dataclass(frozen=True)
class Surplus:
    """Something that stands on no list."""

    name: str
    category: str = ""
    quantity_milli: int | None = None
    unit: str = ""
    place: str = ""
    note: str = ""


def days_of(opening: Opening, policy: Policy, on: date) -> tuple[date, date]:
    """Return cut-off and last day of the report. Raises NotACounty, YearOdd, DaysOdd, BasisMissing."""
    if level_of(opening.region_code) is not Level.COUNTY:
        raise NotACounty
    if opening.kind is CampaignKind.SPECIAL:
        if not opening.basis.strip():
            raise BasisMissing(field="basis")
        if not (opening.cutoff_on and opening.report_by and opening.cutoff_on <= on < opening.report_by):
            raise DaysOdd(field="cutoff_on")
        return opening.cutoff_on, opening.report_by
    if not FIRST_YEAR <= opening.year <= on.year:
        raise YearOdd(field="year", first=FIRST_YEAR)
    return (
        _day_of(opening.year, policy.text(Parameter.INVENTORY_CUTOFF)),
        _day_of(opening.year + 1, policy.text(Parameter.INVENTORY_REPORT)),
    )


def _day_of(year: int, month_day: str) -> date:
    month, day = map(int, month_day.split("-"))
    return date(year, month, day)


def listed_on(cutoff_on: date, on: date) -> date:
    """Return the day whose register a list is made from: the cut-off, or today while that has not come."""
    return min(cutoff_on, on)


def differs(outcome: Outcome, expected_milli: int | None, counted_milli: int | None) -> bool:
    """Say whether what was found is not what the books say."""
    return outcome is not Outcome.FOUND or (counted_milli is not None and counted_milli != expected_milli)


def check_open(status: CampaignStatus) -> None:
    """Raise CampaignClosed after closing."""
    if status is CampaignStatus.CLOSED:
        raise CampaignClosed


def check_counting(status: SheetStatus) -> None:
    """Raise NotCounting unless marks are being made."""
    if status is not SheetStatus.COUNTING:
        raise NotCounting(status=status.label)


def check_count(count: Count, *, listed: bool, expected_milli: int | None, photos: int) -> None:
    """Raise unless this may be said of a line; everything that is wrong is told at once."""
    refuse_all(_wrong_with(count, listed=listed, expected_milli=expected_milli, photos=photos))


def _wrong_with(count: Count, *, listed: bool, expected_milli: int | None, photos: int) -> list[RegistryError]:
    found: list[RegistryError] = []
    if (count.outcome is Outcome.UNEXPECTED) is listed:
        found.append(OutcomeOdd(field="outcome"))
    if count.counted_milli is not None and (count.counted_milli < 0 or (listed and expected_milli is None)):
        found.append(QuantityOdd(field="counted"))
    if differs(count.outcome, expected_milli, count.counted_milli) and not count.note.strip():
        found.append(NotSaid(field="note"))
    if count.outcome is Outcome.DAMAGED and not photos:
        found.append(PhotoNeeded(field="file"))
    return found


def check_surplus(surplus: Surplus) -> None:
    """Raise unless something found is named and described."""
    if not 0 < len(surplus.name.strip()) <= MAX_NAME:
        raise NameMissing(field="name")
    if not surplus.note.strip():
        raise NotSaid(field="note")
    if surplus.quantity_milli is not None and surplus.quantity_milli < 0:
        raise QuantityOdd(field="quantity")


def counted_at(tapped_at: datetime | None, *, opened_at: datetime, now: datetime) -> datetime:
    """Return when something was counted: when it was tapped, if that lies within the campaign, else now."""
    return tapped_at if tapped_at is not None and opened_at <= tapped_at <= now else now


def check_second(by: Actor, counters: Collection[int | None]) -> None:
    """Raise OwnCount for anybody who counted or submitted the sheet, and for the system."""
    if by.id is None or by.id in counters:
        raise OwnCount


def check_receiver(region_code: str, by: Actor, involved: Collection[int | None]) -> None:
    """Raise unless this person sits above the unit (of a county, in it) and had no hand in the sheet."""
    if by.id is None or by.id in involved:
        raise OwnConfirmation
    if not sits_above(region_code, by):
        raise NotAbove


def sits_above(region_code: str, by: Actor) -> bool:
    """Say whether a person confirms counts at a level above a unit; above a county's own sheet sits the county."""
    own = max(level_of(region_code).depth, Level.COUNTY.depth + 1)
    return any(
        Permission.STOCKTAKE_CONFIRM in GRANTS[grant.role]
        and covers(grant.region_code, region_code)
        and level_of(grant.region_code).depth < own
        for grant in by.grants
    )


def ways_out(outcome: Outcome, *, has_left: bool) -> tuple[Way, ...]:
    """Return by which ways a difference may be settled; what left the register meanwhile is explained by that."""
    ways = WAYS[outcome]
    return (*ways, Way.EXPLAINED) if has_left and Way.EXPLAINED not in ways else ways


def check_settling(
    outcome: Outcome, way: Way, reason: str, *, has_left: bool, settled: Way | None, failed: bool
) -> None:
    """Raise unless a difference may be settled this way now. Raises AlreadySettled, WayNotFit, ReasonMissing."""
    if settled is not None and not failed:
        raise AlreadySettled(way=settled.label)
    if way not in ways_out(outcome, has_left=has_left):
        raise WayNotFit(field="way", outcome=outcome.label, way=way.label)
    if not reason.strip():
        raise ReasonMissing(field="reason")


@dataclass(frozen=True)
class Gate:
    """One thing that must be so before a sheet is reported, and the refusal if it is not."""

    label: str
    done: bool
    refusal: Conflict


def check_gates(gates: Collection[Gate]) -> None:
    """Raise everything that a report still lacks, at once."""
    refuse_all(gate.refusal for gate in gates if not gate.done)
