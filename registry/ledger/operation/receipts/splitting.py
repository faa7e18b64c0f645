"""What one payment pays: which dues, in which order, and what of it has been earned. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from registry.ledger.operation.dues.rules import OpenDue, in_turn, settle
from registry.ledger.operation.receipts.kinds import KINDS, IncomeKind
from registry.ledger.operation.receipts.rules import ReceiptFacts


@dataclass(frozen=True)
class Owed:
    """What is still owed of one due, and the days it is earned over."""

    due: OpenDue
    earned_from: date
    earned_to: date


@dataclass(frozen=True)
class Portion:
    """Some of a payment before it is split among owners: of one kind and one due, if any; paid out is negative."""

    kind: IncomeKind
    amount_fen: int
    earned_from: date
    earned_to: date
    due_id: int | None = None


def portions(facts: ReceiptFacts, owed: Sequence[Owed]) -> list[Portion]:
    """Cut a payment by what it pays, the due it names first, then the oldest; income before its time waits (预收).

    Together the portions are the payment, whatever is due.
    """
    rule = KINDS[facts.kind]
    sign = -1 if rule.is_paid_out else 1
    by_id = {one.due.id: one for one in owed if rule.settles}
    laid = settle(facts.amount_fen, [one.due for one in by_id.values()], facts.due_id)
    found = [_portion(facts, by_id[due_id], fen) for due_id, fen in laid]
    left = facts.amount_fen - sum(fen for _due, fen in laid)
    if left:
        kind = IncomeKind.PREPAYMENT if rule.is_earned and by_id else facts.kind
        found.append(Portion(kind, sign * left, facts.earned_from, facts.earned_to))
    return found


def _portion(facts: ReceiptFacts, owed: Owed, fen: int) -> Portion:
    waits = KINDS[facts.kind].is_earned and not is_begun(owed.earned_from, facts.received_on)
    kind = IncomeKind.PREPAYMENT if waits else facts.kind
    return Portion(kind, fen, owed.earned_from, owed.earned_to, owed.due.id)


def is_begun(earned_from: date, on: date) -> bool:
    """Say whether a period has begun: what is paid for one that has not is not income yet."""
    return earned_from <= on


def release(waiting: Portion, kind: IncomeKind, owed: Sequence[Owed], on: date) -> list[tuple[Portion, Portion]]:
    """Return what of money paid in advance has been earned by a day: each time what leaves 预收, and what it becomes.

    Money that was taken for a due becomes that due's income; money beyond all dues pays the oldest that has begun.
    """
    if waiting.due_id is not None:
        return [_moved(waiting, waiting.amount_fen, kind, waiting)] if is_begun(waiting.earned_from, on) else []
    begun = {one.due.id: one for one in owed if is_begun(one.earned_from, on)}
    return [
        _moved(waiting, fen, kind, Portion(kind, fen, begun[due_id].earned_from, begun[due_id].earned_to, due_id))
        for due_id, fen in settle(waiting.amount_fen, [one.due for one in begun.values()])
    ]


def _moved(waiting: Portion, fen: int, kind: IncomeKind, target: Portion) -> tuple[Portion, Portion]:
    return replace(waiting, amount_fen=-fen), replace(target, amount_fen=fen, kind=kind)


def expected_fen(amount_fen: int, dues: Sequence[OpenDue], on: date, named_id: int | None = None) -> int | None:
    """Return what a payment should have come to: one or more whole dues in their turn are as agreed.

    Otherwise the due it names, what is due by a day, or else the next due; None if nothing is.
    """
    ordered = in_turn([one for one in dues if one.open_fen], named_id)
    if not ordered:
        return None
    run = 0
    for one in ordered:
        run += one.open_fen
        if run == amount_fen:
            return amount_fen
    if ordered[0].id == named_id:
        return ordered[0].open_fen
    return sum(one.open_fen for one in ordered if one.due_on <= on) or ordered[0].open_fen


def less_waiting(waiting: Sequence[tuple[int, int | None]], dues: Sequence[OpenDue]) -> list[OpenDue]:
    """Return what is open of dues once the receipts that wait are laid on them: each one's fen and the due it names."""
    left = list(dues)
    for fen, named_id in waiting:
        laid = dict(settle(fen, left, named_id))
        left = [replace(one, open_fen=one.open_fen - laid.get(one.id, 0)) for one in left]
    return left
