"""A book begins with what the cards say and what was typed, and follows the cards from then on."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from registry.assets.register.cards.models import Asset
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.registration import FundingFact, OwnerFact, PartialDate
from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.ledger.books.drafts.services import make_reversal
from registry.ledger.books.entries import Line
from registry.ledger.books.models import Book, Voucher, VoucherDraft
from registry.ledger.books.opening.queries import find_opening, list_differences, list_without_book, opening_cards
from registry.ledger.books.opening.rules import Difference, DraftWaits, NothingDiffers, OpeningDone, OpeningTooLate
from registry.ledger.books.opening.services import propose_assets, propose_opening
from registry.ledger.books.queries import balance
from registry.ledger.books.rules import NotBalanced, month_of
from registry.ledger.books.services import KeepsNoBook, open_book
from registry.parties.models import Party
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.ledger.books.keeping import book_of, checked, closed_until

NEW_YEAR = date(2026, 1, 1)
BANK = (Line("102", "", 500_000_00, 0), Line("322", "UNDISTRIBUTED", 0, 500_000_00))


def opened_with(book_id: int, typed: tuple[Line, ...] = BANK) -> VoucherDraft:
    with transaction(VILLAGE):
        return propose_opening(db.session.get_one(Book, book_id), typed, by=person("village_clerk"), on=TODAY)


def followed(book_id: int, difference: Difference, booked_on: date = TODAY) -> VoucherDraft:
    with transaction(VILLAGE):
        book = db.session.get_one(Book, book_id)
        return propose_assets(book, difference, booked_on, by=person("village_clerk"), on=TODAY)


def worn(asset: Asset, on: date) -> int:
    return asset.original_value_fen - asset.net_value_fen(on)


def test_opening_balances_are_the_cards_and_what_was_typed(any_app: Flask) -> None:
    asset = confirmed()
    wear, value = worn(asset, NEW_YEAR), asset.original_value_fen
    book_id = book_of().id
    voucher = checked(opened_with(book_id).id)
    held = {code: balance(book_id, code, None, NEW_YEAR) for code in ("102", "151", "152", "311", "322")}
    assert held == {"102": 500_000_00, "151": value, "152": -wear, "311": wear - value, "322": -500_000_00}
    assert voucher.booked_on == NEW_YEAR
    assert list_differences(db.session.get_one(Book, book_id), TODAY) == []


def test_opening_balances_balance_and_are_entered_once(any_app: Flask) -> None:
    book_id = book_of().id
    with pytest.raises(NotBalanced):
        opened_with(book_id, (BANK[0], replace(BANK[1], credit_fen=1)))
    draft = opened_with(book_id)
    with pytest.raises(DraftWaits):
        opened_with(book_id)
    voucher = checked(draft.id)
    with pytest.raises(OpeningDone):
        opened_with(book_id)
    with transaction(VILLAGE):
        red = make_reversal(db.session.get_one(Voucher, voucher.id), "漏录", by=person("village_clerk"), on=TODAY)
    checked(red.id)
    assert find_opening(db.session.get_one(Book, book_id)) is None
    checked(opened_with(book_id).id)


def test_opening_balances_come_before_the_first_month_is_closed(app: Flask) -> None:
    book_id = book_of().id
    closed_until(book_id, month_of(NEW_YEAR))
    with pytest.raises(OpeningTooLate):
        opened_with(book_id)


def test_what_was_acquired_later_is_taken_on_later(any_app: Flask) -> None:
    book_id = book_of().id
    late = confirmed(name="新建冷库", acquired=PartialDate(date(2026, 4, 1)), in_use_on=date(2026, 4, 2))
    number, value = late.asset_no, late.original_value_fen
    assert opening_cards(db.session.get_one(Book, book_id)) == []
    found = list_differences(db.session.get_one(Book, book_id), TODAY)
    assert [(one.asset_no, one.difference) for one in found] == [(number, Difference.NEW)]
    draft = followed(book_id, Difference.NEW)
    with pytest.raises(DraftWaits):
        followed(book_id, Difference.NEW)
    checked(draft.id)
    assert balance(book_id, "151", None, TODAY) == value
    with pytest.raises(NothingDiffers):
        followed(book_id, Difference.NEW)


def test_each_owner_of_a_joint_asset_takes_on_its_share(any_app: Flask) -> None:
    owners = (
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", share_bp=3333),
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "坪坝村股份经济合作社", share_bp=6667),
    )
    confirmed(owners=owners, original_value_fen=100, funding=(
        FundingFact(FundingSource.POVERTY_FUND, 100, FundingLevel.CENTRAL, 2019, "1号"),))  # fmt: skip
    held = []
    for name in ("华溪村股份经济合作社", "坪坝村股份经济合作社"):
        book_id = book_of(name).id
        checked(followed(book_id, Difference.NEW).id)
        held.append(balance(book_id, "151", None, TODAY))
    assert held == [33, 67]


def test_owners_without_a_book_are_offered_and_households_never(any_app: Flask) -> None:
    confirmed()
    clerk = person("village_clerk")
    assert [one.name for one in list_without_book(clerk)] == ["华溪村股份经济合作社"]
    party_id = list_without_book(clerk)[0].id
    with transaction(VILLAGE):
        open_book(db.session.get_one(Party, party_id), by=person("village_clerk"), on=TODAY)
    assert list_without_book(person("village_clerk")) == []
    with pytest.raises(KeepsNoBook):
        book_of("王五", OwnerKind.ENTERPRISE)
