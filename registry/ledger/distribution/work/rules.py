"""Work records: person, project, days, rate; somebody else verifies them before they are paid. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.errors import Conflict, Forbidden, Invalid
from registry.permissions import Actor
from registry.text import N_, Labelled

MOST_DAYS = 366
MAX_PROJECT, MAX_NOTE = 100, 200
HALF_DAYS = 2


class WorkKind(Labelled):
    """As what somebody works."""

    PUBLIC_POST = "PUBLIC_POST", N_("公益性岗位")
    DAY_LABOUR = "DAY_LABOUR", N_("临时用工")


class WorkStatus(Labelled):
    """How far a record has come."""

    ENTERED = "ENTERED", N_("待核实")
    VERIFIED = "VERIFIED", N_("已核实")
    REFUSED = "REFUSED", N_("核实不符")


class ProjectMissing(Invalid):
    """Work is done on something."""

    message = N_("请写明干什么活，最多 100 个字。")


class DaysOdd(Invalid):
    """Days are counted in halves, and fit between the first and the last day."""

    message = N_("天数要大于 0，按半天计，不能超过起止日期之间的天数。")


class PeriodOdd(Invalid):
    """Work ends after it begins and before today is over."""

    message = N_("起止日期颠倒，或晚于今天。")


class RateOdd(Invalid):
    """Work is paid."""

    message = N_("每天的报酬要大于 0。")


class OwnRecord(Forbidden):
    """Whoever entered a record does not verify it."""

    message = N_("登记用工的人不能核实自己登记的记录，请另一个人核实。")


class NotEntered(Conflict):
    """Only what waits is verified."""

    message = N_("这条用工记录已经核实过。")


class ReasonMissing(Invalid):
    """Who refuses says why."""

    message = N_("不符要写明哪里不符。")


@dataclass(frozen=True)
class WorkFacts:
    """What is said of somebody's work: whose household, on what, from when to when, half days and daily rate (fen)."""

    region_code: str
    household_id: int
    name: str
    kind: WorkKind
    project: str
    starts_on: date
    ends_on: date
    half_days: int
    rate_fen: int
    asset_no: str = ""
    note: str = ""


def pay_of(half_days: int, rate_fen: int) -> int:
    """Return the pay for so many half days; half a fen is rounded up."""
    return (half_days * rate_fen + 1) // HALF_DAYS


def check_work(facts: WorkFacts, on: date) -> None:
    """Raise unless this can be entered on a day."""
    if not 0 < len(facts.project.strip()) <= MAX_PROJECT:
        raise ProjectMissing(field="project")
    if not facts.starts_on <= facts.ends_on <= on:
        raise PeriodOdd(field="ends_on")
    span = (facts.ends_on - facts.starts_on).days + 1
    if not 0 < facts.half_days <= HALF_DAYS * min(span, MOST_DAYS):
        raise DaysOdd(field="days")
    if facts.rate_fen <= 0:
        raise RateOdd(field="rate")


def check_verifying(status: WorkStatus, by: Actor, *, entered_by_id: int | None, agrees: bool, reason: str) -> None:
    """Raise unless this person may say whether the record is true."""
    if status is not WorkStatus.ENTERED:
        raise NotEntered
    if by.id is None or by.id == entered_by_id:
        raise OwnRecord
    if not agrees and not reason.strip():
        raise ReasonMissing(field="reason")
