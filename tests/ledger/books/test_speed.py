"""A trial balance reads kept sums only: however much is posted, it takes no longer."""

import time
from datetime import date

from flask import Flask
from sqlalchemy import event, insert

from registry.database import db, transaction
from registry.ledger.books.accounts import CHARTS, ChartVersion
from registry.ledger.books.models import AccountSum, Book
from registry.ledger.books.queries import balance, trial_balance
from registry.ledger.books.rules import month_of
from tests.factories import TODAY, VILLAGE
from tests.ledger.books.keeping import book_of, posted

YEARS = 30
MOST_MILLISECONDS = 100


def test_a_trial_balance_of_thirty_years_is_read_at_once(any_app: Flask) -> None:
    book_id, last = book_of().id, month_of(TODAY)
    rows = [
        {"book_id": book_id, "month": month, "account": code, "detail": "", "debit_fen": 1, "credit_fen": 1}
        for month in range(last - YEARS * 12, last)
        for code in CHARTS[ChartVersion.C2024]
    ]
    with transaction(VILLAGE):
        db.session.execute(insert(AccountSum), rows)
    book = db.session.get_one(Book, book_id)
    taken = []
    for _again in range(3):
        start = time.perf_counter_ns()
        found = trial_balance(book, last)
        taken.append((time.perf_counter_ns() - start) // 1_000_000)
    assert len(found) == len(CHARTS[ChartVersion.C2024])
    assert min(taken) <= MOST_MILLISECONDS


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
