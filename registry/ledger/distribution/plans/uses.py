"""What the money may be used for: one table of kinds, read top to bottom, and what each asks of a plan. Pure.

Chapter 11, section 3: income of village assets is preferably earned by work, the fund goes to custody and public good,
what is handed out is precise and differentiated. Nothing is counted twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from registry.approvals.requests.rules import Capacity
from registry.errors import Invalid
from registry.kinds import Category
from registry.ledger.books.entries import BookDeed
from registry.ledger.distribution.plans.pool import WHOLE_BP, Order
from registry.ledger.distribution.plans.reconciling import yield_of
from registry.ledger.distribution.plans.shares import BY_ROLL, Basis, Entitlement, Split
from registry.ledger.distribution.work.rules import pay_of
from registry.money import format_yuan, plain_yuan
from registry.text import N_, Labelled

MOST_USES = 30


class UseKind(Labelled):
    """What money is used for."""

    CUSTODY = "CUSTODY", N_("项目资产管护")
    PUBLIC_GOOD = "PUBLIC_GOOD", N_("村级公益事业")
    PUBLIC_POST = "PUBLIC_POST", N_("公益性岗位报酬")
    DAY_LABOUR = "DAY_LABOUR", N_("临时用工报酬")
    AWARD = "AWARD", N_("奖励补助")
    RELIEF = "RELIEF", N_("困难救助")
    FIXED_DIVIDEND = "FIXED_DIVIDEND", N_("固定分红")
    GUARANTEED_DIVIDEND = "GUARANTEED_DIVIDEND", N_("保底分红")
    PERFORMANCE_DIVIDEND = "PERFORMANCE_DIVIDEND", N_("效益分红")
    IN_KIND_DIVIDEND = "IN_KIND_DIVIDEND", N_("实物分红")
    PROFIT_RETURN = "PROFIT_RETURN", N_("利润返还")
    INCENTIVE = "INCENTIVE", N_("经营管理人员激励")
    CARRIED = "CARRIED", N_("结转以后分配")


@dataclass(frozen=True)
class Posts:
    """What a use is in the books: owed when an order is released, paid, come back.

    ``category`` says which cost it is where the use names no asset; ``is_members``: owed to members of the collective.
    """

    due: BookDeed
    paid: BookDeed
    returned: BookDeed
    category: Category | None = None
    is_members: bool = False


_D = BookDeed
_CUSTODY = Posts(_D.LABOUR_DUE, _D.LABOUR_PAID, _D.LABOUR_RETURNED, Category.OPERATING)
_PAY = Posts(_D.LABOUR_DUE, _D.LABOUR_PAID, _D.LABOUR_RETURNED, Category.PUBLIC_WELFARE)
_REWARD = Posts(_D.LABOUR_DUE, _D.LABOUR_PAID, _D.LABOUR_RETURNED)
_WELFARE = Posts(_D.WELFARE_DUE, _D.WELFARE_PAID, _D.WELFARE_RETURNED)
_SHARE = Posts(_D.DISTRIBUTION_DUE, _D.DISTRIBUTION_PAID, _D.DISTRIBUTION_RETURNED, is_members=True)
_GOODS = Posts(_D.DISTRIBUTION_DUE, _D.GOODS_HANDED_OUT, _D.GOODS_BROUGHT_BACK, is_members=True)


@dataclass(frozen=True)
class UseRule:
    """What a kind means.

    ``posts`` is what it is in the books. ``bases`` are the ways it may be split; ``capacity`` is the particular
    interest of whoever stands on a line of it. ``is_work``: work records precede pay. ``has_terms``: a contract says
    how much. ``is_planned_cost``: the money is spent later, and must not have been posted before.
    """

    bases: frozenset[Basis]
    posts: Posts | None
    capacity: Capacity | None = None
    is_work: bool = False
    has_terms: bool = False
    is_planned_cost: bool = False
    is_cash: bool = True
    entitlements: frozenset[Entitlement] = frozenset({Entitlement.NONE})


_K, _B, _C = UseKind, Basis, Capacity
_LUMP, _NAMED = frozenset({_B.LUMP}), frozenset({_B.NAMED})
_SHARED = BY_ROLL | _NAMED
_ANY = frozenset(Entitlement)
USES: dict[UseKind, UseRule] = {
    _K.CUSTODY: UseRule(_LUMP, _CUSTODY, is_planned_cost=True),
    _K.PUBLIC_GOOD: UseRule(_LUMP, _WELFARE, is_planned_cost=True),
    _K.PUBLIC_POST: UseRule(frozenset({_B.WORK}), _PAY, _C.POST, is_work=True),
    _K.DAY_LABOUR: UseRule(frozenset({_B.WORK}), _PAY, _C.WORK, is_work=True),
    _K.AWARD: UseRule(_NAMED, _WELFARE, _C.AWARD),
    _K.RELIEF: UseRule(_NAMED | {_B.FACTORS}, _WELFARE, _C.RELIEF),
    _K.FIXED_DIVIDEND: UseRule(_SHARED, _SHARE, has_terms=True, entitlements=_ANY),
    _K.GUARANTEED_DIVIDEND: UseRule(_SHARED, _SHARE, has_terms=True, entitlements=_ANY),
    _K.PERFORMANCE_DIVIDEND: UseRule(_SHARED, _SHARE, entitlements=_ANY),
    _K.IN_KIND_DIVIDEND: UseRule(_SHARED, _GOODS, is_cash=False, entitlements=_ANY),
    _K.PROFIT_RETURN: UseRule(_NAMED | {_B.PER_SHARE, _B.FACTORS}, _SHARE, entitlements=_ANY),
    _K.INCENTIVE: UseRule(_NAMED, _REWARD, _C.AWARD),
    _K.CARRIED: UseRule(_LUMP, None),
}
WORK = frozenset(kind for kind, rule in USES.items() if rule.is_work)


class UsesMissing(Invalid):
    """A plan says what the money is for."""

    message = N_("请至少列一项用途，最多 %(most)s 项。")


class AmountNotPositive(Invalid):
    """A use has an amount."""

    message = N_("“%(use)s”的金额要大于 0。")


class BasisDoesNotFit(Invalid):
    """A kind of use is split in its own ways only."""

    message = N_("“%(use)s”不能%(basis)s，可以：%(bases)s。")


class EntitlementDoesNotFit(Invalid):
    """Only dividends follow months or holders."""

    message = N_("“%(use)s”不能按“%(entitlement)s”办理。")


class UsesNotWhole(Invalid):
    """The uses are the whole of what the order of law leaves, to the fen."""

    message = N_("各项用途合计 %(sum)s 元，可安排 %(uses)s 元，%(word)s %(gap)s 元。不安排的请列“结转以后分配”。")


class CountedTwice(Invalid):
    """A cost that stands in the books already was taken off the pool and cannot be planned again."""

    message = N_("“%(use)s”对应的支出已经入账并已从收益中扣除，不能再列为用途。")


class WorkUnverified(Invalid):
    """Verified work precedes pay."""

    message = N_("“%(use)s”里 %(name)s 的用工记录还没有核实，先核实再列入发放。")


class WorkPaidTwice(Invalid):
    """Work is paid once."""

    message = N_("“%(use)s”里 %(name)s 的用工记录已经列入别的方案。")


class IncentiveAboveCap(Invalid):
    """What managers get is capped by policy."""

    message = N_("经营管理人员激励合计 %(sum)s 元，超过可安排金额的 %(percent)s%%，上限 %(most)s 元。")


class GoodsUnsaid(Invalid):
    """A dividend in kind says what is handed out."""

    message = N_("“%(use)s”请写明发什么实物、怎么折价。")


@dataclass(frozen=True)
class Terms:
    """What a contract promises: a principal (fen) at a yearly rate for so many months."""

    principal_fen: int
    rate_bp: int
    months: int

    @property
    def promised_fen(self) -> int:
        """What is promised, in whole fen; a part of a fen is rounded up, as a promise is kept in full."""
        return -int(-yield_of(self.principal_fen, self.rate_bp, self.months) // 1)


@dataclass(frozen=True)
class Work:
    """Verified work as a plan pays it: whose, how many half days, at which daily rate (fen)."""

    record_id: int
    beneficiary_id: int
    name: str
    half_days: int
    rate_fen: int
    is_verified: bool
    other_plan: bool = False

    @property
    def amount_fen(self) -> int:
        return pay_of(self.half_days, self.rate_fen)


@dataclass(frozen=True)
class Use:
    """One use of a plan, in fen.

    ``cost`` names the row a planned cost is meant for, if there is one; ``fixed`` are amounts by beneficiary.
    """

    kind: UseKind
    label: str
    amount_fen: int
    basis: Basis
    entitlement: Entitlement = Entitlement.NONE
    fixed: Mapping[int, int] = field(default_factory=dict)
    factor_weights: Mapping[str, int] = field(default_factory=dict)
    work: tuple[Work, ...] = ()
    terms: Terms | None = None
    contract_id: int | None = None
    asset_id: int | None = None
    goods: str = ""
    payee: str = ""
    cost: tuple[str, str] | None = None

    @property
    def rule(self) -> UseRule:
        return USES[self.kind]

    @property
    def split(self) -> Split:
        """The use as the arithmetic of shares sees it."""
        fixed = paid_for_work(self.work) if self.rule.is_work else self.fixed
        return Split(self.label, self.amount_fen, self.basis, self.entitlement, fixed, self.factor_weights)


def paid_for_work(work: Iterable[Work]) -> dict[int, int]:
    """Return what each person earned by all their work together."""
    found: dict[int, int] = {}
    for one in work:
        found[one.beneficiary_id] = found.get(one.beneficiary_id, 0) + one.amount_fen
    return found


def check_uses(uses: Sequence[Use], order: Order, *, posted: frozenset[tuple[str, str]], incentive_bp: int) -> None:
    """Raise unless the uses fit their kinds and are, together and to the fen, what the order of law leaves.

    ``posted`` are the rows whose cost stands in the books already; ``incentive_bp`` caps what managers get.
    """
    if not 0 < len(uses) <= MOST_USES:
        raise UsesMissing(field="uses", most=MOST_USES)
    for use in uses:
        _check_use(use, posted)
    _check_whole(sum(use.amount_fen for use in uses), order.uses_fen)
    _check_incentive(uses, order, incentive_bp)


def _check_use(use: Use, posted: frozenset[tuple[str, str]]) -> None:
    if use.amount_fen <= 0:
        raise AmountNotPositive(field="amount", use=use.label)
    if use.basis not in use.rule.bases:
        bases = "、".join(basis.label for basis in Basis if basis in use.rule.bases)
        raise BasisDoesNotFit(field="basis", use=use.label, basis=use.basis.label, bases=bases)
    if use.entitlement not in use.rule.entitlements:
        raise EntitlementDoesNotFit(field="entitlement", use=use.label, entitlement=use.entitlement.label)
    if not use.rule.is_cash and not use.goods.strip():
        raise GoodsUnsaid(field="goods", use=use.label)
    if use.cost in posted:
        raise CountedTwice(field="cost", use=use.label)
    for work in use.work:
        _check_work(use, work)


def _check_work(use: Use, work: Work) -> None:
    if not work.is_verified:
        raise WorkUnverified(field="work", use=use.label, name=work.name)
    if work.other_plan:
        raise WorkPaidTwice(field="work", use=use.label, name=work.name)


def _check_whole(total: int, uses_fen: int) -> None:
    if total != uses_fen:
        word = N_("多") if total > uses_fen else N_("少")
        gap = format_yuan(abs(total - uses_fen))
        raise UsesNotWhole(field="uses", sum=format_yuan(total), uses=format_yuan(uses_fen), word=word, gap=gap)


def _check_incentive(uses: Sequence[Use], order: Order, incentive_bp: int) -> None:
    total = sum(use.amount_fen for use in uses if use.kind is UseKind.INCENTIVE)
    most = order.uses_fen * incentive_bp // WHOLE_BP
    if total > most:
        percent = plain_yuan(incentive_bp).rstrip("0").rstrip(".")
        raise IncentiveAboveCap(field="uses", sum=format_yuan(total), percent=percent, most=format_yuan(most))
