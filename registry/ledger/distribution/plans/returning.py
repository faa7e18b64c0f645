"""Money that is not handed out after all comes back to the income rows it was taken from."""

from registry.database import db
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.pool import Taken, given_back
from registry.ledger.distribution.plans.queries import list_income


def give_back(plan: Plan, amount_fen: int) -> None:
    """Let so much of what a plan took be undistributed again; the caller records."""
    rows = {row.income_row_id: row for row in list_income(plan.id)}
    left = tuple(Taken(key, row.taken_fen - row.returned_fen) for key, row in sorted(rows.items()))
    for key, fen in given_back(left, amount_fen).items():
        rows[key].returned_fen += fen
    plan.handed_fen -= amount_fen
    db.session.flush()
