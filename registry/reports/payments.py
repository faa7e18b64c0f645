"""What became of agreed lines by a day: read from what was told of each attempt to pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from registry.bulk import chunks
from registry.database import db
from registry.ledger.distribution.payout.models import PayoutLine, PayoutResult, PayoutRound
from registry.ledger.distribution.payout.rules import AFTER, LineStatus, ResultKind
from registry.text import N_

NOT_ORDERED = N_("未制发放单")


@dataclass(frozen=True, slots=True)
class Payment:
    """What became of an agreed line: what is paid of it (fen), since when, and in a word how far it has come."""

    paid_fen: int = 0
    paid_on: str = ""
    state: str = NOT_ORDERED


def payments_on(line_ids: Sequence[int], on: date) -> dict[int, Payment]:
    """Return what had become of agreed lines by the end of a day, by line."""
    found: dict[int, Payment] = {}
    for some in chunks(list(line_ids)):
        rows = select(PayoutLine).where(PayoutLine.standing_line.in_(some))
        lines = {one.id: one for one in db.session.scalars(rows)}
        found |= {one.standing_line or 0: _waiting(one) for one in lines.values()}
        for line_id, kind, fen, day in db.session.execute(_told(list(lines), on)):
            found[lines[line_id].standing_line or 0] = _payment(ResultKind(kind), fen, day)
    return found


def _told(line_ids: list[int], on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(PayoutResult.line_id, PayoutResult.kind, PayoutResult.amount_fen, PayoutRound.happened_on)
        .join(PayoutRound, PayoutRound.id == PayoutResult.round_id)
        .where(PayoutResult.line_id.in_(line_ids), PayoutRound.happened_on <= on)
        .order_by(PayoutResult.line_id, PayoutResult.number)
    )


def _waiting(line: PayoutLine) -> Payment:
    """Say of a line nobody has told anything of that it waits, unless it is not to be paid at all."""
    withheld = line.state in {LineStatus.WITHHELD, LineStatus.CANCELLED}
    return Payment(state=(line.state if withheld else LineStatus.WAITING).label)


def _payment(kind: ResultKind, amount_fen: int, day: date) -> Payment:
    status = AFTER[kind].label
    return Payment(amount_fen, day.isoformat(), status) if kind is ResultKind.PAID else Payment(state=status)
