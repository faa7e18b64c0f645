"""What a month counts of disposals: what was carried out, and what became of the money."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select

from registry.database import db
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.kinds import DisposalStatus, LineDecision
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.proceeds.kinds import COUNTED
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt, ProceedsUse
from registry.supervision.periods.counted import Area, Count, counts

_CASE = (DisposalCase.region_code, DisposalCase.sector, DisposalCase.kind)
_PROCEEDS = (Proceeds.region_code, DisposalCase.sector, Proceeds.destination)
_USED = sorted(status.value for status in COUNTED)


def _done(area: Area, on: date) -> tuple[ColumnElement[bool], ...]:
    """Cases of before the register was taken into use are history, entered for completeness."""
    return (
        area.holds(DisposalCase.region_code), DisposalCase.status == DisposalStatus.DONE.value,
        DisposalCase.done_on <= on, DisposalCase.is_legacy.is_(False),
    )  # fmt: skip


def carried_out(area: Area, on: date) -> Iterator[Count]:
    """Count cases that were carried out with their prices, and the assets in them."""
    cases: Any = (
        select(*_CASE, func.count(), func.sum(DisposalExecution.price_fen))
        .join(DisposalExecution, DisposalExecution.case_id == DisposalCase.id)
        .where(*_done(area, on))
    )
    yield from counts("disposal", ("cases", "price"), db.session.execute(cases.group_by(*_CASE)))
    lines: Any = (
        select(*_CASE, func.count(), func.sum(DisposalLine.original_fen), func.sum(DisposalLine.net_fen))
        .join(DisposalLine, DisposalLine.case_id == DisposalCase.id)
        .where(*_done(area, on), DisposalLine.decision == LineDecision.TAKEN.value)
    )
    yield from counts("disposal", ("assets", "original", "net"), db.session.execute(lines.group_by(*_CASE)))


def proceeds(area: Area, on: date) -> Iterator[Count]:
    """Count what disposals should fetch."""
    rows: Any = (
        select(*_PROCEEDS, func.sum(Proceeds.due_fen))
        .join(DisposalCase, DisposalCase.id == Proceeds.case_id)
        .where(area.holds(Proceeds.region_code), Proceeds.opened_on <= on)
    )
    return counts("proceeds", ("due",), db.session.execute(rows.group_by(*_PROCEEDS)))


def received(area: Area, on: date) -> Iterator[Count]:
    """Count what of it came in."""
    rows: Any = (
        select(*_PROCEEDS, func.sum(ProceedsReceipt.amount_fen))
        .join(DisposalCase, DisposalCase.id == Proceeds.case_id)
        .join(ProceedsReceipt, ProceedsReceipt.proceeds_id == Proceeds.id)
        .where(area.holds(Proceeds.region_code), ProceedsReceipt.received_on <= on)
    )
    return counts("proceeds", ("received",), db.session.execute(rows.group_by(*_PROCEEDS)))


def _in_use(on: date) -> tuple[ColumnElement[bool], ...]:
    return (ProceedsUse.status.in_(_USED), ProceedsUse.used_on <= on)


def used(area: Area, on: date) -> Iterator[Count]:
    """Count what was used again or paid in."""
    rows: Any = (
        select(*_PROCEEDS, func.sum(ProceedsUse.amount_fen))
        .join(DisposalCase, DisposalCase.id == Proceeds.case_id)
        .join(ProceedsUse, ProceedsUse.proceeds_id == Proceeds.id)
        .where(area.holds(Proceeds.region_code), *_in_use(on))
    )
    return counts("proceeds", ("used",), db.session.execute(rows.group_by(*_PROCEEDS)))


def left(area: Area, on: date) -> Iterator[Count]:
    """Count what came in, less the cost of clearing, and was not used by the end of a day."""
    came = _sum_of(ProceedsReceipt, ProceedsReceipt.received_on <= on)
    gone = _sum_of(ProceedsUse, *_in_use(on))
    rest = func.coalesce(came, 0) - Proceeds.cost_fen - func.coalesce(gone, 0)
    rows: Any = (
        select(*_PROCEEDS, func.sum(case((rest > 0, rest), else_=literal(0))))
        .join(DisposalCase, DisposalCase.id == Proceeds.case_id)
        .where(area.holds(Proceeds.region_code), Proceeds.opened_on <= on)
    )
    return counts("proceeds", ("left",), db.session.execute(rows.group_by(*_PROCEEDS)))


def _sum_of(model: type[ProceedsReceipt | ProceedsUse], *where: ColumnElement[bool]) -> Any:
    return (
        select(func.sum(model.amount_fen)).where(model.proceeds_id == Proceeds.id, *where).correlate(Proceeds)
        .scalar_subquery()
    )  # fmt: skip
