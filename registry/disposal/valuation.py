"""What a case is worth, and which route that leads to: the highest value held in it, with what went before. Pure.

Domain rules, section 7.3: value basis = max(original, net, appraisal); what the same owner disposes of in the same way
within the window is summed, so that a lot is not split to stay below a threshold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registry.assets.register.registration import WHOLE_BP
from registry.disposal.kinds import Appraising, Meaning
from registry.kinds import OwnerKind
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy


@dataclass(frozen=True)
class Worth:
    """Original and net value of what is disposed of, and what a report of appraisal says (fen)."""

    original_fen: int
    net_fen: int
    appraised_fen: int | None = None

    @property
    def highest_fen(self) -> int:
        """The highest value held in it."""
        return max(self.original_fen, self.net_fen, self.appraised_fen or 0)


@dataclass(frozen=True)
class Earlier:
    """Another case of the same owner and kind: what it is worth, and when it was submitted."""

    number: str
    highest_fen: int
    submitted_on: date


def part_of_value(value_fen: int, part: int, whole: int) -> int:
    """Return the value of a part, rounded down: the rest keeps the odd fen."""
    return value_fen if part == whole else value_fen * part // whole


def part_by_quantity(value_fen: int, quantity_milli: int, of_milli: int) -> int:
    """Return the value of so much of a quantity."""
    return part_of_value(value_fen, quantity_milli, of_milli)


def part_by_share(value_fen: int, share_bp: int) -> int:
    """Return the value of a share in basis points."""
    return part_of_value(value_fen, share_bp, WHOLE_BP)


def summed(worths: Iterable[Worth], appraised_fen: int | None) -> Worth:
    """Return what several lines are worth together."""
    rows = [*worths]
    return Worth(sum(row.original_fen for row in rows), sum(row.net_fen for row in rows), appraised_fen)


def window_from(on: date, policy: Policy) -> date:
    """Return the first day of the window against splitting."""
    return add_months(on, -policy.number(Parameter.SPLIT_MONTHS))


def basis_fen(own: Worth, earlier: Sequence[Earlier]) -> int:
    """Return the value that chooses the route: of this case and of what went before it within the window."""
    return own.highest_fen + sum(one.highest_fen for one in earlier)


def needs_appraisal(meaning: Meaning, owner_kind: OwnerKind, highest_fen: int, policy: Policy) -> bool:
    """Say whether a report of appraisal is demanded: by the kind, of the state always, else from the threshold on."""
    if meaning.appraising is Appraising.NOT_NEEDED:
        return False
    if meaning.appraising is Appraising.ALWAYS or owner_kind is OwnerKind.STATE:
        return True
    return highest_fen >= policy.number(Parameter.APPRAISAL_THRESHOLD)
