"""Payouts for tests: an agreed plan, an order of it prepared by one, released by a second, paid by a third."""

from registry.database import db, transaction
from registry.ledger.books.models import Posting, Voucher
from registry.ledger.distribution.payout.models import PayoutOrder
from registry.ledger.distribution.payout.queries import lines_by_serial
from registry.ledger.distribution.payout.rules import Method, ResultFacts, ResultKind
from registry.ledger.distribution.payout.services import prepare_order, release_order
from registry.ledger.distribution.payout.telling import tell_results
from registry.policy.queries import policy_for
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.plans.planning import agreed, plan_of, prepared


def ordered(plan_id: int | None = None, *, instalment: int = 1, method: Method = Method.BANK) -> int:
    """An order of everything that one instalment of a plan pays."""
    plan_id = plan_id or agreed(prepared())
    with transaction(VILLAGE):
        plan, policy = plan_of(plan_id), policy_for(VILLAGE, TODAY)
        uses = [use.id for use in plan.uses]
        return prepare_order(plan, instalment, uses, method, by=person("village_clerk"), on=TODAY, policy=policy).id


def released(order_id: int | None = None) -> int:
    """An order that a second person released."""
    order_id = order_id or ordered()
    with transaction(VILLAGE):
        release_order(order_of(order_id), by=person("village_head"), on=TODAY)
    return order_id


def order_of(order_id: int) -> PayoutOrder:
    """An order as it stands."""
    return db.session.get_one(PayoutOrder, order_id)


def told(order_id: int, *results: ResultFacts, by: str = "cashier") -> None:
    """What the bank said."""
    with transaction(VILLAGE):
        tell_results(order_of(order_id), results, TODAY, "农商行批次 20261123", by=person(by), on=TODAY)


def paid(order_id: int | None = None) -> int:
    """An order of which every line was paid."""
    order_id = order_id or released()
    told(order_id, *(ResultFacts(serial, ResultKind.PAID) for serial in lines_by_serial(order_id)))
    return order_id


def deeds() -> list[tuple[str, int]]:
    """What stands in the books, in the order of posting."""
    rows = db.session.query(Voucher).order_by(Voucher.id)
    return [(row.deed, -row.debit_fen if row.reverses_id else row.debit_fen) for row in rows]


def balance(account: str) -> int:
    """What stands on an account, debit less credit (fen)."""
    rows = db.session.query(Posting).filter(Posting.account == account)
    return sum(row.debit_fen - row.credit_fen for row in rows)
