"""Whose entitlement ended after a plan was agreed to: those months are not paid and come back undistributed."""

from collections.abc import Sequence

from registry.ledger.distribution.plans.gathering import frozen_inputs, rolls_of
from registry.ledger.distribution.plans.models import Plan, PlanLine
from registry.ledger.distribution.plans.months import entitled_months
from registry.ledger.distribution.plans.shares import Entitlement, Share, parted, withheld_later
from registry.ledger.distribution.plans.weighing import beneficiaries
from registry.ledger.distribution.plans.writing import read_classes
from registry.permissions import Actor


def stopped_since(plan: Plan, lines: Sequence[PlanLine], by: Actor) -> dict[int, int]:
    """Return, by agreed line, how much is not paid any more (fen), because the roll of today says so."""
    assisted = [line for line in lines if line.use.entitled is Entitlement.ASSISTANCE]
    if not assisted:
        return {}
    inputs, (rolls, _) = frozen_inputs(plan), rolls_of(plan, by)
    months = dict(parted(inputs.months, inputs.instalments))
    agreed = {(use.id, one.id): one.spells for use, roll in zip(plan.uses, inputs.rolls, strict=True) for one in roll}
    today = {
        use.id: {one.id: one.spells for one in beneficiaries(rolls, read_classes(use.classes), use.entitled)}
        for use in {line.use for line in assisted}
    }
    found: dict[int, int] = {}
    for line in assisted:
        then = entitled_months(months[line.instalment], agreed[line.use_id, line.beneficiary])
        spells = today[line.use_id].get(line.beneficiary, ())
        withheld = withheld_later(_share(line), then, spells)
        if withheld:
            found[line.id] = withheld
    return found


def _share(line: PlanLine) -> Share:
    return Share(
        line.beneficiary, line.payee, line.instalment, line.weight, line.amount_fen, line.withheld_fen, line.months,
        line.of_months, bool(line.odd_fen),
    )  # fmt: skip
