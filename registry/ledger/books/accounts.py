"""The official charts of accounts, by version, and the names by which the product means an account. Pure.

财会〔2023〕14号 (from 2024-01-01) for collectives; 财会〔2004〕12号 for what is older: 153 and 154 swapped their
meaning between the two. Owners under government accounting keep a memorandum with accounts of its own.
"""

from dataclasses import dataclass

from registry.errors import Invalid
from registry.text import N_, Labelled


class ChartVersion(Labelled):
    """Which list of accounts a book is kept by."""

    C2024 = "C2024", N_("农村集体经济组织会计制度（财会〔2023〕14号）")
    C2004 = "C2004", N_("村集体经济组织会计制度（财会〔2004〕12号）")
    MEMORANDUM = "MEMORANDUM", N_("国有、乡镇单位备查账")


class AccountKind(Labelled):
    """What an account stands for."""

    ASSET = "ASSET", N_("资产")
    LIABILITY = "LIABILITY", N_("负债")
    EQUITY = "EQUITY", N_("所有者权益")
    COST = "COST", N_("成本")
    INCOME = "INCOME", N_("收入")
    EXPENSE = "EXPENSE", N_("支出")


class Side(Labelled):
    """The two sides of an account."""

    DEBIT = "DEBIT", N_("借")
    CREDIT = "CREDIT", N_("贷")

    @property
    def other(self) -> "Side":
        return Side.CREDIT if self is Side.DEBIT else Side.DEBIT


class Detail(Labelled):
    """Detail accounts (明细科目) below an official one."""

    UNDISTRIBUTED = "UNDISTRIBUTED", N_("未分配收益")
    DISTRIBUTED = "DISTRIBUTED", N_("各项分配")
    FUND = "FUND", N_("公积公益金")
    DISPOSAL_FUND = "DISPOSAL_FUND", N_("资产处置和赔偿收入专户")
    DISPOSAL_GAIN = "DISPOSAL_GAIN", N_("资产处置净收益")
    COMPENSATION = "COMPENSATION", N_("赔偿、保险收入")
    PREPAID = "PREPAID", N_("预收款")
    DEPOSIT = "DEPOSIT", N_("押金、保证金")
    PAYABLE = "PAYABLE", N_("应付分配和补助")


@dataclass(frozen=True)
class Account:
    """One account of a chart; ``side`` is where it grows."""

    code: str
    name: str
    kind: AccountKind
    side: Side


_K, _D, _C = AccountKind, Side.DEBIT, Side.CREDIT


def _accounts(kind: AccountKind, side: Side, text: str) -> tuple[Account, ...]:
    pairs = [one.split("|") for one in text.split()]
    return tuple(Account(code, name, kind, side) for code, name in pairs)


_C2024 = (
    *_accounts(_K.ASSET, _D, "101|库存现金 102|银行存款 111|短期投资 112|应收款 113|内部往来 121|库存物资 "
               "131|消耗性生物资产 132|生产性生物资产"),
    *_accounts(_K.ASSET, _C, "133|生产性生物资产累计折旧"),
    *_accounts(_K.ASSET, _D, "134|公益性生物资产 141|长期投资 151|固定资产"),
    *_accounts(_K.ASSET, _C, "152|累计折旧"),
    *_accounts(_K.ASSET, _D, "153|在建工程 154|固定资产清理 161|无形资产"),
    *_accounts(_K.ASSET, _C, "162|累计摊销"),
    *_accounts(_K.ASSET, _D, "171|长期待摊费用 181|待处理财产损溢"),
    *_accounts(_K.LIABILITY, _C, "201|短期借款 211|应付款 212|应付工资 213|应付劳务费 214|应交税费 "
               "221|长期借款及应付款 231|一事一议资金 241|专项应付款"),
    *_accounts(_K.EQUITY, _C, "301|资本 311|公积公益金 321|本年收益 322|收益分配"),
    *_accounts(_K.COST, _D, "401|生产（劳务）成本"),
    *_accounts(_K.INCOME, _C, "501|经营收入 502|投资收益 503|补助收入 504|其他收入"),
    *_accounts(_K.EXPENSE, _D, "511|经营支出 512|税金及附加 513|管理费用 514|公益支出 515|其他支出 521|所得税费用"),
)  # fmt: skip
_C2004 = (
    *_accounts(_K.ASSET, _D, "101|现金 102|银行存款 111|短期投资 112|应收款 113|内部往来 121|库存物资 "
               "131|牲畜（禽）资产 132|林木资产 141|长期投资 151|固定资产"),
    *_accounts(_K.ASSET, _C, "152|累计折旧"),
    *_accounts(_K.ASSET, _D, "153|固定资产清理 154|在建工程"),
    *_accounts(_K.LIABILITY, _C, "201|短期借款 202|应付款 211|应付工资 212|应付福利费 "
               "221|长期借款及应付款 231|一事一议资金"),
    *_accounts(_K.EQUITY, _C, "301|资本 311|公积公益金 321|本年收益 322|收益分配"),
    *_accounts(_K.COST, _D, "401|生产（劳务）成本"),
    *_accounts(_K.INCOME, _C, "501|经营收入 511|发包及上交收入 521|农业税附加返还收入 522|补助收入 531|其他收入 "
               "561|投资收益"),
    *_accounts(_K.EXPENSE, _D, "502|经营支出 541|管理费用 551|其他支出"),
)  # fmt: skip
_MEMORANDUM = (
    *_accounts(_K.ASSET, _D, "B01|收到款项 B02|应收款项 B03|收到实物"),
    *_accounts(_K.LIABILITY, _C, "B11|应缴财政款 B12|代收待付款项"),
    *_accounts(_K.EXPENSE, _D, "B21|核销款项"),
)  # fmt: skip
CHARTS: dict[ChartVersion, dict[str, Account]] = {
    version: {account.code: account for account in accounts}
    for version, accounts in (
        (ChartVersion.C2024, _C2024), (ChartVersion.C2004, _C2004), (ChartVersion.MEMORANDUM, _MEMORANDUM),
    )
}  # fmt: skip


class Key(Labelled):
    """What an entry means by an account, whatever its code in a version."""

    BANK = "BANK", N_("银行存款")
    RECEIVABLE = "RECEIVABLE", N_("应收款（外部）")
    MEMBER_ACCOUNT = "MEMBER_ACCOUNT", N_("内部往来（成员）")
    INVENTORY = "INVENTORY", N_("库存物资")
    LONG_INVESTMENT = "LONG_INVESTMENT", N_("长期投资")
    FIXED_ASSET = "FIXED_ASSET", N_("固定资产")
    DEPRECIATION = "DEPRECIATION", N_("累计折旧")
    LIVESTOCK = "LIVESTOCK", N_("消耗性生物资产")
    BEARING_STOCK = "BEARING_STOCK", N_("生产性生物资产")
    PUBLIC_STOCK = "PUBLIC_STOCK", N_("公益性生物资产")
    STOCK_DEPRECIATION = "STOCK_DEPRECIATION", N_("生产性生物资产累计折旧")
    INTANGIBLE = "INTANGIBLE", N_("无形资产")
    AMORTISATION = "AMORTISATION", N_("累计摊销")
    CONSTRUCTION = "CONSTRUCTION", N_("在建工程")
    CLEARANCE = "CLEARANCE", N_("固定资产清理")
    PENDING = "PENDING", N_("待处理财产损溢")
    PAYABLE = "PAYABLE", N_("应付款")
    LABOUR_PAYABLE = "LABOUR_PAYABLE", N_("应付劳务费")
    EARMARKED = "EARMARKED", N_("专项应付款")
    FUND = "FUND", N_("公积公益金")
    YEAR_RESULT = "YEAR_RESULT", N_("本年收益")
    APPROPRIATION = "APPROPRIATION", N_("收益分配")
    OPERATING_INCOME = "OPERATING_INCOME", N_("经营收入")
    INVESTMENT_INCOME = "INVESTMENT_INCOME", N_("投资收益")
    SUBSIDY_INCOME = "SUBSIDY_INCOME", N_("补助收入")
    OTHER_INCOME = "OTHER_INCOME", N_("其他收入")
    OPERATING_COST = "OPERATING_COST", N_("经营支出")
    TAX = "TAX", N_("税金及附加")
    ADMIN_COST = "ADMIN_COST", N_("管理费用")
    PUBLIC_COST = "PUBLIC_COST", N_("公益支出")
    OTHER_COST = "OTHER_COST", N_("其他支出")


#: Key → code in 2024, 2004 and the memorandum; empty where the version has no such account.
_CODES: dict[Key, tuple[str, str, str]] = {
    Key.BANK: ("102", "102", "B01"),
    Key.RECEIVABLE: ("112", "112", "B02"),
    Key.MEMBER_ACCOUNT: ("113", "113", "B02"),
    Key.INVENTORY: ("121", "121", "B03"),
    Key.LONG_INVESTMENT: ("141", "141", "B11"),
    Key.FIXED_ASSET: ("151", "151", ""),
    Key.DEPRECIATION: ("152", "152", ""),
    Key.LIVESTOCK: ("131", "131", ""),
    Key.BEARING_STOCK: ("132", "132", ""),
    Key.PUBLIC_STOCK: ("134", "132", ""),
    Key.STOCK_DEPRECIATION: ("133", "152", ""),
    Key.INTANGIBLE: ("161", "", ""),
    Key.AMORTISATION: ("162", "", ""),
    Key.CONSTRUCTION: ("153", "154", ""),
    # What a public owner clears is owed to the treasury, less what clearing costs.
    Key.CLEARANCE: ("154", "153", "B11"),
    Key.PENDING: ("181", "", ""),
    Key.PAYABLE: ("211", "202", "B12"),
    Key.LABOUR_PAYABLE: ("213", "211", ""),
    Key.EARMARKED: ("241", "", ""),
    Key.FUND: ("311", "311", ""),
    Key.YEAR_RESULT: ("321", "321", ""),
    Key.APPROPRIATION: ("322", "322", ""),
    Key.OPERATING_INCOME: ("501", "511", "B11"),
    Key.INVESTMENT_INCOME: ("502", "561", "B11"),
    Key.SUBSIDY_INCOME: ("503", "522", ""),
    Key.OTHER_INCOME: ("504", "531", "B11"),
    Key.OPERATING_COST: ("511", "502", ""),
    Key.TAX: ("512", "541", ""),
    Key.ADMIN_COST: ("513", "541", ""),
    Key.PUBLIC_COST: ("514", "551", ""),
    Key.OTHER_COST: ("515", "551", "B21"),
}
_COLUMN = {ChartVersion.C2024: 0, ChartVersion.C2004: 1, ChartVersion.MEMORANDUM: 2}


class NotInChart(Invalid):
    """The chart a book is kept by has no such account."""

    message = N_("%(chart)s里没有“%(account)s”这个科目，这笔业务不能记在这本账上。")


def code_of(key: Key, chart: ChartVersion) -> str:
    """Return the code of an account in a version; raises NotInChart."""
    code = _CODES[key][_COLUMN[chart]]
    if not code:
        raise NotInChart(chart=chart.label, account=key.label)
    return code


def account_of(code: str, chart: ChartVersion) -> Account:
    """Return the account with a code; raises NotInChart."""
    account = CHARTS[chart].get(code)
    if account is None:
        raise NotInChart(chart=chart.label, account=code)
    return account
