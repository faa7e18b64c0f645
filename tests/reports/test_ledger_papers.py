"""Papers of the ledger say exactly what stands in its rows on a day, and what they show of persons is masked."""

from datetime import date, timedelta

import pytest
from flask import Flask

from registry.assets.register.cards.models import Asset
from registry.database import db, transaction
from registry.errors import Missing
from registry.kinds import OwnerKind
from registry.ledger.books.models import Voucher
from registry.ledger.books.services import reverse
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.reports import (
    account_ledger,
    arrears_ledger,
    contract_register,
    fund_account,
    income_ledger,
    journal,
    trial_balance,
    voucher_sheet,
)
from registry.reports.arrears_ledger import DueLine
from registry.reports.owing import period_text
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.trial_balance import sums_of
from registry.reports.voucher_sheet import NoVouchers
from tests.factories import SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.ledger.books.keeping import CLERK, HEAD, book_of, closed, made_by, reopened
from tests.ledger.books.keeping import posted as booked
from tests.ledger.payout.paying import released
from tests.ledger.receipts.receiving import RENT_FEN, let, posted, rent

YESTERDAY = TODAY - timedelta(days=1)
#: Names and numbers of the household of tests that no public paper holds.
SECRET = ("谭正国", "向素珍", "谭小军", "62170037", "13996057184")


def clerk_reads(module: object, on: date = TODAY, parameters: Parameters = NOTHING, region: str = VILLAGE) -> object:
    return module.collect(region, parameters, actor=person(CLERK), on=on)  # type: ignore[attr-defined]


def undone(voucher_id: int) -> Voucher:
    with transaction(VILLAGE):
        voucher = db.session.get_one(Voucher, voucher_id)
        return reverse(voucher, "金额录错", made_by=made_by(), by=person(HEAD), on=TODAY)


def reversed_book() -> tuple[int, int]:
    """A book with rent of January and of today, the second reversed; its id and that of the reversed voucher."""
    book_id = book_of().id
    booked(book_id, 500_00, booked_on=date(2026, 1, 31))
    voucher_id = booked(book_id, 100_00, booked_on=TODAY).id
    undone(voucher_id)
    return book_id, voucher_id


def test_a_journal_has_every_line_of_every_voucher_and_reversals_in_red(any_app: Flask) -> None:
    reversed_book()
    figures = journal.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY)
    lines = figures.books[0].lines
    assert [(one.voucher, one.code, one.debit_fen, one.credit_fen, one.is_red) for one in lines] == [
        ("记-2026-0001", "102", 500_00, None, False),
        ("记-2026-0001", "501", None, 500_00, False),
        ("记-2026-0002", "102", 100_00, None, False),
        ("记-2026-0002", "501", None, 100_00, False),
        ("记-2026-0003", "102", -100_00, None, True),
        ("记-2026-0003", "501", None, -100_00, True),
    ]
    assert {(one.maker, one.checker) for one in lines} == {(person(CLERK).name, person(HEAD).name)}
    assert figures.books[0].name == "华溪村股份经济合作社"
    before = journal.collect(VILLAGE, NOTHING, actor=person(CLERK), on=YESTERDAY)
    assert len(before.books[0].lines) == 2


def test_a_book_is_printed_alone_and_never_for_a_neighbour(any_app: Flask) -> None:
    book_id = book_of().id
    book_of("偏岩坝组", OwnerKind.GROUP_COLLECTIVE)
    of_one = Parameters(book_id=book_id)
    assert len(journal.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY).books) == 2
    assert len(journal.collect(VILLAGE, of_one, actor=person(CLERK), on=TODAY).books) == 1
    for region, reader in ((SIBLING_VILLAGE, "sibling_clerk"), (TOWNSHIP, CLERK)):
        with pytest.raises(Missing):
            journal.collect(region, of_one, actor=person(reader), on=TODAY)


def test_an_account_begins_with_last_year_and_names_the_other_side(any_app: Flask) -> None:
    reversed_book()
    accounts = account_ledger.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY).accounts
    assert [(one.code, one.opening_fen, len(one.entries)) for one in accounts] == [("102", 0, 3), ("501", 0, 3)]
    assert [one.against for one in accounts[0].entries] == ["经营收入"] * 3
    assert [one.is_red for one in accounts[0].entries] == [False, False, True]
    next_year = account_ledger.collect(VILLAGE, NOTHING, actor=person(CLERK), on=date(2027, 1, 5)).accounts
    assert [(one.code, one.opening_fen, one.entries) for one in next_year] == [
        ("102", 500_00, ()),
        ("501", -500_00, ()),
    ]


def test_a_trial_balance_of_a_day_leaves_out_what_came_after_it(any_app: Flask) -> None:
    reversed_book()
    for on, moved in ((TODAY, (0, 0)), (YESTERDAY, (0, 0)), (date(2026, 1, 31), (500_00, 500_00))):
        (book,) = trial_balance.collect(VILLAGE, NOTHING, actor=person(CLERK), on=on).books
        sums = sums_of(book)
        assert sums[2:4] == moved
        assert sums[6] == sums[7] == 500_00
    assert [line.code for line in book.lines] == ["102", "501"]


def test_a_month_within_which_more_was_booked_later_is_cut_at_the_day(any_app: Flask) -> None:
    book_id = book_of().id
    booked(book_id, 300_00, booked_on=date(2026, 11, 2))
    booked(book_id, 40_00, booked_on=TODAY)
    (before,) = trial_balance.collect(VILLAGE, NOTHING, actor=person(CLERK), on=YESTERDAY).books
    (now,) = trial_balance.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY).books
    assert (sums_of(before)[2], sums_of(now)[2]) == (300_00, 340_00)
    assert (sums_of(before)[4], sums_of(now)[4]) == (300_00, 340_00)


def test_a_reopened_month_stands_on_the_trial_balance_of_it_and_of_later_ones(any_app: Flask) -> None:
    book_id = book_of().id
    january = date(2026, 1, 31)
    closed(book_id, 2026 * 12)
    (shut,) = trial_balance.collect(VILLAGE, NOTHING, actor=person(CLERK), on=january).books
    reopened(book_id, 2026 * 12)
    (opened,) = trial_balance.collect(VILLAGE, NOTHING, actor=person(CLERK), on=january).books
    (before,) = trial_balance.collect(VILLAGE, NOTHING, actor=person(CLERK), on=date(2025, 12, 31)).books
    assert (shut.state, shut.reopened) == ("已结账", ())
    assert opened.state == "未结账"
    assert len(opened.reopened) == 1
    assert opened.reopened[0].startswith("2026-01 结账后又反结账")
    assert before.reopened == ()


def test_a_voucher_names_maker_checker_and_what_reversed_it(any_app: Flask) -> None:
    book_id, voucher_id = reversed_book()
    one = voucher_sheet.collect(VILLAGE, Parameters(voucher_id=voucher_id), actor=person(CLERK), on=TODAY).vouchers
    assert [(each.number, each.reversed_by, each.reversal) for each in one] == [("记-2026-0002", "记-2026-0003", "")]
    month = voucher_sheet.collect(VILLAGE, Parameters(book_id=book_id), actor=person(CLERK), on=TODAY).vouchers
    assert [(each.number, each.reversal) for each in month] == [("记-2026-0002", ""), ("记-2026-0003", "记-2026-0002")]
    with pytest.raises(NoVouchers):
        voucher_sheet.collect(VILLAGE, Parameters(book_id=book_id), actor=person(CLERK), on=date(2026, 3, 31))
    for parameters in (NOTHING, Parameters(voucher_id=999)):
        with pytest.raises(Missing):
            voucher_sheet.collect(VILLAGE, parameters, actor=person(CLERK), on=TODAY)


def test_a_fund_shows_what_plans_extracted_and_nothing_of_other_accounts(any_app: Flask) -> None:
    released()
    funds = fund_account.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY).funds
    taken = [entry for fund in funds for entry in fund.entries if entry.cause == "提取公积公益金"]
    assert sum(entry.in_fen or 0 for entry in taken) == 200_000
    assert {fund.name.split()[0] for fund in funds} == {"311"}


def quarters_paid() -> tuple[Asset, int]:
    """A cold store let, its first quarter paid today; the asset and the contract."""
    asset = confirmed()
    contract_id, _ = let(asset)
    posted(asset, rent(contract_id=contract_id))
    return asset, contract_id


def test_an_income_ledger_has_each_owners_part_with_its_voucher(any_app: Flask) -> None:
    asset, contract_id = quarters_paid()
    posted(asset, rent(50_000, contract_id, kind=IncomeKind.DEPOSIT_TAKEN))
    own, reported = income_ledger.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY).parts
    told_of = [(one.number, one.kind, one.income_fen, one.passing_fen, one.earned, one.is_red) for one in own.lines]
    assert told_of == [
        (asset.asset_no, "租金、承包费", RENT_FEN, None, "2026-01～03", False),
        (asset.asset_no, "收取押金", None, 50_000, "2026-10～12", False),
    ]
    assert {(one.owner, one.payer, one.village_name) for one in own.lines} == {
        ("华溪村股份经济合作社", "石柱冷链有限公司", "华溪村")
    }
    assert all(one.voucher.startswith("记-2026-") for one in own.lines)
    assert reported.lines == ()
    assert income_ledger.collect(VILLAGE, NOTHING, actor=person(CLERK), on=YESTERDAY).parts[0].lines == ()


def test_dues_stand_as_they_stood_on_the_day(any_app: Flask) -> None:
    quarters_paid()
    now = arrears_ledger.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY).lines
    before = arrears_ledger.collect(VILLAGE, NOTHING, actor=person(CLERK), on=YESTERDAY).lines
    assert [(one.due_on, one.received_fen, one.owed_fen) for one in now] == [
        ("2026-01-01", RENT_FEN, 0), ("2026-04-01", 0, RENT_FEN), ("2026-07-01", 0, RENT_FEN),
        ("2026-10-01", 0, RENT_FEN),
    ]  # fmt: skip
    assert [one.received_fen for one in before] == [0, 0, 0, 0]
    assert isinstance(now[0], DueLine)
    assert now[0].late_class == ""
    assert now[1].days_late == (TODAY - date(2026, 4, 1)).days
    assert now[1].late_class in {"书面催收", "乡镇督办"}


def test_last_years_debts_stay_on_the_ledger_and_what_was_paid_does_not(any_app: Flask) -> None:
    quarters_paid()
    lines = arrears_ledger.collect(VILLAGE, NOTHING, actor=person(CLERK), on=date(2027, 1, 1)).lines
    assert [one.due_on for one in lines] == ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01"]


def test_a_register_of_contracts_says_what_came_and_what_is_owed(any_app: Flask) -> None:
    asset, _ = quarters_paid()
    (line,) = contract_register.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY).lines
    assert (line.assets, line.operator, line.mode, line.phase) == (asset.name, "石柱冷链有限公司", "出租", "履行中")
    assert (line.due_fen, line.received_fen, line.owed_fen) == (4 * RENT_FEN, RENT_FEN, 3 * RENT_FEN)
    assert contract_register.collect(VILLAGE, NOTHING, actor=person(CLERK), on=date(2025, 12, 1)).lines == ()
    (over,) = contract_register.collect(VILLAGE, NOTHING, actor=person(CLERK), on=date(2029, 1, 1)).lines
    assert over.phase == "已到期未了结"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [(date(2026, 1, 1), date(2026, 1, 31), "2026-01"), (date(2026, 1, 1), date(2026, 3, 31), "2026-01～03"),
     (date(2025, 11, 1), date(2026, 1, 31), "2025-11～2026-01")],
)  # fmt: skip
def test_months_are_said_shortly(first: date, last: date, text: str) -> None:
    assert period_text(first, last) == text
