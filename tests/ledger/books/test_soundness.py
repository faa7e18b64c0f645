"""The doctor looks at the books again, and what is wrong with them it finds."""

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from registry.database import db
from registry.ledger.books.soundness import unsound
from registry.operations.health import books
from tests.ledger.books.keeping import book_of, closed, posted
from tests.ledger.books.test_periods import JANUARY

#: What is done behind the guards → what the doctor says.
HARMS = {
    "UPDATE posting SET debit_fen = debit_fen + 1 WHERE debit_fen > 0 AND id = 1": "unbalanced",
    "UPDATE voucher SET number = number + 1 WHERE id = 2": "gaps",
    "DELETE FROM posting WHERE voucher_uid = (SELECT uid FROM voucher WHERE id = 2)": "unbalanced",
    "UPDATE posting SET month = month - 1 WHERE id = 1": "no voucher",
    "UPDATE account_sum SET credit_fen = credit_fen + 1 WHERE account = '501'": "sum differs",
    "DELETE FROM account_sum WHERE account = '501'": "sum differs",
    "INSERT INTO account_sum VALUES (1, 24323, '999', '', 1, 0)": "sum differs",
    "UPDATE book SET closed_month = NULL": "closed month",
}


def test_books_that_were_kept_here_are_sound(any_app: Flask) -> None:
    book_id = book_of().id
    posted(book_id)
    posted(book_id)
    closed(book_id, JANUARY)
    assert unsound() == []
    assert books().passed


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_done_behind_the_guards_is_found(app: Flask, harm: str) -> None:
    book_id = book_of().id
    posted(book_id)
    posted(book_id)
    closed(book_id, JANUARY)
    db.session.remove()
    engine = create_engine(db.engine.url)
    with engine.begin() as connection:
        for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text(harm))
    engine.dispose()
    assert any(HARMS[harm] in one for one in unsound())
    assert not books().passed
