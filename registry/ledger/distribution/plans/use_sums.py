"""What plans that stand spend on each use in a year, kept by unit in the transaction in which a plan comes to stand."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import func, select

from registry.database import db
from registry.ledger.distribution.plans.models import Plan, UseSum
from registry.ledger.distribution.plans.queries import STANDING
from registry.ledger.distribution.plans.uses import UseKind
from registry.summing import Counted, add_rows


@contextmanager
def counting_uses(plans: Sequence[Plan]) -> Iterator[None]:
    """Bring the sums along while these plans come to stand, cease to, or go over to another unit."""
    before = [row for plan in plans for row in _standing(plan, -1)]
    yield
    add_rows(UseSum, [*before, *(row for plan in plans for row in _standing(plan, 1))])


def _standing(plan: Plan, sign: int) -> list[Counted]:
    """Return what a plan counts for: itself once for each of its uses, and what it spends on it (fen)."""
    if plan.status not in STANDING:
        return []
    spent: dict[str, int] = defaultdict(int)
    for use in plan.uses:
        spent[use.kind] += use.amount_fen
    return [(plan.region_code, (plan.year, kind), (sign, sign * fen)) for kind, fen in spent.items()]


def uses_by(units: Sequence[str], year: int) -> dict[UseKind, tuple[int, int]]:
    """Return by use how many plans of a year spend on it in exactly these units and below, and how much (fen)."""
    rows = (
        select(UseSum.kind, func.sum(UseSum.plans), func.sum(UseSum.amount_fen))
        .where(UseSum.region_code.in_(units), UseSum.year == year)
        .group_by(UseSum.kind)
    )
    return {UseKind(kind): (int(plans), int(fen)) for kind, plans, fen in db.session.execute(rows)}
