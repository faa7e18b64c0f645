"""How money meets dues, how what is due is split between assets and owners, how late it is. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.errors import Conflict, Invalid
from registry.ledger.operation.kinds import DueStatus
from registry.money import allocate
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_, Labelled


class MoreThanOwed(Invalid):
    """A due takes no more than is open of it."""

    message = N_("这笔应收只差 %(open)s 元，多收的作预收，不能记在这一笔上。")


class MoreThanSettled(Invalid):
    """Only what was received can be taken back."""

    message = N_("这笔应收只收到 %(settled)s 元，不能冲回更多。")


class NotOutstanding(Conflict):
    """Money is taken for dues that are known and open."""

    message = N_("这笔应收现在是“%(status)s”，不能记收款。")


class NotUnstated(Conflict):
    """A result is stated once for a period."""

    message = N_("这一期的金额已经核定过了。")


class ArrearsClass(Labelled):
    """How late a due is (domain rules, section 5.3)."""

    NOT_YET = "NOT_YET", N_("未到期")
    REMIND = "REMIND", N_("提醒")
    DEMAND = "DEMAND", N_("书面催收")
    SUPERVISED = "SUPERVISED", N_("乡镇督办")


class DueState(Labelled):
    """Which of the dues of some months a list shows; what nobody has stated and what fell is in none."""

    ALL = "ALL", N_("全部应收")
    OPEN = "OPEN", N_("未收清")
    SETTLED = "SETTLED", N_("有收款")


@dataclass(frozen=True)
class OpenDue:
    """What is open of a due."""

    id: int
    due_on: date
    open_fen: int


@dataclass(frozen=True)
class HeldAsset:
    """An asset under a contract: how much it weighs, and who holds how much of it (party: basis points)."""

    asset_id: int
    weight: int
    holders: Mapping[int, int]


@dataclass(frozen=True)
class Slice:
    """What of an amount belongs to one owner for one asset."""

    asset_id: int | None
    party_id: int
    amount_fen: int


def in_turn(dues: Sequence[OpenDue], named_id: int | None = None) -> list[OpenDue]:
    """Return dues in the order in which money meets them (民法典 art. 560): what the payer named, then the oldest."""
    return sorted(dues, key=lambda one: (one.id != named_id, one.due_on, one.id))


def settle(amount_fen: int, dues: Sequence[OpenDue], named_id: int | None = None) -> list[tuple[int, int]]:
    """Lay a payment on dues in their turn; what is left over is a prepayment and not in the list."""
    left, laid = amount_fen, []
    for due in in_turn(dues, named_id):
        part = min(left, due.open_fen)
        if part > 0:
            laid.append((due.id, part))
            left -= part
    return laid


def split(amount_fen: int, shares: Mapping[int, int], assets: Sequence[HeldAsset]) -> list[Slice]:
    """Split an amount between owners by their agreed shares, then each owner's part over the assets they hold.

    An owner without an asset of their own here takes part in all of them; without assets the owner's part stays whole.
    """
    slices = []
    parties = sorted(shares)
    for party_id, part in zip(parties, allocate(amount_fen, [shares[one] for one in parties]), strict=True):
        slices.extend(_over_assets(party_id, part, assets))
    return slices


def _over_assets(party_id: int, part: int, assets: Sequence[HeldAsset]) -> list[Slice]:
    own = [(one.asset_id, one.weight * one.holders.get(party_id, 0)) for one in assets]
    held = [pair for pair in own if pair[1]] or [(one.asset_id, one.weight) for one in assets if one.weight]
    if not held:
        return [Slice(None, party_id, part)]
    parts = allocate(part, [weight for _asset, weight in held])
    return [Slice(asset_id, party_id, fen) for (asset_id, _weight), fen in zip(held, parts, strict=True)]


def part_payment(amount_fen: int, open_fen: Sequence[int]) -> list[int]:
    """Lay part of a due on its slices by what is open of each: none gets more than is open, the last payment fits."""
    return allocate(amount_fen, open_fen) if sum(open_fen) else [0] * len(open_fen)


def status_of(amount_fen: int | None, settled_fen: int, written_off_fen: int) -> DueStatus:
    """Return how far a due has been met."""
    if amount_fen is None:
        return DueStatus.UNSTATED
    if settled_fen >= amount_fen:
        return DueStatus.SETTLED
    if settled_fen + written_off_fen >= amount_fen:
        return DueStatus.WRITTEN_OFF
    return DueStatus.PART if settled_fen else DueStatus.OPEN


def arrears_class(due_on: date, on: date, policy: Policy) -> ArrearsClass:
    """Return in which class of lateness an open due falls on a day."""
    days = (on - due_on).days
    if days <= 0:
        return ArrearsClass.NOT_YET
    if days <= policy.number(Parameter.ARREARS_REMIND_DAYS):
        return ArrearsClass.REMIND
    supervised = days > policy.number(Parameter.ARREARS_DEMAND_DAYS)
    return ArrearsClass.SUPERVISED if supervised else ArrearsClass.DEMAND
