"""A plan computed from its frozen inputs: the same inputs give the same lines years later. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from registry.ledger.distribution.plans.months import months_of
from registry.ledger.distribution.plans.pool import OfficialYear, Order, Pool, given_back, order_of_law
from registry.ledger.distribution.plans.shares import Basis, Beneficiary, Instalment, Share, share_out
from registry.ledger.distribution.plans.uses import Use, UseKind

#: The rule by which lines are computed; a later rule gets another name, and old plans are computed by theirs.
RULE = "fixed-first,largest-remainder,ties-by-id,months-even/1"


@dataclass(frozen=True)
class Inputs:
    """Everything a plan is computed from: period, instalments, pool, official figures, charter, uses and rolls.

    ``rolls`` are what each use is split among, beside ``uses``; ``distributed_fen`` is what other plans of the year
    handed out.
    """

    period_from: str
    period_to: str
    instalments: tuple[Instalment, ...]
    pool: Pool
    official: OfficialYear
    charter_bp: int
    uses: tuple[Use, ...]
    rolls: tuple[tuple[Beneficiary, ...], ...]
    distributed_fen: int = 0

    @property
    def months(self) -> tuple[str, ...]:
        return months_of(self.period_from, self.period_to)

    @property
    def order(self) -> Order:
        return order_of_law(self.pool, self.official, self.charter_bp, distributed_fen=self.distributed_fen)


@dataclass(frozen=True)
class Computed:
    """What follows from the inputs; amounts in fen. ``shares`` stand beside the uses.

    ``returned`` is what each income row gets back, because it is carried over or withheld.
    """

    order: Order
    shares: tuple[tuple[Share, ...], ...]
    returned: Mapping[int, int]

    @property
    def handed_fen(self) -> int:
        """What is paid out or set apart under the plan."""
        return sum(share.amount_fen for lines in self.shares for share in lines)

    @property
    def withheld_fen(self) -> int:
        """What is not handed out because entitlement ended; it stays undistributed."""
        return sum(share.withheld_fen for lines in self.shares for share in lines)


def compute(inputs: Inputs) -> Computed:
    """Compute a plan's lines; raises what share_out raises."""
    shares = tuple(lines_of(use, roll, inputs) for use, roll in zip(inputs.uses, inputs.rolls, strict=True))
    left = sum(use.amount_fen for use in inputs.uses if use.kind is UseKind.CARRIED)
    left += sum(share.withheld_fen for lines in shares for share in lines)
    return Computed(inputs.order, shares, given_back(inputs.pool.income, left))


def lines_of(use: Use, roll: Sequence[Beneficiary], inputs: Inputs) -> tuple[Share, ...]:
    """Return the lines of one use: one of an amount spent as a whole, one for each beneficiary and instalment."""
    months = inputs.months
    if use.basis is Basis.LUMP:
        if use.kind is UseKind.CARRIED:
            return ()
        whole = Share(0, "", 1, 0, use.amount_fen, 0, len(months), len(months), odd_fen=False)
        return (whole,)
    instalments = inputs.instalments
    if use.rule.is_work:
        # Work is done before it is paid: it is paid at once.
        instalments = (replace(instalments[-1], number=1),)
    return tuple(share for share in share_out(use.split, roll, months, instalments) if is_line(share))


def is_line(share: Share) -> bool:
    """Say whether a share says anything: a beneficiary too small for a fen gets no line."""
    return bool(share.amount_fen or share.withheld_fen)
