"""A voucher made by hand is a deed, checked by another person; what is posted is what was checked."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.database import db, transaction
from registry.kinds import Category, OwnerKind
from registry.ledger.books.accounts import ChartVersion
from registry.ledger.books.drafts.rules import (
    MANUAL,
    AccountUnknown,
    AssetNeeded,
    CostUnclear,
    DraftChanged,
    NotByHand,
    NotOwnDraft,
    NotTheirAsset,
    NotWaiting,
    PayeeUnknown,
    deeds_for,
    places_of,
)
from registry.ledger.books.drafts.services import (
    change_draft,
    check_draft,
    facts_of,
    make_reversal,
    send_back,
    withdraw,
)
from registry.ledger.books.entries import BookDeed, Line
from registry.ledger.books.models import Voucher, VoucherDraft
from registry.ledger.books.queries import is_reversed, list_postings
from registry.ledger.books.rules import NotBalanced, ReversalWaits, SamePerson
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.ledger.books.keeping import book_of, checked, drafted, facts, posted


def test_a_draft_is_posted_by_another_person_as_it_was_made(any_app: Flask) -> None:
    draft = drafted(book_of().id)
    voucher = checked(draft.id)
    assert [(one.account, one.debit_fen, one.credit_fen) for one in list_postings(voucher)] == [
        ("513", 80_00, 0), ("102", 0, 80_00),
    ]  # fmt: skip
    assert (voucher.source_table, voucher.source_id) == ("voucher_draft", draft.id)
    assert "Village Clerk" in voucher.made_by_text
    assert "Village Head" in voucher.checked_by_text


def test_nobody_checks_or_sends_back_their_own_draft(any_app: Flask) -> None:
    draft = drafted(book_of().id, by="township_accountant")
    with pytest.raises(SamePerson):
        checked(draft.id, by="township_accountant")
    with pytest.raises(SamePerson), transaction(VILLAGE):
        send_back(db.session.get_one(VoucherDraft, draft.id), "不对", by=person("township_accountant"))
    assert db.session.scalar(select(func.count()).select_from(Voucher)) == 0


def test_a_draft_is_sent_back_mended_and_posted_once(any_app: Flask) -> None:
    draft_id = drafted(book_of().id).id
    with transaction(VILLAGE):
        send_back(db.session.get_one(VoucherDraft, draft_id), "金额与发票不符", by=person("village_head"))
    with pytest.raises(NotWaiting):
        checked(draft_id)
    with transaction(VILLAGE):
        change_draft(db.session.get_one(VoucherDraft, draft_id), facts(amount_fen=90_00),
                     by=person("village_clerk"), on=TODAY)  # fmt: skip
    assert checked(draft_id).debit_fen == 90_00
    with pytest.raises(NotWaiting):
        checked(draft_id)


def test_only_the_maker_changes_and_withdraws(any_app: Flask) -> None:
    draft_id = drafted(book_of().id).id
    with pytest.raises(NotOwnDraft), transaction(VILLAGE):
        withdraw(db.session.get_one(VoucherDraft, draft_id), by=person("township_clerk"))
    with transaction(VILLAGE):
        withdraw(db.session.get_one(VoucherDraft, draft_id), by=person("village_clerk"))
    with pytest.raises(NotWaiting):
        checked(draft_id)


def test_what_changed_after_it_was_looked_at_is_not_posted(any_app: Flask) -> None:
    draft_id = drafted(book_of().id).id
    with transaction(VILLAGE):
        change_draft(db.session.get_one(VoucherDraft, draft_id), facts(amount_fen=1), by=person("village_clerk"),
                     on=TODAY, seen=1)  # fmt: skip
    with pytest.raises(DraftChanged), transaction(VILLAGE):
        check_draft(db.session.get_one(VoucherDraft, draft_id), by=person("village_head"), on=TODAY, seen=1)


def test_a_wrong_voucher_is_undone_by_two_persons_once(any_app: Flask) -> None:
    voucher = posted(book_of().id)
    with transaction(VILLAGE):
        red = make_reversal(db.session.get_one(Voucher, voucher.id), "记错村", by=person("village_clerk"), on=TODAY)
    with pytest.raises(ReversalWaits), transaction(VILLAGE):
        make_reversal(db.session.get_one(Voucher, voucher.id), "再冲", by=person("village_clerk"), on=TODAY)
    undone = checked(red.id)
    assert undone.reverses_id == voucher.id
    assert undone.summary == f"冲销 {voucher.label}：记错村"
    assert is_reversed(db.session.get_one(Voucher, voucher.id))


def test_a_deed_that_names_an_asset_takes_its_category_from_it(any_app: Flask) -> None:
    asset = confirmed()
    book = book_of()
    asset_no, asset_id = asset.asset_no, asset.id
    voucher = checked(drafted(book.id, facts(BookDeed.CUSTODY_COST, asset_no=asset_no)).id)
    line = list_postings(voucher)[0]
    assert (line.account, line.asset_id) == ("511", asset_id)
    voucher = checked(drafted(book.id, facts(BookDeed.CUSTODY_COST, category=Category.PUBLIC_WELFARE)).id)
    assert list_postings(voucher)[0].account == "514"


def test_lines_are_typed_only_where_no_deed_fits(any_app: Flask) -> None:
    book = book_of()
    lines = (Line("111", "", 500, 0), Line("102", "", 0, 500))
    voucher = checked(drafted(book.id, facts(BookDeed.TYPED, 0, lines=lines)).id)
    assert [one.account for one in list_postings(voucher)] == ["111", "102"]
    with pytest.raises(NotBalanced):
        drafted(book.id, facts(BookDeed.TYPED, 0, lines=(lines[0], replace(lines[1], credit_fen=400))))
    with pytest.raises(AccountUnknown):
        drafted(book.id, facts(BookDeed.TYPED, 0, lines=(lines[0], replace(lines[1], account="999"))))


@pytest.mark.parametrize(
    ("filled", "error"),
    [
        (facts(BookDeed.INCOME_RECEIVED), NotByHand),
        (facts(BookDeed.DISTRIBUTION_DUE), NotByHand),
        (facts(BookDeed.GRANT_COMPLETED), AssetNeeded),
        (facts(BookDeed.CUSTODY_COST), CostUnclear),
        (facts(asset_no="500240213203J201900001X"), NotTheirAsset),
    ],
)
def test_a_draft_says_what_is_missing(app: Flask, filled: object, error: type[Exception]) -> None:
    book = book_of()
    with pytest.raises(error):
        drafted(book.id, filled)  # type: ignore[arg-type]
    assert db.session.scalar(select(func.count()).select_from(VoucherDraft)) == 0


def test_money_is_passed_on_to_a_named_collective_only(app: Flask) -> None:
    village, township = book_of(), book_of("中益乡人民政府", OwnerKind.TOWNSHIP)
    with pytest.raises(PayeeUnknown):
        drafted(township.id, facts(BookDeed.PASSED_ON, payee="无此村"))
    draft = drafted(township.id, facts(BookDeed.PASSED_ON, payee="华溪村股份经济合作社"))
    lines = list_postings(checked(draft.id))
    assert [one.account for one in lines] == ["B11", "B01"]
    assert {one.party_id for one in lines} == {village.party_id}


@pytest.mark.parametrize("deed", [one for one in MANUAL if one in deeds_for(ChartVersion.C2024)])
def test_what_was_filled_in_can_be_read_back(app: Flask, deed: BookDeed) -> None:
    asset_no = confirmed().asset_no
    lines = (Line("111", "", 500, 0), Line("102", "", 0, 500))
    filled = facts(deed, 500, asset_no=asset_no, use="测试", lines=lines if deed is BookDeed.TYPED else ())
    back = facts_of(db.session.get_one(VoucherDraft, drafted(book_of().id, filled).id))
    assert replace(back, category=None, lines=()) == replace(filled, lines=())


def test_a_book_offers_only_what_its_chart_holds() -> None:
    public, village = set(deeds_for(ChartVersion.MEMORANDUM)), set(deeds_for(ChartVersion.C2024))
    assert public == {BookDeed.TREASURY_PAID, BookDeed.PASSED_ON, BookDeed.TYPED}
    assert village == set(MANUAL) - {BookDeed.TREASURY_PAID, BookDeed.PASSED_ON}
    codes = [code for code, _ in places_of(ChartVersion.C2024)]
    assert {"102", "211-DEPOSIT", "322-DISTRIBUTED", "311-DISPOSAL_FUND"} <= set(codes)
