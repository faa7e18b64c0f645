"""Check 21: two editors of one draft, closing against posting, many at one book; nothing is lost, nothing leaks in."""

import threading
from collections.abc import Callable
from contextvars import Context
from datetime import date

from flask import Flask
from sqlalchemy import func, select

from registry.database import db, transaction
from registry.errors import RegistryError
from registry.ledger.books.drafts.services import change_draft
from registry.ledger.books.models import Book, Voucher, VoucherDraft
from registry.ledger.books.periods.services import begin_close, close_period
from registry.ledger.books.queries import find_period
from registry.ledger.books.rules import PeriodState, month_of
from registry.ledger.books.soundness import unsound
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.books.keeping import book_of, drafted, facts, posted

JANUARY = month_of(date(2026, 1, 1))
Deed = Callable[[], object]


def raced(app: Flask, *deeds: Deed) -> list[str]:
    """Do all of these at the same moment, each as a request of its own; returns what became of each."""
    outcomes, start = [""] * len(deeds), threading.Barrier(len(deeds))

    def run(place: int, deed: Deed) -> None:
        with app.app_context():
            start.wait()
            try:
                deed()
                outcomes[place] = "done"
            except RegistryError as error:
                outcomes[place] = type(error).__name__
            finally:
                db.session.remove()

    db.session.rollback()
    threads = [threading.Thread(target=Context().run, args=(run, *pair)) for pair in enumerate(deeds)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return outcomes


def test_of_two_editors_of_one_draft_one_is_told(any_app: Flask, full: bool) -> None:
    book_id = book_of().id
    for number in range(1_000 if full else 8):
        draft_id = drafted(book_id).id

        def change(amount: int, draft_id: int = draft_id) -> Deed:
            def deed() -> None:
                with transaction(VILLAGE):
                    draft = db.session.get_one(VoucherDraft, draft_id)
                    change_draft(draft, facts(amount_fen=amount), by=person("village_clerk"), on=TODAY, seen=1)

            return deed

        outcomes = raced(any_app, change(100 + number), change(200 + number))
        assert sorted(outcomes) == ["DraftChanged", "done"]
        assert db.session.get_one(VoucherDraft, draft_id).total_fen == (100, 200)[outcomes.index("done")] + number


def test_nothing_is_posted_into_a_month_that_is_being_closed(any_app: Flask, full: bool) -> None:
    seen = set()
    for number in range(500 if full else 6):
        book_id = book_of(f"{number}村股份经济合作社").id
        with transaction(VILLAGE):
            begin_close(db.session.get_one(Book, book_id), JANUARY, by=person("village_clerk"), on=TODAY)

        def close(book_id: int = book_id) -> None:
            with transaction(VILLAGE):
                close_period(db.session.get_one(Book, book_id), JANUARY, by=person("village_head"), on=TODAY)

        def post(book_id: int = book_id) -> None:
            posted(book_id, booked_on=date(2026, 1, 15))

        outcomes = raced(any_app, *((close, post) if number % 2 else (post, close)))
        seen.add(tuple(sorted(outcomes)))
        period = find_period(book_id, JANUARY)
        count = db.session.scalar(select(func.count()).where(Voucher.book_id == book_id))
        assert period is not None
        assert (period.stage is PeriodState.CLOSED) is not bool(count)
    assert seen <= {("ChangedSinceBegun", "done"), ("PeriodClosed", "done")}
    assert unsound() == []


def test_many_at_one_book_number_their_vouchers_without_a_gap(any_app: Flask, full: bool) -> None:
    book_id, rounds = book_of().id, 40 if full else 3
    for _round in range(rounds):
        outcomes = raced(any_app, *[lambda: posted(book_id)] * 4)
        assert outcomes == ["done"] * 4
    numbers = list(db.session.scalars(select(Voucher.number).order_by(Voucher.number)))
    assert numbers == list(range(1, rounds * 4 + 1))
    assert unsound() == []


def test_without_the_version_that_was_seen_the_later_editor_wins_silently(app: Flask) -> None:
    """The control: nobody says what was seen, and both editors are told that all is well."""
    draft_id = drafted(book_of().id).id

    def change(amount: int) -> Deed:
        def deed() -> None:
            with transaction(VILLAGE):
                draft = db.session.get_one(VoucherDraft, draft_id)
                change_draft(draft, facts(amount_fen=amount), by=person("village_clerk"), on=TODAY)

        return deed

    assert raced(app, change(1), change(2)) == ["done", "done"]
