"""What vouchers of income say."""

from datetime import date

import pytest

from registry.assets.register.categories import OperatingMode
from registry.ledger.books.entries import BookDeed
from registry.ledger.operation.kinds import DueKind
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.wording import MOST_SUMMARY, About, given_up, owed, received, say_span

STORE = About("中益冷链仓库", "石柱县鲜达冷链物流有限公司", date(2026, 1, 1), date(2026, 12, 31))
FIELD = About("黄精种植基地", "益农合作社", date(2026, 3, 1), date(2027, 2, 28), OperatingMode.CONTRACT_OUT)


@pytest.mark.parametrize(
    ("deed", "kind", "about", "said"),
    [
        ("DUE_RECEIVED", "RENT", STORE, "收到租金：中益冷链仓库2026年，石柱县鲜达冷链物流有限公司"),
        ("DUE_RECEIVED", "RENT", FIELD, "收到承包费：黄精种植基地2026年3月至2027年2月，益农合作社"),
        ("INCOME_RECEIVED", "PV_SETTLEMENT", STORE, "收到光伏发电结算：中益冷链仓库2026年，石柱县鲜达冷链物流有限公司"),
        ("PREPAID", "PREPAYMENT", STORE, "预收款项：中益冷链仓库2026年，石柱县鲜达冷链物流有限公司"),
        ("PREPAID_APPLIED", "RENT", STORE, "预收款冲抵应收款：中益冷链仓库2026年，石柱县鲜达冷链物流有限公司"),
        ("DEPOSIT_RETURNED", "DEPOSIT_RETURNED", STORE, "退还押金：中益冷链仓库2026年，石柱县鲜达冷链物流有限公司"),
    ],
)  # fmt: skip
def test_a_receipt_says_what_came_in_for_which_asset_and_from_whom(
    deed: str, kind: str, about: About, said: str
) -> None:
    assert received(BookDeed(deed), IncomeKind(kind), about) == said


def test_a_due_and_a_debt_given_up_say_so() -> None:
    assert owed(DueKind.RENT, FIELD) == "应收承包费：黄精种植基地2026年3月至2027年2月，益农合作社"
    assert given_up(DueKind.RENT, STORE, "山洪冲毁") == (
        "核销租金：中益冷链仓库2026年，石柱县鲜达冷链物流有限公司：山洪冲毁"
    )


def test_nobody_named_leaves_no_comma_and_every_kind_fits_a_voucher() -> None:
    unnamed = About("电商服务站", "", date(2026, 10, 1), date(2026, 10, 31))
    assert received(BookDeed.INCOME_RECEIVED, IncomeKind.SELF_RUN, unnamed) == "收到自营盈余：电商服务站2026年10月"
    long = About("仓" * 150, "司" * 80, date(2026, 1, 5), date(2026, 2, 3))
    told = [received(BookDeed.INCOME_RECEIVED, kind, long) for kind in IncomeKind]
    told += [owed(kind, long) for kind in DueKind] + [given_up(kind, long, "因" * 500) for kind in DueKind]
    assert max(map(len, told)) == MOST_SUMMARY


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (date(2025, 1, 1), date(2026, 12, 31), "2025—2026年"),
        (date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        (date(2026, 7, 1), date(2026, 9, 30), "2026年7月至9月"),
        (date(2026, 7, 16), date(2027, 1, 15), "2026-07-16至2027-01-15"),
    ],
)
def test_a_period_is_said_briefly(first: date, last: date, said: str) -> None:
    assert say_span(first, last) == said
