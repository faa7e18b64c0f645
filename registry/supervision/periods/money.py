"""What a month counts of money: income, dues and arrears, plans of distribution and what was paid under them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select

from registry.assets.register.amendments.past import end_of
from registry.database import db
from registry.ledger.distribution.payout.models import PayoutLine, PayoutResult, PayoutRound
from registry.ledger.distribution.payout.rules import ResultKind
from registry.ledger.distribution.plans.models import Plan, PlanIncome, PlanLine, PlanUse
from registry.ledger.distribution.plans.rules import AGREED, PlanStatus
from registry.ledger.operation.arrears.models import WriteOff
from registry.ledger.operation.arrears.rules import WriteOffStatus
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.kinds import DueStatus
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.rules import Basis
from registry.supervision.periods.counted import Area, Count, counts

_EARNED = sorted(kind.value for kind in DISTRIBUTABLE)
_AGREED = sorted(status.value for status in AGREED)
#: What an adjusted plan arranged is arranged by the plan that came after it.
_ARRANGED = sorted(status.value for status in AGREED - {PlanStatus.AMENDED})
_DUE = (Due.region_code, Due.sector, Due.kind)
_NO_SECTOR = literal("")
#: A payment, and one that came back.
_SIGN = {ResultKind.PAID.value: 1, ResultKind.RETURNED.value: -1}
_ALL = literal("ALL")


def earned(area: Area, on: date) -> Iterator[Count]:
    """Count what came in: of the units' own, and what operators and households say they earned."""
    own = case((IncomeRow.basis != Basis.REPORTED.value, IncomeRow.amount_fen), else_=0)
    said = case((IncomeRow.basis == Basis.REPORTED.value, IncomeRow.amount_fen), else_=0)
    keys = (IncomeRow.region_code, IncomeRow.sector, IncomeRow.kind)
    rows: Any = select(*keys, func.sum(own), func.sum(said)).where(
        area.holds(IncomeRow.region_code), IncomeRow.kind.in_(_EARNED), IncomeRow.received_on <= on
    )
    return counts("income", ("own", "reported"), db.session.execute(rows.group_by(*keys)))


def _due_by(area: Area, on: date) -> tuple[ColumnElement[bool], ...]:
    return (area.holds(Due.region_code), Due.due_on <= on, Due.status != DueStatus.VOID.value)


def due(area: Area, on: date) -> Iterator[Count]:
    """Count what had become due."""
    rows: Any = select(*_DUE, func.sum(Due.amount_fen)).where(*_due_by(area, on)).group_by(*_DUE)
    return counts("due", ("due",), db.session.execute(rows))


def settled(area: Area, on: date) -> Iterator[Count]:
    """Count what came in of dues, whether they had become due or not."""
    rows: Any = (
        select(*_DUE, func.sum(IncomeRow.amount_fen))
        .join(IncomeRow, IncomeRow.due_id == Due.id)
        .where(area.holds(Due.region_code), IncomeRow.received_on <= on)
    )
    return counts("due", ("settled",), db.session.execute(rows.group_by(*_DUE)))


def _written_off(on: date) -> tuple[ColumnElement[bool], ...]:
    return (WriteOff.status == WriteOffStatus.WRITTEN_OFF.value, WriteOff.decided_at < end_of(on))


def given_up(area: Area, on: date) -> Iterator[Count]:
    """Count what of dues was written off."""
    rows: Any = (
        select(*_DUE, func.sum(WriteOff.amount_fen))
        .join(WriteOff, WriteOff.due_id == Due.id)
        .where(area.holds(Due.region_code), *_written_off(on))
    )
    return counts("due", ("given_up",), db.session.execute(rows.group_by(*_DUE)))


def owed(area: Area, on: date) -> Iterator[Count]:
    """Count dues that were not met, and what was missing."""
    came = (
        select(IncomeRow.due_id.label("due_id"), func.sum(IncomeRow.amount_fen).label("fen"))
        .join(Due, Due.id == IncomeRow.due_id)
        .where(area.holds(Due.region_code), IncomeRow.received_on <= on)
        .group_by(IncomeRow.due_id)
        .subquery()
    )
    gone = (
        select(WriteOff.due_id.label("due_id"), func.sum(WriteOff.amount_fen).label("fen"))
        .where(*_written_off(on))
        .group_by(WriteOff.due_id)
        .subquery()
    )
    missing = (
        func.coalesce(Due.amount_fen, 0) - func.coalesce(came.c.fen, 0) - func.coalesce(gone.c.fen, 0)
    )  # fmt: skip
    rows: Any = (
        select(*_DUE, func.count(), func.sum(missing))
        .outerjoin(came, came.c.due_id == Due.id)
        .outerjoin(gone, gone.c.due_id == Due.id)
        .where(*_due_by(area, on), missing > 0)
    )
    return counts("due", ("n_owed", "owed"), db.session.execute(rows.group_by(*_DUE)))


def _agreed_by(area: Area, on: date, statuses: list[str]) -> tuple[ColumnElement[bool], ...]:
    return (area.holds(Plan.region_code), Plan.status.in_(statuses), Plan.agreed_on <= on)


def planned(area: Area, on: date) -> Iterator[Count]:
    """Count what agreed plans arrange, by use."""
    keys = (Plan.region_code, _NO_SECTOR, PlanUse.kind)
    rows: Any = (
        select(*keys, func.sum(PlanUse.amount_fen))
        .join(PlanUse, PlanUse.plan_id == Plan.id)
        .where(*_agreed_by(area, on, _ARRANGED))
    )
    return counts("use", ("planned",), db.session.execute(rows.group_by(Plan.region_code, PlanUse.kind)))


def funded(area: Area, on: date) -> Iterator[Count]:
    """Count agreed plans and what they set apart for the fund."""
    rows: Any = select(Plan.region_code, _NO_SECTOR, _ALL, func.count(), func.sum(Plan.fund_fen)).where(
        *_agreed_by(area, on, _ARRANGED)
    )
    return counts("plan", ("agreed", "fund"), db.session.execute(rows.group_by(Plan.region_code)))


def undistributed(area: Area, on: date) -> Iterator[Count]:
    """Count what was earned by the end of a day and no agreed plan has taken."""
    keys = (IncomeRow.region_code, IncomeRow.sector)
    mine = (area.holds(IncomeRow.region_code), IncomeRow.kind.in_(_EARNED), IncomeRow.basis == Basis.OWN.value)
    came: Any = select(*keys, _ALL, func.sum(IncomeRow.amount_fen)).where(*mine, IncomeRow.earned_on <= on)
    yield from counts("plan", ("left",), db.session.execute(came.group_by(*keys)))
    gone: Any = (
        select(*keys, _ALL, -func.sum(PlanIncome.taken_fen - PlanIncome.returned_fen))
        .join(PlanIncome, PlanIncome.income_row_id == IncomeRow.id)
        .join(Plan, Plan.id == PlanIncome.plan_id)
        .where(*mine, Plan.status.in_(_AGREED), Plan.agreed_on <= on)
    )
    yield from counts("plan", ("left",), db.session.execute(gone.group_by(*keys)))


def paid(area: Area, on: date) -> Iterator[Count]:
    """Count what was paid, less what came back, and how often to households, by use."""
    sign = case(_SIGN, value=PayoutResult.kind, else_=0)
    home = case((PlanLine.household_id.is_not(None), sign), else_=0)
    keys = (PayoutRound.region_code, _NO_SECTOR, PlanUse.kind)
    rows: Any = (
        select(*keys, func.sum(sign * PayoutResult.amount_fen), func.sum(home))
        .join(PayoutResult, PayoutResult.round_id == PayoutRound.id)
        .join(PayoutLine, PayoutLine.id == PayoutResult.line_id)
        .join(PlanLine, PlanLine.id == PayoutLine.plan_line_id)
        .join(PlanUse, PlanUse.id == PlanLine.use_id)
        .where(area.holds(PayoutRound.region_code), PayoutRound.happened_on <= on)
    )
    return counts(
        "use", ("handed", "households"), db.session.execute(rows.group_by(PayoutRound.region_code, PlanUse.kind))
    )
