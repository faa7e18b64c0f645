"""What happened, and what that is in the books: one table from deed to accounts. Pure.

Domain rules, section 10.2 (财会〔2023〕14号), completed for fund spending, deposits, income in kind, principal
returned, free transfer and stocktaking. A feature names a deed; it never names an account.
"""

from dataclasses import dataclass
from datetime import date

from registry.errors import Invalid
from registry.kinds import Category
from registry.ledger.books.accounts import Key
from registry.text import N_, Labelled


class BookDeed(Labelled):
    """Everything that is posted into the books of an owner."""

    OPENING = "OPENING", N_("期初余额")
    ASSET_TAKEN_ON = "ASSET_TAKEN_ON", N_("项目资产入账")
    ASSET_TRANSFERRED_IN = "ASSET_TRANSFERRED_IN", N_("无偿划入资产")
    ASSET_TRANSFERRED_OUT = "ASSET_TRANSFERRED_OUT", N_("无偿划出资产")
    VALUE_ADDED = "VALUE_ADDED", N_("改建、扩建增加原值")
    GRANT_RECEIVED = "GRANT_RECEIVED", N_("收到专项资金")
    GRANT_SPENT = "GRANT_SPENT", N_("专项资金用于建设")
    GRANT_COMPLETED = "GRANT_COMPLETED", N_("专项资金形成资产")
    INCOME_DUE = "INCOME_DUE", N_("应收经营收入")
    DUE_RECEIVED = "DUE_RECEIVED", N_("收回应收款")
    INCOME_RECEIVED = "INCOME_RECEIVED", N_("收到经营收入")
    DIVIDEND_DUE = "DIVIDEND_DUE", N_("应收投资收益")
    DIVIDEND_RECEIVED = "DIVIDEND_RECEIVED", N_("收到投资收益")
    PREPAID = "PREPAID", N_("预收款项")
    PREPAID_APPLIED = "PREPAID_APPLIED", N_("预收款冲抵应收款")
    PREPAID_RELEASED = "PREPAID_RELEASED", N_("预收款转收入")
    PREPAID_RETURNED = "PREPAID_RETURNED", N_("退还预收款")
    DEPOSIT_TAKEN = "DEPOSIT_TAKEN", N_("收取押金")
    DEPOSIT_RETURNED = "DEPOSIT_RETURNED", N_("退还押金")
    DEPOSIT_KEPT = "DEPOSIT_KEPT", N_("没收押金")
    IN_KIND = "IN_KIND", N_("收到实物收入")
    DUE_IN_KIND = "DUE_IN_KIND", N_("实物抵应收款")
    PRINCIPAL_PAID_IN = "PRINCIPAL_PAID_IN", N_("对外投资")
    PRINCIPAL_RETURNED = "PRINCIPAL_RETURNED", N_("收回投资本金")
    COMPENSATION = "COMPENSATION", N_("收到赔偿款")
    INSURANCE = "INSURANCE", N_("收到保险赔款")
    SUBSIDY_RECEIVED = "SUBSIDY_RECEIVED", N_("收到补助")
    OTHER_RECEIVED = "OTHER_RECEIVED", N_("收到其他收入")
    EQUITY_CONTRIBUTED = "EQUITY_CONTRIBUTED", N_("资产作价入股")
    DEPRECIATION = "DEPRECIATION", N_("计提折旧")
    CUSTODY_COST = "CUSTODY_COST", N_("支付管护、维修费用")
    ADMIN_COST = "ADMIN_COST", N_("支付管理费用")
    BANK_FEE = "BANK_FEE", N_("银行手续费")
    TAX_PAID = "TAX_PAID", N_("缴纳税费")
    OTHER_COST = "OTHER_COST", N_("支付其他支出")
    LABOUR_DUE = "LABOUR_DUE", N_("应付劳务、岗位报酬")
    LABOUR_PAID = "LABOUR_PAID", N_("支付劳务、岗位报酬")
    LABOUR_RETURNED = "LABOUR_RETURNED", N_("劳务报酬退回")
    WELFARE_DUE = "WELFARE_DUE", N_("应付奖励、救助、公益支出")
    WELFARE_PAID = "WELFARE_PAID", N_("支付奖励、救助、公益支出")
    WELFARE_RETURNED = "WELFARE_RETURNED", N_("奖励、救助款退回")
    FUND_EXTRACTED = "FUND_EXTRACTED", N_("提取公积公益金")
    FUND_COVERS_LOSS = "FUND_COVERS_LOSS", N_("公积公益金弥补亏损")
    FUND_SPENT = "FUND_SPENT", N_("使用公积公益金")
    EARMARKED_SPENT = "EARMARKED_SPENT", N_("使用资产处置收入专户")
    DISTRIBUTION_DUE = "DISTRIBUTION_DUE", N_("应付收益分配")
    DISTRIBUTION_PAID = "DISTRIBUTION_PAID", N_("支付收益分配")
    DISTRIBUTION_RETURNED = "DISTRIBUTION_RETURNED", N_("分配款退回")
    GOODS_HANDED_OUT = "GOODS_HANDED_OUT", N_("以实物支付收益分配")
    GOODS_BROUGHT_BACK = "GOODS_BROUGHT_BACK", N_("分配的实物退回")
    DISTRIBUTION_WITHHELD = "DISTRIBUTION_WITHHELD", N_("停发的分配转回未分配")
    BAD_DEBT = "BAD_DEBT", N_("核销坏账")
    DISPOSAL_STARTED = "DISPOSAL_STARTED", N_("资产转入清理")
    DISPOSAL_COST = "DISPOSAL_COST", N_("支付清理费用")
    DISPOSAL_PROCEEDS = "DISPOSAL_PROCEEDS", N_("收到处置价款")
    DISPOSAL_PRICE_DUE = "DISPOSAL_PRICE_DUE", N_("应收处置价款")
    DISPOSAL_GAIN = "DISPOSAL_GAIN", N_("结转处置净收益")
    DISPOSAL_LOSS = "DISPOSAL_LOSS", N_("结转处置净损失")
    SWAPPED_IN = "SWAPPED_IN", N_("置换换入资产")
    ASSET_DIVIDED = "ASSET_DIVIDED", N_("资产分出一部分，其余转入新卡片")
    CONSUMED = "CONSUMED", N_("种苗、物资消耗核销")
    PRINCIPAL_DUE = "PRINCIPAL_DUE", N_("应收投资本金")
    INVESTMENT_LOSS = "INVESTMENT_LOSS", N_("结转投资净损失")
    INVESTMENT_LOST = "INVESTMENT_LOST", N_("核销投资损失")
    LOSS_FOUND = "LOSS_FOUND", N_("盘亏、毁损待处理")
    LOSS_APPROVED = "LOSS_APPROVED", N_("盘亏、毁损核销")
    LOSS_COMPENSATED = "LOSS_COMPENSATED", N_("盘亏、毁损应收赔偿")
    SURPLUS_FOUND = "SURPLUS_FOUND", N_("盘盈待处理")
    SURPLUS_APPROVED = "SURPLUS_APPROVED", N_("盘盈入账")
    YEAR_INCOME = "YEAR_INCOME", N_("结转本年收入")
    YEAR_COST = "YEAR_COST", N_("结转本年支出")
    YEAR_RESULT = "YEAR_RESULT", N_("结转本年收益")
    YEAR_EARMARKED = "YEAR_EARMARKED", N_("处置和赔偿收入转入专户")
    TREASURY_PAID = "TREASURY_PAID", N_("上缴财政")
    PASSED_ON = "PASSED_ON", N_("转拨村集体")
    TYPED = "TYPED", N_("其他业务")


@dataclass(frozen=True)
class Marks:
    """What a posting is about: the asset, the contract, who pays or is paid, what it is used for."""

    asset_id: int | None = None
    contract_id: int | None = None
    party_id: int | None = None
    use: str = ""


NO_MARKS = Marks()


@dataclass(frozen=True)
class Source:
    """The row that a voucher was posted for."""

    table: str
    id: int


@dataclass(frozen=True)
class Entry:
    """A deed to post: its amount in fen, where it comes from and what it is about.

    ``depreciation_fen`` and ``agreed_fen`` go with deeds on whole assets. ``member``: the other side is a member of the
    collective (内部往来). ``category`` says which cost it is; ``holding`` the account of the asset itself.
    ``booked_on`` is the day of the business, the day of posting unless named.
    """

    deed: BookDeed
    amount_fen: int
    source: Source
    marks: Marks = NO_MARKS
    summary: str = ""
    booked_on: date | None = None
    member: bool = False
    category: Category | None = None
    holding: Key = Key.FIXED_ASSET
    depreciation_fen: int = 0
    agreed_fen: int = 0


@dataclass(frozen=True)
class Line:
    """One line of a voucher: an account of the book's chart, one of the two amounts, what it is about."""

    account: str
    detail: str
    debit_fen: int
    credit_fen: int
    marks: Marks = NO_MARKS


class NothingToPost(Invalid):
    """An entry has an amount."""

    message = N_("金额必须大于 0。")


class Needs(Invalid):
    """A deed lacks what chooses its account."""

    message = N_("“%(deed)s”还要说明%(what)s。")
