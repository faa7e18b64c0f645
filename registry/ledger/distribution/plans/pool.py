"""What there is to hand out: income earned and received and not yet handed out, then the order of law. Pure.

农村集体经济组织法 art. 42: out of the year's income losses are made good and the reserve-and-welfare fund is extracted
as the charter says; what is left is handed out. A plan cannot exceed what was received.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.errors import Invalid
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, IncomeKind
from registry.money import allocate, format_yuan
from registry.text import N_, Labelled

WHOLE_BP = 10_000


class ScopeKind(Labelled):
    """Of what the income is handed out."""

    VILLAGE = "VILLAGE", N_("全村（本单位）收益")
    ASSET = "ASSET", N_("一项资产的收益")
    CONTRACT = "CONTRACT", N_("一份合同的收益")


class TakenTwice(Invalid):
    """An income row gives no more than is left of it."""

    message = N_("收益记录 %(row)s 只剩 %(left)s 元可以分配，不能再列 %(wanted)s 元。")


class NeverDistributable(Invalid):
    """Deposits, prepaid rent, principal, compensation, insurance and proceeds are not income."""

    message = N_("“%(kind)s”不是可分配的收益，不能列入分配。")


class NothingReceived(Invalid):
    """Nothing has been earned and received that was not handed out already."""

    message = N_("这个范围和期间没有已到账、尚未分配的收益，不能做分配方案。")


class CostsAboveIncome(Invalid):
    """Posted costs have eaten the income."""

    message = N_("已入账成本费用 %(costs)s 元超过到账收益 %(income)s 元，没有可分配的收益。")


class CharterPercentOdd(Invalid):
    """The charter extracts between nothing and everything."""

    message = N_("提取比例要在 0% 到 100% 之间。")


class NegativeLoss(Invalid):
    """Loss and surplus of earlier years are written as positive amounts."""

    message = N_("以前年度亏损、未分配收益请填正数，没有填 0。")


class OfficialPaperMissing(Invalid):
    """Figures of the official books come with the paper they stand in."""

    message = N_("请写明正式账的依据，如年度收益及收益分配表。")


@dataclass(frozen=True)
class PoolRow:
    """One owner's row of income as the pool sees it, in fen.

    ``amount_fen`` is both earned and received by the end of the period, less what was reversed; ``taken_fen`` was
    handed out by other plans and did not come back; ``seen_fen`` has been through the order of law already, handed out
    or not: the fund is not extracted of it again.
    """

    id: int
    kind: IncomeKind
    amount_fen: int
    taken_fen: int = 0
    seen_fen: int = 0
    asset_id: int | None = None
    contract_id: int | None = None

    @property
    def free_fen(self) -> int:
        """What may still be handed out."""
        return max(self.amount_fen - self.taken_fen, 0) if self.kind in DISTRIBUTABLE else 0

    @property
    def fresh_fen(self) -> int:
        """What of it has not been through the order of law."""
        return min(max(self.amount_fen - self.seen_fen, 0), self.free_fen)

    @property
    def overdrawn_fen(self) -> int:
        """What was handed out of it before it was reversed; other income makes it good."""
        return max(self.taken_fen - self.amount_fen, 0)


@dataclass(frozen=True)
class Cost:
    """A posted cost of the scope and period, by the row it was posted for."""

    table: str
    id: str
    amount_fen: int


@dataclass(frozen=True)
class OfficialYear:
    """What the collective's official books say of the year, and the paper (fen; a loss of the year is negative).

    ``prior_surplus_fen`` is what earlier years left undistributed (以前年度未分配收益).
    """

    prior_loss_fen: int = 0
    result_fen: int = 0
    fund_fen: int = 0
    paper: str = ""
    prior_surplus_fen: int = 0


@dataclass(frozen=True)
class Taken:
    """How much of an income row a plan takes; negative where it makes good what was handed out and then reversed.

    ``fresh_fen`` of it goes through the order of law for the first time.
    """

    row_id: int
    amount_fen: int
    fresh_fen: int = 0


@dataclass(frozen=True)
class Pool:
    """What a plan starts from, in fen: income taken, posted costs, and the rest."""

    income: tuple[Taken, ...]
    costs: tuple[Cost, ...] = ()

    @property
    def costs_fen(self) -> int:
        return sum(one.amount_fen for one in self.costs)

    @property
    def income_fen(self) -> int:
        return sum(one.amount_fen for one in self.income)

    @property
    def net_fen(self) -> int:
        return self.income_fen - self.costs_fen

    @property
    def seen_fen(self) -> int:
        """What of it another plan left over after the fund had been extracted."""
        return sum(one.amount_fen - one.fresh_fen for one in self.income if one.amount_fen > 0)


@dataclass(frozen=True)
class Order:
    """The order of law over a pool, in fen: losses, the fund, what is left for uses."""

    loss_fen: int
    fund_fen: int
    uses_fen: int


def draw_pool(rows: Iterable[PoolRow], costs: Iterable[Cost]) -> Pool:
    """Take all that is free of these rows, less posted costs and what was handed out of income reversed since.

    Raises NothingReceived, CostsAboveIncome.
    """
    ordered = sorted(rows, key=lambda row: row.id)
    income = tuple(Taken(row.id, fen, row.fresh_fen) for row in ordered if (fen := row.free_fen - row.overdrawn_fen))
    charged = tuple(sorted((cost for cost in costs if cost.amount_fen), key=lambda cost: (cost.table, cost.id)))
    pool = Pool(income, charged)
    if not any(one.amount_fen > 0 for one in income):
        raise NothingReceived(field="rows")
    if pool.net_fen <= 0:
        params = {"costs": format_yuan(pool.costs_fen), "income": format_yuan(pool.income_fen)}
        raise CostsAboveIncome(field="rows", **params)
    return pool


def check_taken(rows: Iterable[PoolRow], taken: Iterable[Taken]) -> None:
    """Raise unless every row still gives what a plan takes of it: it cannot exceed what was received."""
    known = {row.id: row for row in rows}
    for one in taken:
        row = known.get(one.row_id)
        if row is not None and row.kind not in DISTRIBUTABLE:
            raise NeverDistributable(field="rows", kind=row.kind.label)
        left = row.free_fen - row.overdrawn_fen if row else 0
        if not (0 < one.amount_fen <= left or one.amount_fen == left < 0):
            raise TakenTwice(field="rows", row=one.row_id, left=format_yuan(left), wanted=format_yuan(one.amount_fen))


def check_official(official: OfficialYear, charter_bp: int) -> None:
    """Raise unless what is told of the official books can be."""
    if min(official.prior_loss_fen, official.prior_surplus_fen) < 0:
        raise NegativeLoss(field="prior_loss")
    if not 0 <= charter_bp <= WHOLE_BP:
        raise CharterPercentOdd(field="charter_percent")
    if not official.paper.strip():
        raise OfficialPaperMissing(field="official_paper")


def order_of_law(pool: Pool, official: OfficialYear, charter_bp: int, *, distributed_fen: int = 0) -> Order:
    """Return losses, fund and uses of a pool, in this order.

    After losses no more can be handed out than the collective's whole result leaves: what other business lost this
    year, and losses of earlier years that other business did not make good, come off first. ``distributed_fen`` is what
    other plans of the year have handed out. The fund is extracted of what no plan has seen yet.
    """
    whole = official.result_fen + official.prior_surplus_fen - official.prior_loss_fen - distributed_fen
    left = max(min(pool.net_fen, whole), 0)
    base = max(left - pool.seen_fen, 0)
    fund = allocate(base, [charter_bp, WHOLE_BP - charter_bp])[0] if base else 0
    return Order(pool.net_fen - left, fund, left - fund)


def expected_fund(official: OfficialYear, charter_bp: int) -> int:
    """Return what the charter extracts from the collective's whole result, to hold against the official books."""
    base = max(official.result_fen - official.prior_loss_fen, 0)
    return allocate(base, [charter_bp, WHOLE_BP - charter_bp])[0] if base else 0


def given_back(income: Sequence[Taken], amount_fen: int) -> dict[int, int]:
    """Return how much each row gets back of an amount that is not handed out, from the last row on."""
    found: dict[int, int] = {}
    for one in reversed(income):
        back = min(amount_fen, max(one.amount_fen, 0))
        amount_fen -= back
        if back:
            found[one.row_id] = back
    return found
