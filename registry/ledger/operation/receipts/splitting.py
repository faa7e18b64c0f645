"""What one payment pays: which dues, in which order, and how much of each belongs to whom. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from registry.ledger.operation.receipts.kinds import KINDS, IncomeKind
from registry.ledger.operation.receipts.rules import ReceiptFacts
from registry.money import allocate


@dataclass(frozen=True)
class OpenDue:
    """What is still owed of one due, and the days it is earned over."""

    due_id: int
    earned_from: date
    earned_to: date
    open_fen: int


@dataclass(frozen=True)
class Holding:
    """One owner's part of one asset; weights of a receipt are compared with each other only."""

    asset_id: int
    party_id: int
    weight: int


@dataclass(frozen=True)
class Portion:
    """Some of a payment before it is split among owners: of one kind and one due, if any."""

    kind: IncomeKind
    amount_fen: int
    earned_from: date
    earned_to: date
    due_id: int | None = None


@dataclass(frozen=True)
class Part:
    """One owner's part of a portion; money that is paid out is negative."""

    portion: Portion
    holding: Holding
    amount_fen: int


def portions(facts: ReceiptFacts, dues: Sequence[OpenDue]) -> list[Portion]:
    """Cut a payment by what it pays, the oldest due first; what is paid before its time or beyond it waits (预收).

    Together the portions are the payment, whatever is due.
    """
    sign = -1 if KINDS[facts.kind].is_paid_out else 1
    if not (KINDS[facts.kind].settles and dues):
        whole = Portion(facts.kind, sign * facts.amount_fen, facts.earned_from, facts.earned_to)
        return [whole] if facts.amount_fen else []
    left, found = facts.amount_fen, []
    for due in sorted(dues, key=lambda one: (one.earned_from, one.due_id)):
        paid = min(left, due.open_fen)
        left -= paid
        if paid:
            kind = facts.kind if is_earned(due, facts.received_on) else IncomeKind.PREPAYMENT
            found.append(Portion(kind, paid, due.earned_from, due.earned_to, due.due_id))
    if left:
        found.append(Portion(IncomeKind.PREPAYMENT, left, facts.earned_from, facts.earned_to))
    return found


def is_earned(due: OpenDue, on: date) -> bool:
    """Say whether the period a due is for has begun: what is paid before that is not income yet."""
    return due.earned_from <= on


def split(portion: Portion, holdings: Sequence[Holding]) -> list[Part]:
    """Split a portion among the owners by their agreed shares, to the last fen; nobody's nothing is left out."""
    shares = allocate(portion.amount_fen, [one.weight for one in holdings])
    return [Part(portion, one, fen) for one, fen in zip(holdings, shares, strict=True) if fen]


def release(waiting: Portion, kind: IncomeKind, dues: Sequence[OpenDue], on: date) -> list[tuple[Portion, Portion]]:
    """Return what of money paid in advance has been earned by a day: each time what leaves 预收, and what it becomes.

    Money that was taken for a due becomes that due's income; money beyond all dues pays the oldest that has begun.
    """
    if waiting.due_id is not None:
        return [_moved(waiting, waiting.amount_fen, kind, waiting)] if waiting.earned_from <= on else []
    left, found = waiting.amount_fen, []
    for due in sorted(dues, key=lambda one: (one.earned_from, one.due_id)):
        paid = min(left, due.open_fen) if is_earned(due, on) else 0
        left -= paid
        if paid:
            target = Portion(kind, paid, due.earned_from, due.earned_to, due.due_id)
            found.append(_moved(waiting, paid, kind, target))
    return found


def _moved(waiting: Portion, fen: int, kind: IncomeKind, target: Portion) -> tuple[Portion, Portion]:
    return replace(waiting, amount_fen=-fen), replace(target, amount_fen=fen, kind=kind)


def total(parts: Iterable[Part]) -> int:
    """Return what the parts come to."""
    return sum(part.amount_fen for part in parts)
