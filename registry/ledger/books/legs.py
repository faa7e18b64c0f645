"""The table from deed to accounts, read top to bottom, and the lines it gives. Pure.

Domain rules, section 10.2. Every row balances whatever the amounts are.
"""

from dataclasses import dataclass
from enum import StrEnum

from registry.kinds import Category
from registry.ledger.books.accounts import ChartVersion, Detail, Key, Side, code_of
from registry.ledger.books.entries import BookDeed, Entry, Line, Needs, NothingToPost
from registry.text import N_


class _Part(StrEnum):
    """Which amount of an entry a leg takes."""

    WHOLE = "WHOLE"
    DEPRECIATION = "DEPRECIATION"
    NET = "NET"
    AGREED = "AGREED"
    #: What is agreed above the net value; below it, the leg changes sides.
    DIFFERENCE = "DIFFERENCE"


class _By(StrEnum):
    """Accounts that the entry itself chooses."""

    DEBTOR = "DEBTOR"
    CREDITOR = "CREDITOR"
    HOLDING = "HOLDING"
    WEAR = "WEAR"
    COST = "COST"


@dataclass(frozen=True)
class _Leg:
    side: Side
    account: Key | _By
    part: _Part = _Part.WHOLE
    detail: Detail | None = None


def _dr(account: Key | _By, part: _Part = _Part.WHOLE, detail: Detail | None = None) -> _Leg:
    return _Leg(Side.DEBIT, account, part, detail)


def _cr(account: Key | _By, part: _Part = _Part.WHOLE, detail: Detail | None = None) -> _Leg:
    return _Leg(Side.CREDIT, account, part, detail)


_B, _K, _X = BookDeed, Key, Detail
_BANK_IN, _BANK_OUT = _dr(_K.BANK), _cr(_K.BANK)
_PREPAID, _DEPOSIT, _OWED = _X.PREPAID, _X.DEPOSIT, _X.PAYABLE
TABLE: dict[BookDeed, tuple[_Leg, ...]] = {
    _B.ASSET_TAKEN_ON: (_dr(_By.HOLDING), _cr(_By.WEAR, _Part.DEPRECIATION), _cr(_K.FUND, _Part.NET, _X.FUND)),
    _B.ASSET_TRANSFERRED_IN: (_dr(_By.HOLDING), _cr(_By.WEAR, _Part.DEPRECIATION), _cr(_K.FUND, _Part.NET, _X.FUND)),
    _B.ASSET_TRANSFERRED_OUT: (_dr(_K.FUND, _Part.NET, _X.FUND), _dr(_By.WEAR, _Part.DEPRECIATION), _cr(_By.HOLDING)),
    _B.VALUE_ADDED: (_dr(_By.HOLDING), _cr(_K.FUND, detail=_X.FUND)),
    _B.GRANT_RECEIVED: (_BANK_IN, _cr(_K.EARMARKED)),
    _B.GRANT_SPENT: (_dr(_K.CONSTRUCTION), _BANK_OUT),
    _B.GRANT_COMPLETED: (_dr(_By.HOLDING), _cr(_K.CONSTRUCTION), _dr(_K.EARMARKED), _cr(_K.FUND, detail=_X.FUND)),
    _B.INCOME_DUE: (_dr(_By.DEBTOR), _cr(_K.OPERATING_INCOME)),
    _B.DUE_RECEIVED: (_BANK_IN, _cr(_By.DEBTOR)),
    _B.INCOME_RECEIVED: (_BANK_IN, _cr(_K.OPERATING_INCOME)),
    _B.DIVIDEND_DUE: (_dr(_By.DEBTOR), _cr(_K.INVESTMENT_INCOME)),
    _B.DIVIDEND_RECEIVED: (_BANK_IN, _cr(_K.INVESTMENT_INCOME)),
    _B.PREPAID: (_BANK_IN, _cr(_K.PAYABLE, detail=_PREPAID)),
    _B.PREPAID_APPLIED: (_dr(_K.PAYABLE, detail=_PREPAID), _cr(_By.DEBTOR)),
    _B.PREPAID_RELEASED: (_dr(_K.PAYABLE, detail=_PREPAID), _cr(_K.OPERATING_INCOME)),
    _B.PREPAID_RETURNED: (_dr(_K.PAYABLE, detail=_PREPAID), _BANK_OUT),
    _B.DEPOSIT_TAKEN: (_BANK_IN, _cr(_K.PAYABLE, detail=_DEPOSIT)),
    _B.DEPOSIT_RETURNED: (_dr(_K.PAYABLE, detail=_DEPOSIT), _BANK_OUT),
    _B.DEPOSIT_KEPT: (_dr(_K.PAYABLE, detail=_DEPOSIT), _cr(_K.OTHER_INCOME)),
    _B.IN_KIND: (_dr(_K.INVENTORY), _cr(_K.OPERATING_INCOME)),
    _B.DUE_IN_KIND: (_dr(_K.INVENTORY), _cr(_By.DEBTOR)),
    _B.PRINCIPAL_PAID_IN: (_dr(_K.LONG_INVESTMENT), _BANK_OUT),
    _B.PRINCIPAL_RETURNED: (_BANK_IN, _cr(_K.LONG_INVESTMENT)),
    _B.COMPENSATION: (_BANK_IN, _cr(_K.OTHER_INCOME, detail=_X.COMPENSATION)),
    _B.INSURANCE: (_BANK_IN, _cr(_K.OTHER_INCOME, detail=_X.COMPENSATION)),
    _B.SUBSIDY_RECEIVED: (_BANK_IN, _cr(_K.SUBSIDY_INCOME)),
    _B.OTHER_RECEIVED: (_BANK_IN, _cr(_K.OTHER_INCOME)),
    _B.EQUITY_CONTRIBUTED: (
        _dr(_K.LONG_INVESTMENT, _Part.AGREED), _dr(_By.WEAR, _Part.DEPRECIATION), _cr(_By.HOLDING),
        _cr(_K.FUND, _Part.DIFFERENCE, _X.FUND),
    ),
    _B.DEPRECIATION: (_dr(_By.COST), _cr(_By.WEAR)),
    _B.CUSTODY_COST: (_dr(_By.COST), _BANK_OUT),
    _B.ADMIN_COST: (_dr(_K.ADMIN_COST), _BANK_OUT),
    _B.BANK_FEE: (_dr(_K.ADMIN_COST), _BANK_OUT),
    _B.TAX_PAID: (_dr(_K.TAX), _BANK_OUT),
    _B.OTHER_COST: (_dr(_K.OTHER_COST), _BANK_OUT),
    _B.LABOUR_DUE: (_dr(_By.COST), _cr(_K.LABOUR_PAYABLE)),
    _B.LABOUR_PAID: (_dr(_K.LABOUR_PAYABLE), _BANK_OUT),
    _B.LABOUR_RETURNED: (_BANK_IN, _cr(_K.LABOUR_PAYABLE)),
    _B.WELFARE_DUE: (_dr(_K.PUBLIC_COST), _cr(_K.PAYABLE, detail=_OWED)),
    _B.WELFARE_PAID: (_dr(_K.PAYABLE, detail=_OWED), _BANK_OUT),
    _B.WELFARE_RETURNED: (_BANK_IN, _cr(_K.PAYABLE, detail=_OWED)),
    _B.FUND_EXTRACTED: (_dr(_K.APPROPRIATION, detail=_X.DISTRIBUTED), _cr(_K.FUND, detail=_X.FUND)),
    _B.FUND_COVERS_LOSS: (_dr(_K.FUND, detail=_X.FUND), _cr(_K.APPROPRIATION, detail=_X.UNDISTRIBUTED)),
    _B.FUND_SPENT: (_dr(_K.FUND, detail=_X.FUND), _BANK_OUT),
    _B.EARMARKED_SPENT: (_dr(_K.FUND, detail=_X.DISPOSAL_FUND), _BANK_OUT),
    _B.DISTRIBUTION_DUE: (_dr(_K.APPROPRIATION, detail=_X.DISTRIBUTED), _cr(_By.CREDITOR)),
    _B.DISTRIBUTION_PAID: (_dr(_By.CREDITOR), _BANK_OUT),
    _B.DISTRIBUTION_RETURNED: (_BANK_IN, _cr(_By.CREDITOR)),
    _B.GOODS_HANDED_OUT: (_dr(_By.CREDITOR), _cr(_K.INVENTORY)),
    _B.GOODS_BROUGHT_BACK: (_dr(_K.INVENTORY), _cr(_By.CREDITOR)),
    _B.DISTRIBUTION_WITHHELD: (_dr(_By.CREDITOR), _cr(_K.APPROPRIATION, detail=_X.DISTRIBUTED)),
    _B.BAD_DEBT: (_dr(_K.OTHER_COST), _cr(_By.DEBTOR)),
    _B.DISPOSAL_STARTED: (_dr(_K.CLEARANCE, _Part.NET), _dr(_By.WEAR, _Part.DEPRECIATION), _cr(_By.HOLDING)),
    _B.DISPOSAL_COST: (_dr(_K.CLEARANCE), _BANK_OUT),
    _B.DISPOSAL_PROCEEDS: (_BANK_IN, _cr(_K.CLEARANCE)),
    _B.DISPOSAL_PRICE_DUE: (_dr(_By.DEBTOR), _cr(_K.CLEARANCE)),
    _B.DISPOSAL_GAIN: (_dr(_K.CLEARANCE), _cr(_K.OTHER_INCOME, detail=_X.DISPOSAL_GAIN)),
    _B.DISPOSAL_LOSS: (_dr(_K.OTHER_COST), _cr(_K.CLEARANCE)),
    _B.SWAPPED_IN: (_dr(_By.HOLDING), _cr(_K.CLEARANCE)),
    _B.CONSUMED: (_dr(_By.COST, _Part.NET), _dr(_By.WEAR, _Part.DEPRECIATION), _cr(_By.HOLDING)),
    _B.PRINCIPAL_DUE: (_dr(_By.DEBTOR), _cr(_K.LONG_INVESTMENT)),
    _B.INVESTMENT_LOSS: (_dr(_K.INVESTMENT_INCOME), _cr(_K.LONG_INVESTMENT)),
    _B.INVESTMENT_LOST: (_dr(_K.OTHER_COST), _cr(_K.LONG_INVESTMENT)),
    _B.LOSS_FOUND: (_dr(_K.PENDING, _Part.NET), _dr(_By.WEAR, _Part.DEPRECIATION), _cr(_By.HOLDING)),
    _B.LOSS_APPROVED: (_dr(_K.OTHER_COST), _cr(_K.PENDING)),
    _B.LOSS_COMPENSATED: (_dr(_By.DEBTOR), _cr(_K.PENDING)),
    _B.SURPLUS_FOUND: (_dr(_By.HOLDING), _cr(_K.PENDING)),
    _B.SURPLUS_APPROVED: (_dr(_K.PENDING), _cr(_K.OTHER_INCOME)),
    _B.YEAR_RESULT: (_dr(_K.YEAR_RESULT), _cr(_K.APPROPRIATION, detail=_X.UNDISTRIBUTED)),
    _B.YEAR_EARMARKED: (_dr(_K.APPROPRIATION, detail=_X.UNDISTRIBUTED), _cr(_K.FUND, detail=_X.DISPOSAL_FUND)),
    _B.TREASURY_PAID: (_dr(_K.OTHER_INCOME), _BANK_OUT),
    _B.PASSED_ON: (_dr(_K.OTHER_INCOME), _BANK_OUT),
}  # fmt: skip
#: Written line by line: opening balances, what no other deed names, what closes a year, what moves to another card.
LINE_BY_LINE = frozenset({_B.OPENING, _B.TYPED, _B.YEAR_INCOME, _B.YEAR_COST, _B.ASSET_DIVIDED})
#: What only a book of a public owner (memorandum) knows.
OF_MEMORANDUM = frozenset({_B.TREASURY_PAID, _B.PASSED_ON})
_COSTS = {Category.OPERATING: Key.OPERATING_COST, Category.PUBLIC_WELFARE: Key.PUBLIC_COST, None: Key.ADMIN_COST}
#: Holding account → where its depreciation stands.
WEAR = {
    Key.FIXED_ASSET: Key.DEPRECIATION,
    Key.BEARING_STOCK: Key.STOCK_DEPRECIATION,
    Key.INTANGIBLE: Key.AMORTISATION,
}


def lines_of(entry: Entry, chart: ChartVersion) -> tuple[Line, ...]:
    """Return the lines of a deed in a chart, without empty ones. Raises NothingToPost, Needs, NotInChart."""
    if entry.amount_fen <= 0 or entry.depreciation_fen < 0 or entry.depreciation_fen > entry.amount_fen:
        raise NothingToPost(field="amount")
    if entry.deed not in TABLE or (entry.deed in OF_MEMORANDUM and chart is not ChartVersion.MEMORANDUM):
        raise Needs(field="deed", deed=entry.deed.label, what=N_("科目"))
    lines = [_line(leg, entry, chart) for leg in TABLE[entry.deed]]
    return tuple(line for line in lines if line.debit_fen or line.credit_fen)


def _line(leg: _Leg, entry: Entry, chart: ChartVersion) -> Line:
    amount = _amount(leg.part, entry)
    side = leg.side if amount >= 0 else leg.side.other
    debit, credit = (abs(amount), 0) if side is Side.DEBIT else (0, abs(amount))
    key = leg.account if isinstance(leg.account, Key) else _chosen(leg.account, entry, amount)
    detail = leg.detail or (Detail.PAYABLE if leg.account is _By.CREDITOR and key is Key.PAYABLE else None)
    code = code_of(key, chart) if amount else ""
    return Line(code, detail.value if detail else "", debit, credit, entry.marks)


def _amount(part: _Part, entry: Entry) -> int:
    net = entry.amount_fen - entry.depreciation_fen
    return {
        _Part.WHOLE: entry.amount_fen,
        _Part.DEPRECIATION: entry.depreciation_fen,
        _Part.NET: net,
        _Part.AGREED: entry.agreed_fen,
        _Part.DIFFERENCE: entry.agreed_fen - net,
    }[part]


def _chosen(by: _By, entry: Entry, amount: int) -> Key:
    if by is _By.DEBTOR:
        return Key.MEMBER_ACCOUNT if entry.member else Key.RECEIVABLE
    if by is _By.CREDITOR:
        return Key.MEMBER_ACCOUNT if entry.member else Key.PAYABLE
    if by is _By.HOLDING:
        return entry.holding
    if by is _By.COST:
        return _COSTS.get(entry.category, Key.ADMIN_COST)
    wear = WEAR.get(entry.holding)
    if wear is None and amount:
        raise Needs(field="holding", deed=entry.deed.label, what=N_("折旧科目"))
    return wear or Key.DEPRECIATION
