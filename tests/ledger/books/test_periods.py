"""Months are closed in order by two persons; what is closed stays closed until a level above opens it again."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.models import Book, BookPeriod, Reopening, Voucher
from registry.ledger.books.opening.rules import Difference
from registry.ledger.books.opening.services import propose_assets
from registry.ledger.books.periods.queries import held_assets
from registry.ledger.books.periods.rules import (
    AlreadyAnswered,
    ChangedSinceBegun,
    NotAbove,
    NotBegun,
    OpinionMissing,
    ReopeningWaits,
)
from registry.ledger.books.periods.services import answer_reopening, ask_reopening, begin_close, close_period
from registry.ledger.books.queries import balance, find_period, list_reopenings, trial_balance
from registry.ledger.books.rules import (
    DraftsWait,
    NotLastClosed,
    NotNextToClose,
    NotOver,
    PeriodClosed,
    PeriodState,
    SamePerson,
    month_of,
)
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.ledger.books.keeping import book_of, checked, closed, closed_until, drafted, facts, posted, reopened

JANUARY = month_of(date(2026, 1, 1))
DECEMBER = JANUARY + 11
NEXT_YEAR = date(2027, 1, 20)


def a_book() -> int:
    return book_of().id


def test_months_are_closed_in_order_when_they_are_over(any_app: Flask) -> None:
    book_id = a_book()
    with pytest.raises(NotNextToClose):
        closed(book_id, JANUARY + 1)
    closed(book_id, JANUARY)
    with pytest.raises(NotNextToClose):
        closed(book_id, JANUARY)
    closed_until(book_id, month_of(TODAY) - 1)
    with pytest.raises(NotOver):
        closed(book_id, month_of(TODAY))
    assert db.session.get_one(Book, book_id).closed_month == month_of(TODAY) - 1


def test_a_closed_month_takes_no_voucher(any_app: Flask) -> None:
    book_id = a_book()
    closed_until(book_id, JANUARY + 1)
    for day in (date(2026, 1, 31), date(2026, 2, 28)):
        with pytest.raises(PeriodClosed):
            posted(book_id, booked_on=day)
    assert posted(book_id, booked_on=date(2026, 3, 1)).number == 1


def test_two_persons_close_and_what_was_asked_is_what_is_closed(any_app: Flask) -> None:
    book_id = a_book()
    with pytest.raises(NotBegun), transaction(VILLAGE):
        close_period(db.session.get_one(Book, book_id), JANUARY, by=person("village_head"), on=TODAY)
    with pytest.raises(SamePerson):
        closed(book_id, JANUARY, begun_by="township_accountant", by="township_accountant")
    with transaction(VILLAGE):
        begin_close(db.session.get_one(Book, book_id), JANUARY, by=person("village_clerk"), on=TODAY)
    posted(book_id, booked_on=date(2026, 1, 9))
    with pytest.raises(ChangedSinceBegun), transaction(VILLAGE):
        close_period(db.session.get_one(Book, book_id), JANUARY, by=person("village_head"), on=TODAY)
    assert closed(book_id, JANUARY).stage is PeriodState.CLOSED


def test_a_month_is_not_closed_over_a_draft_that_waits(any_app: Flask) -> None:
    book_id = a_book()
    draft = drafted(book_id, facts(booked_on=date(2026, 1, 9)))
    with pytest.raises(DraftsWait):
        closed(book_id, JANUARY)
    checked(draft.id)
    closed(book_id, JANUARY)


def test_the_digest_of_the_month_stands_in_the_trail(any_app: Flask) -> None:
    book_id = a_book()
    posted(book_id, booked_on=date(2026, 1, 9))
    period = closed(book_id, JANUARY)
    payload = db.session.scalars(
        select(TrailEvent.payload).where(TrailEvent.action == Action.PERIOD_CLOSED.value)
    ).one()
    assert len(period.digest) == 64
    assert period.digest in payload


def test_a_month_is_opened_again_by_another_person_of_a_level_above(any_app: Flask) -> None:
    book_id = a_book()
    closed_until(book_id, JANUARY + 2)
    digest = db.session.scalars(select(BookPeriod.digest).where(BookPeriod.month == JANUARY + 2)).one()
    with pytest.raises(NotLastClosed), transaction(VILLAGE):
        ask_reopening(db.session.get_one(Book, book_id), JANUARY, "x", by=person("village_clerk"))
    reopened(book_id, JANUARY + 2)
    assert db.session.get_one(Book, book_id).closed_month == JANUARY + 1
    posted(book_id, booked_on=date(2026, 3, 31))
    again = closed(book_id, JANUARY + 2)
    kept = list_reopenings(book_id, JANUARY + 2)
    assert [(one.answer, one.digest) for one in kept] == [("AGREED", digest)]
    assert again.digest != digest


def test_the_first_month_can_be_opened_again(any_app: Flask) -> None:
    book_id = a_book()
    closed(book_id, JANUARY)
    reopened(book_id, JANUARY)
    assert db.session.get_one(Book, book_id).closed_month is None
    posted(book_id, booked_on=date(2026, 1, 31))


@pytest.mark.parametrize(
    ("asked_by", "answered_by"),
    [("township_accountant", "township_supervisor"), ("village_clerk", "village_head"),
     ("county_clerk", "county_agriculture"), ("county_clerk", "township_supervisor")],
)  # fmt: skip
def test_whoever_is_not_above_does_not_open_a_month(app: Flask, asked_by: str, answered_by: str) -> None:
    book_id = a_book()
    closed(book_id, JANUARY)
    with transaction(VILLAGE):
        asked = ask_reopening(db.session.get_one(Book, book_id), JANUARY, "漏记", by=person(asked_by))
    with pytest.raises(NotAbove), transaction(VILLAGE):
        answer_reopening(db.session.get_one(Reopening, asked.id), "", agreed=True, by=person(answered_by))
    with pytest.raises(PeriodClosed):
        posted(book_id, booked_on=date(2026, 1, 31))


def test_a_wish_is_answered_once_and_a_refusal_says_why(any_app: Flask) -> None:
    book_id = a_book()
    closed(book_id, JANUARY)
    with transaction(VILLAGE):
        asked = ask_reopening(db.session.get_one(Book, book_id), JANUARY, "漏记", by=person("village_clerk"))
    with pytest.raises(ReopeningWaits), transaction(VILLAGE):
        ask_reopening(db.session.get_one(Book, book_id), JANUARY, "漏记", by=person("village_clerk"))
    by = "township_supervisor"
    with pytest.raises(OpinionMissing), transaction(VILLAGE):
        answer_reopening(db.session.get_one(Reopening, asked.id), " ", agreed=False, by=person(by))
    with transaction(VILLAGE):
        answer_reopening(db.session.get_one(Reopening, asked.id), "请记在当月", agreed=False, by=person(by))
    with pytest.raises(AlreadyAnswered), transaction(VILLAGE):
        answer_reopening(db.session.get_one(Reopening, asked.id), "", agreed=True, by=person(by))
    found = find_period(book_id, JANUARY)
    assert found is not None
    assert found.stage is PeriodState.CLOSED


def test_depreciation_of_a_closed_month_equals_the_card(any_app: Flask) -> None:
    asset = confirmed(in_use_on=date(2025, 12, 3), service_months=120)
    asset_id, book_id = asset.id, a_book()
    with transaction(VILLAGE):
        book = db.session.get_one(Book, book_id)
        day = date(2026, 3, 1)
        draft = propose_assets(book, Difference.NEW, day, by=person("village_clerk"), on=TODAY)
    checked(draft.id)
    closed_until(book_id, JANUARY + 5)
    book = db.session.get_one(Book, book_id)
    asset = db.session.get_one(Asset, asset_id)
    card = asset.original_value_fen - asset.net_value_fen(date(2026, 7, 1))
    assert card > 0
    assert balance(book_id, "152", None, date(2026, 6, 30)) == -card
    assert [one.missing_fen for one in held_assets(book, JANUARY + 5)] == [0]
    months = db.session.scalar(select(func.count()).where(Voucher.deed == BookDeed.DEPRECIATION.value))
    assert months == 4


def test_a_year_ends_in_the_undistributed_and_gains_of_disposal_in_the_fund(any_app: Flask) -> None:
    book_id = a_book()
    posted(book_id, 1_000_00, booked_on=date(2026, 5, 1))
    posted(book_id, 300_00, BookDeed.ADMIN_COST, booked_on=date(2026, 6, 1))
    posted(book_id, 50_00, BookDeed.COMPENSATION, booked_on=date(2026, 7, 1))
    posted(book_id, 120_00, BookDeed.DISTRIBUTION_DUE, booked_on=date(2026, 8, 1))
    closed_until(book_id, DECEMBER, on=NEXT_YEAR)
    held = {
        (row.account.code, row.detail): row.closing_fen
        for row in trial_balance(db.session.get_one(Book, book_id), DECEMBER)
    }
    assert {place: fen for place, fen in held.items() if fen} == {
        ("102", ""): 750_00, ("211", "PAYABLE"): -120_00, ("311", "DISPOSAL_FUND"): -50_00,
        ("322", "UNDISTRIBUTED"): -580_00,
    }  # fmt: skip


def test_a_year_opened_again_closes_on_what_came_after(any_app: Flask) -> None:
    book_id = a_book()
    posted(book_id, 1_000_00, booked_on=date(2026, 5, 1))
    closed_until(book_id, DECEMBER, on=NEXT_YEAR)
    reopened(book_id, DECEMBER)
    late = facts(amount_fen=400_00, booked_on=date(2026, 12, 30))
    checked(drafted(book_id, late, on=NEXT_YEAR).id, on=NEXT_YEAR)
    closed(book_id, DECEMBER, on=NEXT_YEAR)
    assert balance(book_id, "322", "UNDISTRIBUTED", date(2026, 12, 31)) == -600_00
    assert balance(book_id, "321", None, date(2026, 12, 31)) == 0


def test_a_loss_is_carried_the_other_way(any_app: Flask) -> None:
    book_id = a_book()
    posted(book_id, 80_00, BookDeed.OTHER_COST, booked_on=date(2026, 6, 1))
    closed_until(book_id, DECEMBER, on=NEXT_YEAR)
    assert balance(book_id, "322", "UNDISTRIBUTED", date(2026, 12, 31)) == 80_00
