"""Check 9 for the books: posting and closing fail at every statement, flush and commit; nothing is half done."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.audit.verification import verify_logs
from registry.database import db, transaction
from registry.ledger.books.models import AccountSum, Book, BookPeriod, Posting, Voucher, VoucherDraft
from registry.ledger.books.periods.services import begin_close, close_period
from registry.ledger.books.rules import month_of
from registry.ledger.books.soundness import unsound
from tests.factories import VILLAGE, person
from tests.ledger.books.keeping import book_of, checked, closed_until, drafted, posted
from tests.trust.test_failpoints import KINDS, Crash, Points, watched

DECEMBER = month_of(date(2026, 12, 1))
NEXT_YEAR = date(2027, 1, 5)


def standing() -> tuple[object, ...]:
    """What there is of everything that posting and closing write."""
    db.session.rollback()
    counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (Voucher, Posting, AccountSum)]
    states = db.session.execute(select(VoucherDraft.state).order_by(VoucherDraft.id)).scalars().all()
    closed = db.session.execute(select(Book.closed_month, BookPeriod.state).join(BookPeriod)).all()
    found = (*counts, tuple(states), tuple(map(tuple, closed)))
    db.session.rollback()
    return found


def failed_at_every_point(kind: str, deed: object) -> int:
    """Let a deed fail at each of its points in turn until it comes through; what is not done leaves nothing."""
    before, stop = standing(), 0
    while True:
        stop += 1
        with watched(Points(kind, stop)) as points:
            try:
                deed()  # type: ignore[operator]
            except Crash:
                db.session.rollback()
                if kind == "after a commit":
                    return stop
                assert standing() == before, f"{kind} {stop}"
                assert unsound() == []
                continue
        assert points.count < stop
        return stop


@pytest.mark.parametrize("kind", KINDS)
def test_a_voucher_is_posted_whole_or_not_at_all(app: Flask, kind: str) -> None:
    draft_id = drafted(book_of().id).id
    assert failed_at_every_point(kind, lambda: checked(draft_id)) >= 1
    assert db.session.scalar(select(func.count()).select_from(Voucher)) == 1
    assert unsound() == []
    assert verify_logs([500240], (), by=person("auditor")).code == 0


@pytest.mark.parametrize("kind", [one for one in KINDS if one != "after a commit"])
def test_a_year_is_closed_whole_or_not_at_all(app: Flask, kind: str) -> None:
    book_id = book_of().id
    posted(book_id, booked_on=date(2026, 11, 1))
    closed_until(book_id, DECEMBER - 1, on=NEXT_YEAR)
    with transaction(VILLAGE):
        begin_close(db.session.get_one(Book, book_id), DECEMBER, by=person("village_clerk"), on=NEXT_YEAR)

    def deed() -> None:
        with transaction(VILLAGE):
            close_period(db.session.get_one(Book, book_id), DECEMBER, by=person("village_head"), on=NEXT_YEAR)

    assert failed_at_every_point(kind, deed) > 1
    assert db.session.scalar(select(func.count()).select_from(Voucher)) == 3
    assert unsound() == []
