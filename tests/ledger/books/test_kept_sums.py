"""A trial balance reads kept sums only, however much is posted; benchmarks/balance.py says how long it takes."""

from datetime import date

from flask import Flask
from sqlalchemy import event

from registry.database import db
from registry.ledger.books.models import Book
from registry.ledger.books.queries import balance, trial_balance
from registry.ledger.books.rules import month_of
from tests.factories import TODAY
from tests.ledger.books.keeping import book_of, posted


def test_neither_a_trial_balance_nor_a_balance_walks_the_postings_of_other_months(app: Flask) -> None:
    book_id = book_of().id
    posted(book_id, booked_on=date(2026, 1, 5))
    book, said = db.session.get_one(Book, book_id), []
    event.listen(db.engine, "before_cursor_execute", lambda *args: said.append((args[2], args[3])))
    trial_balance(book, month_of(TODAY))
    assert not any("posting" in statement for statement, _ in said)
    assert balance(book_id, "102", None, TODAY) == 100_00
    days = [str(value) for statement, values in said if "posting" in statement for value in values]
    assert "2026-11-01" in days
