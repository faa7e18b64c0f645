"""What waits of the books stands in the inbox of who can do it, and of nobody else."""

from datetime import date

from flask import Flask

from registry.clock import today
from registry.database import db, transaction
from registry.ledger.books.drafts.services import send_back
from registry.ledger.books.models import Book, VoucherDraft
from registry.ledger.books.periods.services import ask_reopening, begin_close
from registry.ledger.books.rules import month_of
from registry.workbench.tasks import books
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.books.keeping import book_of, closed, closed_until, drafted

JANUARY = month_of(date(2026, 1, 1))


def subjects(app: Flask, question: object, username: str) -> list[str]:
    with app.test_request_context():
        return [task.subject for task in question(person(username), 9)]  # type: ignore[operator]


def test_a_draft_waits_for_whoever_did_not_make_it(app: Flask) -> None:
    draft_id = drafted(book_of().id, by="township_accountant").id
    assert subjects(app, books.list_checks, "village_head") == ["办公用品"]
    assert subjects(app, books.list_checks, "township_supervisor") == ["办公用品"]
    for nobody in ("township_accountant", "village_clerk", "county_agriculture", "sibling_clerk"):
        assert subjects(app, books.list_checks, nobody) == []
        assert books.count_checks(person(nobody)) == 0
    with transaction(VILLAGE):
        send_back(db.session.get_one(VoucherDraft, draft_id), "不对", by=person("village_head"))
    assert subjects(app, books.list_mends, "township_accountant") == ["办公用品"]
    assert books.count_mends(person("village_clerk")) == books.count_checks(person("village_head")) == 0


def test_months_that_are_over_have_to_be_closed(app: Flask) -> None:
    book_id = book_of().id
    assert subjects(app, books.list_closings, "village_clerk") == ["华溪村股份经济合作社"]
    assert books.count_closings(person("county_clerk")) == 0
    with transaction(VILLAGE):
        begin_close(db.session.get_one(Book, book_id), JANUARY, by=person("village_clerk"), on=TODAY)
    assert books.count_closings(person("village_clerk")) == 0
    assert subjects(app, books.list_to_be_closed, "village_head") == ["华溪村股份经济合作社"]
    assert books.count_to_be_closed(person("village_clerk")) == 0
    closed_until(book_id, month_of(today()) - 1, on=today())
    assert books.count_closings(person("village_clerk")) == books.count_to_be_closed(person("village_head")) == 0


def test_a_wish_waits_for_the_levels_above_whoever_asked(app: Flask) -> None:
    book_id = book_of().id
    closed(book_id, JANUARY)
    with transaction(VILLAGE):
        asked = person("township_accountant")
        ask_reopening(db.session.get_one(Book, book_id), JANUARY, "漏记电费", by=asked)
    assert subjects(app, books.list_wishes, "county_finance") == ["华溪村股份经济合作社"]
    assert subjects(app, books.list_wishes, "township_supervisor") == []
    assert books.count_wishes(person("county_agriculture")) == 1
