"""A plan as its pages show it: computed from what stands now, or from what was frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.ledger.distribution.plans.cautions import Caution, read_cautions
from registry.ledger.distribution.plans.computing import Computed, Inputs, compute
from registry.ledger.distribution.plans.freezing import thaw
from registry.ledger.distribution.plans.gathering import frozen_inputs, gather
from registry.ledger.distribution.plans.models import Plan, PlanUse
from registry.ledger.distribution.plans.naming import names_by_key
from registry.ledger.distribution.plans.queries import find_input
from registry.ledger.distribution.plans.rules import OPEN
from registry.ledger.distribution.plans.shares import Share
from registry.ledger.distribution.plans.submitting import cautions_for, names_of
from registry.ledger.distribution.plans.uses import Use
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.sealing import masked_name


@dataclass(frozen=True)
class UseShown:
    """One use with what it comes to: who gets how much is in ``shares``; amounts in fen."""

    row: PlanUse
    use: Use
    shares: Sequence[Share]

    @property
    def paid_fen(self) -> int:
        return sum(share.amount_fen for share in self.shares)

    @property
    def withheld_fen(self) -> int:
        return sum(share.withheld_fen for share in self.shares)

    @property
    def households(self) -> int:
        return len({share.beneficiary_id for share in self.shares if share.beneficiary_id})


@dataclass(frozen=True)
class Shown:
    """A plan computed: its inputs, the order of law, its uses with their lines, and what should be said of it."""

    inputs: Inputs
    computed: Computed
    uses: tuple[UseShown, ...]
    cautions: tuple[Caution, ...]
    #: The names of households, their heads' first.
    names: Mapping[int, tuple[str, ...]]

    @property
    def planned_fen(self) -> int:
        return sum(use.amount_fen for use in self.inputs.uses)

    @property
    def gap_fen(self) -> int:
        """How much is still to be planned; negative if too much is."""
        return self.computed.order.uses_fen - self.planned_fen

    def name_of(self, household_id: int) -> str:
        """Return the head of a household, as rolls show it inside the register."""
        return self.names.get(household_id, ("",))[0]


def shown_plan(plan: Plan, *, by: Actor, on: date, policy: Policy) -> Shown:
    """Return a plan computed from what stands now, or from what it was submitted with.

    Raises what gather and compute raise.
    """
    frozen = find_input(plan.id) if plan.state not in OPEN else None
    if frozen is not None:
        inputs = thaw(frozen.content)
        computed = compute(inputs)
        keys = {f"household/{share.beneficiary_id}" for lines in computed.shares for share in lines}
        names = {int(key.partition("/")[2]): (one.name,) for key, one in names_by_key(keys).items()}
        return Shown(inputs, computed, _uses(plan, inputs, computed), read_cautions(frozen.cautions), names)
    gathered = gather(plan, by)
    inputs = gathered.inputs
    computed = compute(inputs)
    cautions = cautions_for(plan, gathered, computed, on=on, policy=policy)
    return Shown(inputs, computed, _uses(plan, inputs, computed), cautions, names_of(gathered))


def _uses(plan: Plan, inputs: Inputs, computed: Computed) -> tuple[UseShown, ...]:
    return tuple(
        UseShown(row, use, shares) for row, use, shares in zip(plan.uses, inputs.uses, computed.shares, strict=True)
    )


@dataclass(frozen=True)
class PublicLine:
    """One household on the notice: masked name, group, use, amount (fen)."""

    use: str
    group: str
    name: str
    amount_fen: int


def public_lines(plan: Plan) -> list[PublicLine]:
    """Return the lines of a submitted plan as the board shows them: one per household and use, masked, by use."""
    inputs = frozen_inputs(plan)
    shares = compute(inputs).shares
    names = names_by_key({f"household/{share.beneficiary_id}" for lines in shares for share in lines})
    found: list[PublicLine] = []
    for use, lines in zip(inputs.uses, shares, strict=True):
        amounts: dict[int, int] = {}
        for share in lines:
            amounts[share.beneficiary_id] = amounts.get(share.beneficiary_id, 0) + share.amount_fen
        for key, fen in amounts.items():
            known = names.get(f"household/{key}")
            name = masked_name(known.name) if known else use.payee
            found.append(PublicLine(use.label, known.group if known else "", name, fen))
    return found
