"""Who gets how much, exact to the fen: fixed amounts first, then the largest remainder, ties by beneficiary. Pure.

The order in which beneficiaries are told never matters; the same inputs give the same lines years later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from registry.errors import Invalid
from registry.ledger.distribution.plans.months import entitled_months
from registry.money import allocate, format_yuan
from registry.text import N_, Labelled


class Basis(Labelled):
    """By what an amount is split."""

    LUMP = "LUMP", N_("整笔列支")
    NAMED = "NAMED", N_("按列明的金额")
    WORK = "WORK", N_("按用工记录")
    PER_SHARE = "PER_SHARE", N_("按份额")
    PER_HEAD = "PER_HEAD", N_("按人头")
    PER_HOUSEHOLD = "PER_HOUSEHOLD", N_("按户平均")
    FACTORS = "FACTORS", N_("按需求因素（因素法）")


class Entitlement(Labelled):
    """What becomes of a line when the household is no longer entitled."""

    ASSISTANCE = "ASSISTANCE", N_("帮扶对象：停发月份收回")
    MEMBER = "MEMBER", N_("成员份额：随持有人或继承人")
    NONE = "NONE", N_("一次性，不分月份")


#: Bases that need a roll to be split by.
BY_ROLL = frozenset({Basis.PER_SHARE, Basis.PER_HEAD, Basis.PER_HOUSEHOLD, Basis.FACTORS})


def is_assistance_only(basis: Basis, entitlement: Entitlement) -> bool:
    """Say whether a split by shares leaves members' own shares out although nobody spoke of assistance."""
    return basis is Basis.PER_SHARE and entitlement is Entitlement.NONE


class NobodyToShare(Invalid):
    """An amount is split among somebody."""

    message = N_("“%(use)s”没有可分的对象：名册里没有人有%(basis)s的权重。")


class FixedAboveAmount(Invalid):
    """Fixed amounts come first, and cannot be more than there is."""

    message = N_("“%(use)s”固定金额合计 %(fixed)s 元，超过这一项的 %(amount)s 元。")


class NotWhole(Invalid):
    """Named amounts add up to the amount of their use."""

    message = N_("“%(use)s”各行合计 %(sum)s 元，与这一项的 %(amount)s 元差 %(gap)s 元。")


class SameTwice(Invalid):
    """Nobody stands twice under one use."""

    message = N_("“%(use)s”里编号 %(beneficiary)s 的对象列了两次。")


class InstalmentsOdd(Invalid):
    """Instalments part the months of the plan in order, to the last one."""

    message = N_("分期要按月份先后排列，最后一期到收益期间的最后一个月。")


@dataclass(frozen=True)
class Beneficiary:
    """A household as the frozen roll shows it.

    ``spells`` are the first and last months of entitlement, the last empty while it goes on. ``payee`` names who is
    paid in its place, holder or heir, by table and number ("household/12", "person/7"); empty: itself.
    """

    id: int
    shares: int = 0
    heads: int = 0
    factors: tuple[tuple[str, int], ...] = ()
    spells: tuple[tuple[str, str], ...] = ()
    payee: str = ""


@dataclass(frozen=True)
class Split:
    """How one use is split: the amount (fen), by what, fixed and named amounts by beneficiary, weights of factors."""

    use: str
    amount_fen: int
    basis: Basis
    entitlement: Entitlement = Entitlement.NONE
    fixed: Mapping[int, int] = field(default_factory=dict)
    factor_weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Instalment:
    """One payment of several: up to which month of the plan it reaches."""

    number: int
    last_month: str


@dataclass(frozen=True)
class Share:
    """One beneficiary's part of a use in one instalment, in fen.

    ``amount_fen`` is paid to ``payee``, ``withheld_fen`` is for months without entitlement and is not handed out.
    ``odd_fen``: whether the largest remainder gave this one a fen more.
    """

    beneficiary_id: int
    payee: str
    instalment: int
    weight: int
    amount_fen: int
    withheld_fen: int
    months: int
    of_months: int
    odd_fen: bool


def weight_of(one: Beneficiary, split: Split) -> int:
    """Return a beneficiary's weight under a split."""
    if split.basis is Basis.FACTORS:
        return sum(split.factor_weights.get(name, 0) * count for name, count in one.factors)
    weights = {Basis.PER_SHARE: one.shares, Basis.PER_HEAD: one.heads, Basis.PER_HOUSEHOLD: 1}
    return weights.get(split.basis, 0)


def gross_amounts(split: Split, roll: Iterable[Beneficiary]) -> dict[int, tuple[int, int, bool]]:
    """Return what each beneficiary gets of a use before months count: amount (fen), weight, whether an odd fen.

    Raises SameTwice, FixedAboveAmount, NotWhole, NobodyToShare.
    """
    ordered = sorted(roll, key=lambda one: one.id)
    _check_once(split, [one.id for one in ordered])
    fixed = {key: split.fixed[key] for key in sorted(split.fixed) if split.fixed[key]}
    rest = split.amount_fen - sum(fixed.values())
    if rest < 0:
        params = {"use": split.use, "fixed": format_yuan(sum(fixed.values())), "amount": format_yuan(split.amount_fen)}
        raise FixedAboveAmount(field="amount", **params)
    found = {key: (amount, 0, False) for key, amount in fixed.items()}
    if split.basis not in BY_ROLL:
        _check_whole(split, rest)
        return found
    weighed = [(one.id, weight) for one in ordered if one.id not in fixed and (weight := weight_of(one, split)) > 0]
    return {**found, **_by_weight(split, rest, weighed)}


def _check_once(split: Split, ids: Sequence[int]) -> None:
    for earlier, later in pairwise(ids):
        if earlier == later:
            raise SameTwice(field="rows", use=split.use, beneficiary=later)


def _check_whole(split: Split, rest: int) -> None:
    if rest:
        total, amount = format_yuan(split.amount_fen - rest), format_yuan(split.amount_fen)
        raise NotWhole(field="amount", use=split.use, sum=total, amount=amount, gap=format_yuan(rest))


def _by_weight(split: Split, rest: int, weighed: list[tuple[int, int]]) -> dict[int, tuple[int, int, bool]]:
    if not rest:
        return {}
    if not weighed:
        raise NobodyToShare(field="basis", use=split.use, basis=split.basis.label)
    weights = [weight for _, weight in weighed]
    whole, parts = sum(weights), allocate(rest, weights)
    return {
        key: (part, weight, part > rest * weight // whole) for (key, weight), part in zip(weighed, parts, strict=True)
    }


def check_instalments(instalments: Sequence[Instalment], months: Sequence[str]) -> None:
    """Raise unless instalments part the months of the plan in order, numbered from 1."""
    ends = [one.last_month for one in instalments]
    in_order = ends == sorted(set(ends)) and set(ends) <= set(months) and ends[-1:] == [months[-1]]
    if not in_order or [one.number for one in instalments] != list(range(1, len(ends) + 1)):
        raise InstalmentsOdd(field="instalments")


def share_out(
    split: Split, roll: Sequence[Beneficiary], months: Sequence[str], instalments: Sequence[Instalment]
) -> list[Share]:
    """Return every beneficiary's shares of a use, by beneficiary and instalment.

    The shares paid and withheld add up to the amount of the use. Months after entitlement ended are withheld; months
    already earned are paid to the household or its heir. Raises what gross_amounts and check_instalments raise.
    """
    check_instalments(instalments, months)
    known = {one.id: one for one in roll}
    stretches = parted(months, instalments)
    found: list[Share] = []
    for key, (gross, weight, odd) in sorted(gross_amounts(split, roll).items()):
        one = known.get(key, Beneficiary(key))
        found += _shares_of(one, split.entitlement, (gross, weight, odd), stretches)
    return found


def parted(months: Sequence[str], instalments: Sequence[Instalment]) -> list[tuple[int, tuple[str, ...]]]:
    """Return the months that each instalment pays for."""
    ends = [months.index(one.last_month) + 1 for one in instalments]
    starts = [0, *ends[:-1]]
    return [(one.number, tuple(months[start:end])) for one, start, end in zip(instalments, starts, ends, strict=True)]


def _shares_of(
    one: Beneficiary,
    entitlement: Entitlement,
    gross: tuple[int, int, bool],
    stretches: Sequence[tuple[int, tuple[str, ...]]],
) -> list[Share]:
    amount, weight, odd = gross
    parts = month_parts(amount, sum(len(months) for _, months in stretches))
    offsets = [0, *accumulate(len(months) for _, months in stretches)]
    shares = []
    for (number, months), start in zip(stretches, offsets, strict=False):
        part = sum(parts[start : start + len(months)])
        kept = _kept(one, entitlement, months)
        paid = part if len(kept) == len(months) else sum(parts[start + months.index(month)] for month in kept)
        shares.append(
            Share(one.id, one.payee, number, weight, paid, part - paid, len(kept), len(months), odd and not start)
        )
    return shares


def _kept(one: Beneficiary, entitlement: Entitlement, months: tuple[str, ...]) -> tuple[str, ...]:
    if entitlement is not Entitlement.ASSISTANCE:
        return months
    return entitled_months(months, one.spells)


def month_parts(amount_fen: int, months: int) -> list[int]:
    """Split an amount over the months of a plan, so that any run of months is less than a fen from its exact part."""
    reached = [amount_fen * number // months for number in range(months + 1)]
    return [after - before for before, after in pairwise(reached)]


def withheld_later(share: Share, months: Sequence[str], spells: Sequence[tuple[str, str]]) -> int:
    """Return how much of a share that was agreed to is withheld because entitlement ended since.

    ``months`` are those the share's instalment pays for and that were agreed to, in order.
    """
    parts = month_parts(share.amount_fen, len(months)) if months else []
    kept = set(entitled_months(months, spells))
    return sum(part for month, part in zip(months, parts, strict=True) if month not in kept)
