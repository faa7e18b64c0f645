"""Parts that add up: one asset split into several, several merged into one, to the last fen. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from registry.assets.register.registration import Registration
from registry.errors import Invalid
from registry.money import allocate, format_yuan
from registry.text import N_, Labelled

MAX_NAME = 100


class LineageKind(Labelled):
    """How one asset came of another."""

    SPLIT = "SPLIT", N_("分拆")
    MERGER = "MERGER", N_("合并")
    ALLOCATION = "ALLOCATION", N_("无偿调拨")
    SWAP = "SWAP", N_("置换")
    CONTRIBUTION = "CONTRIBUTION", N_("作价入股")


class TooFewParts(Invalid):
    """A split has at least two parts, a merger at least two parents."""

    message = N_("分拆至少分成两项，合并至少合两项。")


class PartsNotWhole(Invalid):
    """The values of the parts do not add up to the value of the whole."""

    message = N_("各部分原值合计 %(sum)s 元，与原来的 %(value)s 元不相等。")


class QuantitiesNotWhole(Invalid):
    """The quantities of the parts do not add up to the quantity of the whole."""

    message = N_("各部分数量加起来与原来的数量不相等。")


class PartIncomplete(Invalid):
    """Each part has a name and a value."""

    message = N_("每一部分都要写名称，原值要大于 0。")


class NotAlike(Invalid):
    """Assets that differ in kind or in depreciation do not become one."""

    message = N_("“%(name)s”与其他几项的%(what)s不同，合并后原值、净值会对不上，不能合并。")


@dataclass(frozen=True)
class Part:
    """One asset that comes of a split."""

    name: str
    value_fen: int
    quantity_milli: int | None


def check_parts(value_fen: int, quantity_milli: int | None, parts: Sequence[Part]) -> None:
    """Raise unless the parts are named, have a value, and add up to the whole."""
    if len(parts) <= 1:
        raise TooFewParts(field="parts")
    if any(not 0 < len(part.name.strip()) <= MAX_NAME or part.value_fen <= 0 for part in parts):
        raise PartIncomplete(field="parts")
    total = sum(part.value_fen for part in parts)
    if total != value_fen:
        raise PartsNotWhole(field="parts", sum=format_yuan(total), value=format_yuan(value_fen))
    quantities = [part.quantity_milli for part in parts]
    if quantity_milli is None:
        whole = all(one is None for one in quantities)
    else:
        whole = all(one is not None for one in quantities) and sum(one or 0 for one in quantities) == quantity_milli
    if not whole:
        raise QuantitiesNotWhole(field="parts")


def apportioned(amounts: Sequence[int], weights: Sequence[int]) -> list[list[int]]:
    """Split every amount by weight so that each row adds up to its amount and each column to its share of the whole.

    The sums so far are split, and each row is what they grew by: so no rounding is ever carried to the end.
    """
    sums = [[0] * len(weights), *(allocate(total, weights) for total in accumulate(amounts))]
    return [[after - before for before, after in zip(*pair, strict=True)] for pair in pairwise(sums)]


#: What assets that become one have in common, in the words of the card.
_ALIKE: tuple[tuple[str, str], ...] = (
    ("region_code", N_("登记单位")),
    ("category", N_("类别")),
    ("subtype", N_("子类")),
    ("unit", N_("计量单位")),
    ("title_status", N_("确权情况")),
    ("depreciation", N_("折旧方法")),
    ("service_months", N_("使用年限")),
    ("salvage_bp", N_("残值率")),
)


def check_alike(facts: Sequence[Registration]) -> None:
    """Raise unless assets can become one: same kind, same owners, the same line of depreciation."""
    if len(facts) <= 1:
        raise TooFewParts(field="lines")
    first = facts[0]
    for other in facts[1:]:
        for name, label in _ALIKE:
            if getattr(other, name) != getattr(first, name):
                raise NotAlike(field="lines", name=other.name, what=label)
        if _month(other) != _month(first):
            raise NotAlike(field="lines", name=other.name, what=N_("折旧起算月"))
        if _held(other) != _held(first):
            raise NotAlike(field="lines", name=other.name, what=N_("所有权人和份额"))
        if (other.quantity_milli is None) != (first.quantity_milli is None):
            raise NotAlike(field="lines", name=other.name, what=N_("数量"))


def _month(facts: Registration) -> tuple[int, int]:
    start = facts.in_use_on or facts.accepted_on or facts.acquired.day
    return start.year, start.month


def _held(facts: Registration) -> set[tuple[str, str, int]]:
    return {(owner.kind.value, owner.name, owner.share_bp) for owner in facts.owners}
