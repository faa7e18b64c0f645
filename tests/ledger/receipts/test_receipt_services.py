"""Receipts from entry to income: two persons, dues settled, each owner's part in the owner's own book, corrections."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import OwnerFact
from registry.database import db, transaction
from registry.errors import RegistryError
from registry.kinds import OwnerKind
from registry.ledger.books.models import Book, Posting, Voucher
from registry.ledger.operation.kinds import DueStatus
from registry.ledger.operation.periods import parse_period
from registry.ledger.operation.receipts.checking import approve_receipt
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, IncomeSum, Receipt
from registry.ledger.operation.receipts.queries import list_distributable, list_rows_of
from registry.ledger.operation.receipts.rules import (
    LooksEntered,
    MoreThanHeld,
    NotCorrectable,
    NotSubmitted,
    OwnReceipt,
    ReceiptFacts,
    ReceiptStatus,
)
from registry.ledger.operation.receipts.services import (
    correct_receipt,
    enter_receipt,
    send_back_receipt,
    withdraw_receipt,
)
from registry.ledger.operation.receipts.totals import list_sums
from registry.places.services import set_go_live
from tests.factories import COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, confirmed, person
from tests.ledger.receipts.receiving import (
    RENT_FEN,
    checked,
    due,
    entered_receipt,
    let,
    posted,
    rent,
)

YEAR = parse_period("2026")
TWO_VILLAGES = (
    OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", share_bp=6000, region_code=VILLAGE),
    OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "坪坝村股份经济合作社", share_bp=4000, region_code=SIBLING_VILLAGE),
)


def deeds() -> list[str]:
    """What was posted, in order."""
    return list(db.session.scalars(select(Voucher.deed).order_by(Voucher.id)))


def test_a_rent_is_checked_by_another_person_settles_its_due_and_stands_in_the_owners_book(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    receipt = entered_receipt(store, rent(contract_id=contract_id))
    assert (receipt.state, receipt.due_fen) == (ReceiptStatus.SUBMITTED, RENT_FEN)
    assert not list_rows_of(receipt.id)
    receipt = checked(receipt)
    (row,) = list_rows_of(receipt.id)
    assert (row.amount_fen, row.about, row.due_id) == (RENT_FEN, IncomeKind.RENT, due_ids[0])
    assert due(due_ids[0]).state is DueStatus.SETTLED
    assert deeds() == ["INCOME_DUE", "DUE_RECEIVED"]
    voucher = db.session.get_one(Voucher, row.voucher_id)
    assert (voucher.source_table, voucher.source_id) == ("receipt", receipt.id)
    accrued = db.session.scalars(select(Voucher.summary).order_by(Voucher.id)).first()
    assert accrued == "应收租金：中益冷链仓库2026年1月至3月，石柱冷链有限公司"
    assert voucher.summary == "收到租金：中益冷链仓库2026年1月至3月，石柱冷链有限公司"
    assert (voucher.made_by_id, voucher.checked_by_id) == (person("village_clerk").id, person("village_head").id)


def test_nobody_checks_their_own_receipt_and_none_is_checked_twice(any_app: Flask) -> None:
    receipt = entered_receipt(confirmed(), rent(), by="township_accountant")
    with pytest.raises(OwnReceipt):
        checked(receipt, by="township_accountant")
    checked(receipt)
    with pytest.raises(NotSubmitted):
        checked(receipt)
    assert db.session.scalar(select(func.count()).select_from(IncomeRow)) == 1


def test_one_payment_pays_three_quarters_begun_waits_for_the_fourth_and_keeps_the_rest(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    receipt = posted(store, rent(5 * RENT_FEN + 100, contract_id))
    found = [(row.about, row.amount_fen, row.due_id) for row in list_rows_of(receipt.id)]
    assert found == [
        *((IncomeKind.RENT, RENT_FEN, key) for key in due_ids[:4]),
        (IncomeKind.PREPAYMENT, RENT_FEN, due_ids[4]),
        (IncomeKind.PREPAYMENT, 100, None),
    ]
    assert {due(key).state for key in due_ids} == {DueStatus.SETTLED}
    earned = list_distributable(until=date(2026, 12, 31))
    assert sum(row.amount_fen for row in earned) == 4 * RENT_FEN
    assert list_distributable(until=date(2026, 11, 22)) == []


def test_part_payment_leaves_the_rest_owed(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    posted(store, rent(RENT_FEN // 3, contract_id))
    first = due(due_ids[0])
    assert (first.state, first.open_fen) == (DueStatus.PART, RENT_FEN - RENT_FEN // 3)


def test_a_joint_asset_pays_every_village_its_share_into_its_own_book_to_the_fen(any_app: Flask) -> None:
    plant = confirmed(owners=TWO_VILLAGES)
    contract_id, _ = let(plant, fen=1_000_001)
    receipt = posted(plant, rent(1_000_001, contract_id), by="village_clerk")
    rows = list_rows_of(receipt.id)
    assert sorted((row.region_code, row.amount_fen) for row in rows) == [(VILLAGE, 600_001), (SIBLING_VILLAGE, 400_000)]
    books = {book.region_code: book.id for book in db.session.scalars(select(Book))}
    for row in rows:
        assert db.session.get_one(Voucher, row.voucher_id).book_id == books[row.region_code]
    township = list_sums([TOWNSHIP], YEAR)
    assert [(one.kind, one.amount_fen) for one in township] == [(IncomeKind.RENT, 1_000_001)]
    assert list_sums([SIBLING_VILLAGE], YEAR)[0].amount_fen == 400_000


def test_every_voucher_of_a_receipt_balances(any_app: Flask) -> None:
    store = confirmed()
    contract_id, _ = let(store)
    posted(store, rent(2 * RENT_FEN, contract_id))
    debit, credit = db.session.execute(select(func.sum(Posting.debit_fen), func.sum(Posting.credit_fen))).one()
    assert debit == credit > 0


def test_a_correction_reverses_the_wrong_receipt_in_red_and_posts_the_right_one(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    wrong = posted(store, rent(RENT_FEN, contract_id))
    right = corrected(wrong, rent(RENT_FEN - 50_000, contract_id))
    assert db.session.get_one(Receipt, wrong.id).state is ReceiptStatus.POSTED
    checked(right)
    assert db.session.get_one(Receipt, wrong.id).state is ReceiptStatus.REVERSED
    first, red = list_rows_of(wrong.id)
    assert (red.reverses_id, red.amount_fen, red.received_on) == (first.id, -RENT_FEN, first.received_on)
    assert db.session.get_one(Voucher, red.voucher_id).reverses_id == first.voucher_id
    assert due(due_ids[0]).open_fen == 50_000
    assert sum(row.amount_fen for row in list_distributable(until=date(2026, 12, 31))) == RENT_FEN - 50_000
    assert list_sums([VILLAGE], YEAR)[0].amount_fen == RENT_FEN - 50_000
    assert deeds() == ["INCOME_DUE", "DUE_RECEIVED", "DUE_RECEIVED", "DUE_RECEIVED"]


def test_a_receipt_is_corrected_once_and_its_correction_again(any_app: Flask) -> None:
    store = confirmed()
    wrong = posted(store, rent())
    nothing = checked(corrected(wrong, rent(0)))
    assert not list_rows_of(nothing.id)
    with pytest.raises(NotCorrectable):
        corrected(db.session.get_one(Receipt, wrong.id), rent(5))
    assert sum(row.amount_fen for row in list_distributable(until=date(2026, 12, 31))) == 0


def corrected(wrong: Receipt, facts: ReceiptFacts, reason: str = "金额看错") -> Receipt:
    key, region, asset_id, by = wrong.id, wrong.region_code, wrong.asset_id, person("village_clerk")
    with transaction(region):
        found, asset = db.session.get_one(Receipt, key), db.session.get_one(Asset, asset_id)
        return correct_receipt(found, asset, facts, reason, by=by, on=TODAY)


def test_the_same_money_is_not_entered_twice_unless_somebody_says_it_is_other_money(any_app: Flask) -> None:
    store = confirmed()
    entered_receipt(store, rent())
    with pytest.raises(LooksEntered):
        entered_receipt(store, rent())
    other = entered_receipt(store, rent(), twice=True)
    assert other.is_twice
    entered_receipt(store, rent(RENT_FEN + 1))


def test_a_receipt_sent_back_or_taken_back_counts_for_nothing(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    receipt = entered_receipt(store, rent(contract_id=contract_id))
    key, head, clerk = receipt.id, person("village_head"), person("village_clerk")
    with transaction(VILLAGE):
        send_back_receipt(db.session.get_one(Receipt, key), "凭证看不清", by=head)
    with pytest.raises(NotSubmitted):
        checked(db.session.get_one(Receipt, key))
    with transaction(VILLAGE):
        withdraw_receipt(db.session.get_one(Receipt, key), by=clerk)
    assert due(due_ids[0]).open_fen == RENT_FEN
    entered_receipt(store, rent(contract_id=contract_id))


def test_what_a_household_or_company_earns_is_noted_and_in_no_total(any_app: Flask) -> None:
    private = confirmed(owners=(OwnerFact(OwnerKind.ENTERPRISE, "石柱冷链有限公司"),))
    receipt = posted(private, rent(kind=IncomeKind.OTHER))
    assert receipt.state is ReceiptStatus.NOTED
    assert deeds() == []
    assert not list_rows_of(receipt.id)
    assert db.session.scalar(select(func.count()).select_from(IncomeSum)) == 0


def test_income_older_than_the_books_settles_its_due_and_is_not_posted(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    by = person("county_clerk")
    with transaction(COUNTY):
        set_go_live(COUNTY, date(2026, 6, 1), basis="test", by=by)
    receipt = posted(store, rent(contract_id=contract_id, received_on=date(2026, 2, 1)))
    (row,) = list_rows_of(receipt.id)
    assert (row.basis, row.voucher_id) == ("LEGACY", None)
    assert due(due_ids[0]).state is DueStatus.SETTLED
    assert deeds() == []
    assert list_distributable(until=date(2026, 12, 31)) == []


def test_a_deposit_is_held_given_back_and_never_more_than_that(any_app: Flask) -> None:
    store = confirmed()
    contract_id, _ = let(store)
    posted(store, rent(500_000, contract_id, kind=IncomeKind.DEPOSIT_TAKEN))
    with pytest.raises(MoreThanHeld):
        entered_receipt(store, rent(500_001, contract_id, kind=IncomeKind.DEPOSIT_RETURNED))
    receipt = posted(store, rent(500_000, contract_id, kind=IncomeKind.DEPOSIT_RETURNED), twice=True)
    assert [row.amount_fen for row in list_rows_of(receipt.id)] == [-500_000]
    assert deeds() == ["DEPOSIT_TAKEN", "DEPOSIT_RETURNED"]
    assert list_distributable(until=date(2026, 12, 31)) == []


def test_goods_that_pay_a_due_are_not_income_twice(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    posted(store, rent(contract_id=contract_id, kind=IncomeKind.IN_KIND, goods="大米 3000 公斤，按市场价"))
    assert deeds() == ["INCOME_DUE", "DUE_IN_KIND"]
    assert due(due_ids[0]).state is DueStatus.SETTLED


def test_a_contract_of_another_asset_is_refused(any_app: Flask) -> None:
    store, other = confirmed(), confirmed(name="屋顶光伏电站")
    contract_id, _ = let(store)
    with pytest.raises(RegistryError) as refused:
        entered_receipt(other, rent(contract_id=contract_id))
    assert refused.value.field == "contract_id"


def test_a_failed_check_leaves_nothing_behind(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    receipt = entered_receipt(store, rent(contract_id=contract_id))
    key, head = receipt.id, person("village_head")
    with pytest.raises(ZeroDivisionError), transaction(VILLAGE):
        approve_receipt(db.session.get_one(Receipt, key), by=head, on=TODAY)
        1 / 0  # noqa: B018 - anything that goes wrong before the end
    assert deeds() == []
    assert due(due_ids[0]).open_fen == RENT_FEN
    assert db.session.get_one(Receipt, key).state is ReceiptStatus.SUBMITTED


def test_an_asset_that_is_not_confirmed_earns_nothing_yet(any_app: Flask) -> None:
    from tests.factories import entered

    card = entered()
    key, by = card.id, person("village_clerk")
    with pytest.raises(RegistryError), transaction(VILLAGE):
        enter_receipt(db.session.get_one(Asset, key), rent(), by=by, on=TODAY)
