"""What payout pages are drawn from: what may still be ordered, results told by hand, the published result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder
from registry.ledger.distribution.payout.queries import list_paid, paid_by_use, paid_on, payments_of_household
from registry.ledger.distribution.payout.rules import TOLD, UNPAID, LineStatus, LineUnknown, ResultFacts, ResultKind
from registry.ledger.distribution.plans.models import Plan, PlanLine
from registry.ledger.distribution.plans.showing import PublicLine
from registry.ledger.distribution.plans.uses import UseKind
from registry.permissions import Actor, Permission, may
from registry.sealing import masked_name

MOST_PAYMENTS = 50


@dataclass(frozen=True)
class HouseholdPayment:
    """One amount a household is agreed to get: under which plan, paid or not, and since when."""

    agreed: PlanLine
    plan: Plan
    line: PayoutLine | None
    paid_on: date | None


def household_payments(household_id: int) -> list[HouseholdPayment]:
    """Return the last amounts agreed for a household, the newest first, with what became of them."""
    rows = payments_of_household(household_id, MOST_PAYMENTS)
    days = paid_on([line.id for _, _, line in rows if line is not None and line.state is LineStatus.PAID])
    return [HouseholdPayment(agreed, plan, line, days.get(line.id) if line else None) for agreed, plan, line in rows]


def offered_uses(plan: Plan) -> list[tuple[int, str]]:
    """Return the uses of a plan that are paid out."""
    return [(use.id, use.label) for use in plan.uses if use.about is not UseKind.CARRIED]


def may_tell(order: PayoutOrder, me: Actor) -> bool:
    """Say whether this person may tell what became of an order: whoever prepared or released it may not."""
    return order.state in TOLD and may(me, Permission.PAYOUT_PAY, order.region_code) and me.id not in order.hands


def results_by_hand(lines: Iterable[PayoutLine], not_paid: str, reason: str) -> list[ResultFacts]:
    """Return that all lines that waited were paid, but for those whose numbers are named. Raises LineUnknown."""
    waiting = {line.serial for line in lines if line.state in UNPAID}
    failed = _serials(not_paid)
    unknown = failed - waiting
    if unknown:
        raise LineUnknown(field="serials", serial=min(unknown))
    return [
        ResultFacts(serial, ResultKind.FAILED, reason=reason)
        if serial in failed
        else ResultFacts(serial, ResultKind.PAID)
        for serial in sorted(waiting)
    ]


def _serials(text: str) -> set[int]:
    found = set()
    for word in text.replace("，", " ").replace(",", " ").replace("、", " ").split():
        if not (word.isascii() and word.isdigit()):
            raise LineUnknown(field="serials", serial=word)
        found.add(int(word))
    return found


@dataclass(frozen=True)
class UseResult:
    """One use in the published result: planned and paid, in fen."""

    label: str
    planned_fen: int
    paid_fen: int


def results_of(plan: Plan) -> list[UseResult]:
    """Return what was paid of each use of a plan: figures of the result notice and the result print."""
    paid = paid_by_use(plan.id)
    return [UseResult(use.label, use.amount_fen, paid.get(use.id, 0)) for use in plan.uses]


def paid_lines(plan: Plan) -> list[PublicLine]:
    """Return who was paid under a plan, one line per household and use, names masked: the result on the board."""
    sums: dict[tuple[int, int], PublicLine] = {}
    for agreed, fen in list_paid(plan.id):
        key = agreed.use_id, agreed.beneficiary
        before = sums[key].amount_fen if key in sums else 0
        name = masked_name(agreed.head_name) if agreed.head_name else agreed.payee_name
        sums[key] = PublicLine(agreed.use.label, agreed.group_name, name, before + fen)
    return list(sums.values())
