"""Into which accounts an order pays: those that two persons stand for; a change that still waits is told."""

from collections.abc import Iterable

from sqlalchemy import select

from registry.bulk import chunks
from registry.database import db
from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder
from registry.ledger.distribution.plans.models import PlanLine
from registry.parties.households.account_queries import has_waiting, households_waiting
from registry.parties.households.models import Household
from registry.sealing import unseal

_HOUSEHOLD = "household"


def paid_household(line: PlanLine) -> int:
    """Return whose account is paid: the household's, or that of the one in its place; 0 for a person or a firm."""
    return _paid(line.beneficiary, line.payee)


def _paid(beneficiary: int, payee: str) -> int:
    table, _, number = payee.partition("/")
    if table == _HOUSEHOLD:
        return int(number)
    return 0 if table else beneficiary


def accounts_of(lines: Iterable[PlanLine]) -> dict[int, tuple[str, str]]:
    """Return bank and account of the households that these lines pay, unsealed; only for the bank's file."""
    found: dict[int, tuple[str, str]] = {}
    for some in chunks(sorted({*map(paid_household, lines)} - {0})):
        for one in db.session.scalars(select(Household).where(Household.id.in_(some))):
            sealed = one.bank_account
            plain = unseal(sealed, table="household", row=one.uid, column="bank_account") if sealed else ""
            found[one.id] = (one.bank_name, plain)
    return found


def accounts_waiting(order: PayoutOrder) -> set[int]:
    """Return the households of an order of which another account waits for its second person."""
    if not has_waiting(order.region_code):
        return set()
    rows = (
        select(PlanLine.beneficiary, PlanLine.payee)
        .join(PayoutLine, PayoutLine.plan_line_id == PlanLine.id)
        .where(PayoutLine.order_id == order.id)
    )
    return households_waiting(_paid(key, payee) for key, payee in db.session.execute(rows))
