"""What may be written by hand, and what it needs. Pure.

Income, contracts and distribution post by themselves; written by hand is what no other feature knows of.
"""

from dataclasses import dataclass
from datetime import date

from registry.errors import Conflict, Forbidden, Invalid
from registry.kinds import Category
from registry.ledger.books.accounts import CHARTS, ChartVersion, Detail, Key, NotInChart, code_of
from registry.ledger.books.entries import BookDeed, Entry, Line, Marks, Source
from registry.ledger.books.legs import OF_MEMORANDUM, lines_of
from registry.ledger.books.rules import DraftState
from registry.text import N_, Labelled

MOST_LINES = 8


class DeedGroup(Labelled):
    """How the deeds stand in the list from which one is chosen."""

    MONEY_IN = "MONEY_IN", N_("收入和专项资金")
    COST = "COST", N_("费用支出")
    ASSETS = "ASSETS", N_("投资和清查")
    PUBLIC = "PUBLIC", N_("财政和转拨")
    OTHER = "OTHER", N_("其他")


class Asks(Labelled):
    """What a deed asks besides day, amount and summary."""

    ASSET = "ASSET", N_("关联资产")
    COST = "COST", N_("费用类别")
    MEMBER = "MEMBER", N_("对方是否成员")
    PAYEE = "PAYEE", N_("收款的村集体")


_B, _G, _A = BookDeed, DeedGroup, Asks
#: Deed → where it stands in the list and what it must say.
MANUAL: dict[BookDeed, tuple[DeedGroup, frozenset[Asks]]] = {
    _B.GRANT_RECEIVED: (_G.MONEY_IN, frozenset()),
    _B.GRANT_SPENT: (_G.MONEY_IN, frozenset()),
    _B.GRANT_COMPLETED: (_G.MONEY_IN, frozenset({_A.ASSET})),
    _B.SUBSIDY_RECEIVED: (_G.MONEY_IN, frozenset()),
    _B.PREPAID_APPLIED: (_G.MONEY_IN, frozenset({_A.MEMBER})),
    _B.PREPAID_RELEASED: (_G.MONEY_IN, frozenset()),
    _B.DEPOSIT_KEPT: (_G.MONEY_IN, frozenset()),
    _B.CUSTODY_COST: (_G.COST, frozenset({_A.COST})),
    _B.ADMIN_COST: (_G.COST, frozenset()),
    _B.BANK_FEE: (_G.COST, frozenset()),
    _B.TAX_PAID: (_G.COST, frozenset()),
    _B.OTHER_COST: (_G.COST, frozenset()),
    _B.FUND_SPENT: (_G.COST, frozenset()),
    _B.PRINCIPAL_PAID_IN: (_G.ASSETS, frozenset()),
    _B.SURPLUS_FOUND: (_G.ASSETS, frozenset({_A.ASSET})),
    _B.SURPLUS_APPROVED: (_G.ASSETS, frozenset()),
    _B.LOSS_APPROVED: (_G.ASSETS, frozenset()),
    _B.LOSS_COMPENSATED: (_G.ASSETS, frozenset({_A.MEMBER})),
    _B.TREASURY_PAID: (_G.PUBLIC, frozenset()),
    _B.PASSED_ON: (_G.PUBLIC, frozenset({_A.PAYEE})),
    _B.TYPED: (_G.OTHER, frozenset()),
}


@dataclass(frozen=True)
class DraftFacts:
    """A voucher as somebody fills it in: a deed with its amount, or lines where no deed fits."""

    deed: BookDeed
    booked_on: date
    summary: str = ""
    amount_fen: int = 0
    asset_no: str = ""
    contract_no: str = ""
    #: The contract with that number, once it was found; contracts stand above the books.
    contract_id: int | None = None
    payee: str = ""
    member: bool = False
    category: Category | None = None
    use: str = ""
    lines: tuple[Line, ...] = ()


class NotByHand(Invalid):
    """What other features post is not written by hand."""

    message = N_("“%(deed)s”由系统在办理相应业务时自动记账，不能手工制单。")


class AssetNeeded(Invalid):
    """The deed is about one asset."""

    message = N_("请填写这笔业务关联的资产编号。")


class NotTheirAsset(Invalid):
    """What stands in a book is the owner's."""

    message = N_("没有编号为“%(asset_no)s”的资产，或者它不属于这本账的单位。")


class CostUnclear(Invalid):
    """A cost of custody is one of operating or of public welfare."""

    message = N_("请填写关联资产，或选择费用类别。")


class PayeeUnknown(Invalid):
    """Money is passed on to a named collective of one's own unit."""

    message = N_("本单位范围内没有名为“%(name)s”的村集体，请核对全称。")


class AccountUnknown(Invalid):
    """A typed line names an account of the book's chart."""

    message = N_("这本账里没有编码为“%(account)s”的科目。")


class NoSuchPaper(Invalid):
    """Only a paper of the draft itself is set aside."""

    message = N_("这张草稿没有这份原始凭证，请重新打开再改。")


class NotWaiting(Conflict):
    """Only a draft that waits is checked, sent back or changed."""

    message = N_("这张凭证草稿已经%(state)s，不能再办。")


class DraftChanged(Conflict):
    """Who checks has seen what is posted."""

    message = N_("这张凭证草稿刚刚改过，请核对后再办。")


class NotOwnDraft(Forbidden):
    """A draft is changed and withdrawn by who made it."""

    message = N_("只有制单人本人能修改或撤回。")


class ReasonMissing(Invalid):
    """Whoever undoes or sends back says why."""

    message = N_("请写明原因。")


_STATE_WORDS = {
    DraftState.MADE: N_("送复核"),
    DraftState.SENT_BACK: N_("退回"),
    DraftState.POSTED: N_("记账"),
    DraftState.WITHDRAWN: N_("撤回"),
}


def deeds_for(chart: ChartVersion) -> list[BookDeed]:
    """Return what may be written by hand into a book of this chart, in the order of the list."""
    return [deed for deed in MANUAL if deed is BookDeed.TYPED or _fits(deed, chart)]


def _fits(deed: BookDeed, chart: ChartVersion) -> bool:
    if (chart is ChartVersion.MEMORANDUM) is not (deed in OF_MEMORANDUM):
        return False
    try:
        lines_of(Entry(deed, 1, Source("", 0)), chart)
    except NotInChart:
        return False
    return True


def check_facts(facts: DraftFacts) -> None:
    """Raise unless the deed may be written by hand and says what it needs."""
    if facts.deed not in MANUAL:
        raise NotByHand(field="deed", deed=facts.deed.label)
    asks = MANUAL[facts.deed][1]
    if Asks.ASSET in asks and not facts.asset_no:
        raise AssetNeeded(field="asset_no")
    if Asks.COST in asks and not facts.asset_no and facts.category is None:
        raise CostUnclear(field="category")
    if Asks.PAYEE in asks and not facts.payee:
        raise PayeeUnknown(field="payee", name="")


def lines_for(facts: DraftFacts, marks: Marks, category: Category | None, chart: ChartVersion) -> tuple[Line, ...]:
    """Return the lines of what was filled in. Raises NothingToPost, NotInChart, AccountUnknown."""
    if facts.deed is not BookDeed.TYPED:
        entry = Entry(facts.deed, facts.amount_fen, Source("", 0), marks, member=facts.member, category=category)
        return lines_of(entry, chart)
    for line in facts.lines:
        if line.account not in CHARTS[chart]:
            raise AccountUnknown(field="lines", account=line.account)
    return tuple(Line(one.account, one.detail, one.debit_fen, one.credit_fen, marks) for one in facts.lines)


def check_waiting(state: DraftState, *allowed: DraftState) -> None:
    """Raise NotWaiting unless a draft is in one of these states."""
    if state not in allowed:
        raise NotWaiting(state=_STATE_WORDS[state])


def check_seen(version: int, seen: int | None) -> None:
    """Raise DraftChanged unless it is the version that was looked at, where one is named."""
    if seen is not None and seen != version:
        raise DraftChanged


def check_own(made_by_id: int | None, user_id: int | None) -> None:
    """Raise NotOwnDraft unless it is the maker's own."""
    if made_by_id != user_id:
        raise NotOwnDraft


def check_reason(reason: str) -> str:
    """Return a reason without blanks around it; raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return reason.strip()


def facts_from(
    deed: BookDeed, booked_on: date, summary: str, lines: tuple[Line, ...], chart: ChartVersion
) -> DraftFacts:
    """Return what had been filled in for these lines, but for asset and payee, which the marks name."""
    first = lines[0]
    codes = {line.account for line in lines}
    costs = {Category.OPERATING: Key.OPERATING_COST, Category.PUBLIC_WELFARE: Key.PUBLIC_COST}
    memorandum = chart is ChartVersion.MEMORANDUM
    return DraftFacts(
        deed, booked_on, summary, first.debit_fen or first.credit_fen,
        member=not memorandum and code_of(Key.MEMBER_ACCOUNT, chart) in codes,
        category=next((one for one, key in costs.items() if not memorandum and code_of(key, chart) in codes), None),
        use=first.marks.use, lines=lines if deed is BookDeed.TYPED else (),
    )  # fmt: skip


#: Detail accounts that stand below an account of the current chart, for lists.
DETAILS: dict[Key, tuple[Detail, ...]] = {
    Key.PAYABLE: (Detail.PREPAID, Detail.DEPOSIT, Detail.PAYABLE),
    Key.FUND: (Detail.FUND, Detail.DISPOSAL_FUND),
    Key.APPROPRIATION: (Detail.UNDISTRIBUTED, Detail.DISTRIBUTED),
    Key.OTHER_INCOME: (Detail.DISPOSAL_GAIN, Detail.COMPENSATION),
}


def places_of(chart: ChartVersion) -> list[tuple[str, str]]:
    """Return every account of a chart with each of its details, as ``code`` or ``code-DETAIL`` and its name."""
    details: dict[str, tuple[Detail, ...]] = {}
    for key, found in DETAILS.items():
        with_code = _code(key, chart)
        if with_code:
            details[with_code] = found
    places = []
    for code, account in CHARTS[chart].items():
        places.append((code, f"{code} {account.name}"))
        if chart is not ChartVersion.MEMORANDUM:
            places += [(f"{code}-{one.value}", f"{code} {account.name}——{one.label}") for one in details.get(code, ())]
    return places


def _code(key: Key, chart: ChartVersion) -> str:
    try:
        return code_of(key, chart)
    except NotInChart:
        return ""
