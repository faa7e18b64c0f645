"""Whose entitlement ended after a plan was agreed to: those months are not paid and come back undistributed."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select

from registry.bulk import chunks
from registry.database import db
from registry.ledger.distribution.plans.computing import Inputs
from registry.ledger.distribution.plans.models import Plan, PlanLine, PlanUse
from registry.ledger.distribution.plans.months import entitled_months
from registry.ledger.distribution.plans.shares import Entitlement, Share, parted, withheld_later
from registry.ledger.distribution.plans.weighing import joined, wanted_of
from registry.ledger.distribution.plans.writing import read_classes
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, Held
from registry.ledger.distribution.rolls.rules import entitled_months as entitled_months_of


def stopped_since(plan: Plan, inputs: Inputs, lines: Sequence[PlanLine]) -> dict[int, int]:
    """Return, by agreed line, how much is not paid any more (fen), because the roll of today says so."""
    assisted = [line for line in lines if line.use.entitled is Entitlement.ASSISTANCE]
    if not assisted:
        return {}
    months = dict(parted(inputs.months, inputs.instalments))
    agreed = {(use.id, one.id): one.spells for use, roll in zip(plan.uses, inputs.rolls, strict=True) for one in roll}
    years = sorted({int(month[:4]) for month in inputs.months})
    keys = {line.beneficiary for line in assisted}
    today = {use.id: _spells(keys, _wanted(use), years) for use in {line.use for line in assisted}}
    found: dict[int, int] = {}
    for line in assisted:
        then = entitled_months(months[line.instalment], agreed[line.use_id, line.beneficiary])
        spells = today[line.use_id].get(line.beneficiary, ())
        withheld = withheld_later(_share(line), then, spells)
        if withheld:
            found[line.id] = withheld
    return found


def _wanted(use: PlanUse) -> frozenset[BeneficiaryClass]:
    return wanted_of(read_classes(use.classes), use.entitled)


def _spells(
    household_ids: Collection[int], classes: frozenset[BeneficiaryClass], years: Sequence[int]
) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return in which months of these years households are entitled, as their classes stand today."""
    held: dict[int, list[Held]] = defaultdict(list)
    for some in chunks(sorted(household_ids)):
        rows = select(BeneficiaryStatus).where(
            BeneficiaryStatus.household_id.in_(some), BeneficiaryStatus.beneficiary_class.in_(classes)
        )
        for status in db.session.scalars(rows):
            held[status.household_id].append(status.held)
    return {key: joined(_months(found, years)) for key, found in held.items()}


def _months(held: Sequence[Held], years: Sequence[int]) -> list[str]:
    return [f"{year:04d}-{month:02d}" for year in years for month in sorted(entitled_months_of(held, (), (), year))]


def _share(line: PlanLine) -> Share:
    return Share(
        line.beneficiary, line.payee, line.instalment, line.weight, line.amount_fen, line.withheld_fen, line.months,
        line.of_months, bool(line.odd_fen),
    )  # fmt: skip
