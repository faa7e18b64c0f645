"""What the vouchers of income say (摘要): what happened, for which asset and period, and with whom. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from registry.assets.register.categories import OperatingMode
from registry.ledger.books.entries import BookDeed
from registry.ledger.operation.kinds import DueKind
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.text import N_

#: As long as a voucher has room for.
MOST_SUMMARY = 200
_YEAR = 12
_FEE, _CONTRACTED = N_("租金"), N_("承包费")
#: What a due is called when it is accrued or given up; what an operator pays is called by the mode.
_DUES: dict[DueKind, str] = {
    DueKind.SHARE: N_("效益分成"),
    DueKind.GUARANTEED_RETURN: N_("保底收益"),
    DueKind.DIVIDEND: N_("分红"),
    DueKind.DEPOSIT: N_("押金"),
    DueKind.PRINCIPAL: N_("本金"),
    DueKind.LATE_FEE: N_("违约金"),
}
_K = IncomeKind
#: What is said of money that came in or went out; what is not here is received, and called by its kind.
_MOVED: dict[IncomeKind, str] = {
    _K.DEPOSIT_TAKEN: N_("收取押金"),
    _K.DEPOSIT_RETURNED: N_("退还押金"),
    _K.PREPAYMENT: N_("预收款项"),
    _K.PREPAYMENT_RETURNED: N_("退还预收款"),
    _K.PRINCIPAL_RETURNED: N_("收回投资本金"),
}
#: Deeds that say more than what kind of income it is.
_SAID_BY_DEED = frozenset({BookDeed.PREPAID_APPLIED, BookDeed.PREPAID_RELEASED, BookDeed.DUE_IN_KIND})


@dataclass(frozen=True)
class About:
    """For what and with whom: the asset and the other side by name, the period from its first day to its last."""

    asset: str
    other: str
    first: date
    last: date
    mode: OperatingMode = OperatingMode.LEASE


def received(deed: BookDeed, kind: IncomeKind, about: About) -> str:
    """Say what was received or paid out: 收到租金：中益冷链仓库2026年，石柱县鲜达冷链物流有限公司."""
    if deed in _SAID_BY_DEED:
        return _told(deed.label, about)
    name = _fee(about.mode) if kind is _K.RENT else kind.label
    return _told(_MOVED.get(kind) or f"收到{name}", about)


def owed(kind: DueKind, about: About) -> str:
    """Say what has fallen due: 应收租金：中益冷链仓库2026年，石柱县鲜达冷链物流有限公司."""
    return _told(f"应收{due_word(kind, about.mode)}", about)


def given_up(kind: DueKind, about: About, grounds: str) -> str:
    """Say what will not come, and why."""
    return f"{_told(f'核销{due_word(kind, about.mode)}', about)}：{grounds}"[:MOST_SUMMARY]


def due_word(kind: DueKind, mode: OperatingMode) -> str:
    """Call a due by its everyday name."""
    return _DUES.get(kind) or _fee(mode)


def _fee(mode: OperatingMode) -> str:
    return _CONTRACTED if mode is OperatingMode.CONTRACT_OUT else _FEE


def _told(what: str, about: About) -> str:
    named = [f"{about.asset}{say_span(about.first, about.last)}", about.other]
    return f"{what}：{'，'.join(filter(None, named))}"[:MOST_SUMMARY]


def say_span(first: date, last: date) -> str:
    """Say a period briefly: a year, months, or from day to day."""
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return f"{first.isoformat()}至{last.isoformat()}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月"
    if first.month == 1 and last.month == _YEAR:
        return f"{first.year}年" if first.year == last.year else f"{first.year}—{last.year}年"
    until = f"{last.month}月" if first.year == last.year else f"{last.year}年{last.month}月"
    return f"{first.year}年{first.month}月至{until}"
