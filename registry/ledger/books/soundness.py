"""Whether the books are sound: every voucher balances, no number is missing, the kept sums are those of the postings.

The guards of the database see to it at every insert; this looks again, as the doctor and the invariant job do.
"""

from sqlalchemy import ColumnElement, and_, func, or_, select

from registry.database import db
from registry.ledger.books.models import AccountSum, Book, BookPeriod, Posting, Voucher
from registry.ledger.books.rules import PeriodState

MOST_TOLD = 20


def unsound() -> list[str]:
    """Return what is wrong with any book, at most so many things; empty when all are sound."""
    found = [*_unbalanced(), *_gaps(), *_stray(), *_wrong_sums(), *_after_closing()]
    return found[:MOST_TOLD]


def _unbalanced() -> list[str]:
    """Vouchers whose lines do not sum to what they state, or to nothing at all."""
    debit, credit = func.sum(Posting.debit_fen), func.sum(Posting.credit_fen)
    rows = (
        select(Voucher.id)
        .outerjoin(Posting, Posting.voucher_uid == Voucher.uid)
        .group_by(Voucher.id, Voucher.debit_fen, Voucher.credit_fen)
        .having(
            or_(
                func.coalesce(debit, 0) != Voucher.debit_fen,
                func.coalesce(credit, 0) != Voucher.credit_fen,
                Voucher.debit_fen != Voucher.credit_fen,
            )
        )
    )
    return [f"voucher {one}: unbalanced" for one in db.session.scalars(rows.limit(MOST_TOLD))]


def _gaps() -> list[str]:
    """Books and years whose numbers do not run from 1 without a gap."""
    count, first, last = func.count(), func.min(Voucher.number), func.max(Voucher.number)
    rows = (
        select(Voucher.book_id, Voucher.year)
        .group_by(Voucher.book_id, Voucher.year)
        .having(or_(first != 1, last != count))
    )
    return [f"book {book}, {year}: numbers have gaps" for book, year in db.session.execute(rows.limit(MOST_TOLD))]


def _stray() -> list[str]:
    """Lines without a voucher, or whose copies of its book, month and day differ from it."""
    same = [getattr(Posting, name) == getattr(Voucher, name) for name in ("book_id", "month", "booked_on")]
    rows = (
        select(Posting.id)
        .outerjoin(Voucher, Voucher.uid == Posting.voucher_uid)
        .where(or_(Voucher.id.is_(None), *(~one for one in same)))
    )
    return [f"posting {one}: belongs to no voucher of its month" for one in db.session.scalars(rows.limit(MOST_TOLD))]


def _wrong_sums() -> list[str]:
    """Accounts whose kept sums are not those of their postings; either side may lack what the other has."""
    added = (
        select(
            Posting.book_id, Posting.month, Posting.account, Posting.detail, func.sum(Posting.debit_fen).label("debit"),
            func.sum(Posting.credit_fen).label("credit"),
        )
        .group_by(Posting.book_id, Posting.month, Posting.account, Posting.detail)
        .subquery()
    )  # fmt: skip
    keys = ("book_id", "month", "account", "detail")
    joined = [getattr(AccountSum, key) == added.c[key] for key in keys]
    different = or_(AccountSum.debit_fen != added.c.debit, AccountSum.credit_fen != added.c.credit)
    lacking = select(*(added.c[key] for key in keys)).outerjoin(AccountSum, and_(*joined))
    needless = select(*(getattr(AccountSum, key) for key in keys)).outerjoin(added, and_(*joined))
    rows = [
        *db.session.execute(lacking.where(or_(AccountSum.account.is_(None), different)).limit(MOST_TOLD)),
        *db.session.execute(needless.where(added.c.account.is_(None), _holds_something()).limit(MOST_TOLD)),
    ]
    return [f"book {book}, account {account} {detail}: sum differs" for book, _month, account, detail in rows]


def _holds_something() -> ColumnElement[bool]:
    return or_(AccountSum.debit_fen != 0, AccountSum.credit_fen != 0)


def _after_closing() -> list[str]:
    """Books whose last closed month is not what their periods say."""
    closed = select(func.max(BookPeriod.month)).where(
        BookPeriod.book_id == Book.id, BookPeriod.state == PeriodState.CLOSED.value
    )
    rows = select(Book.id).where(Book.closed_month.is_distinct_from(closed.scalar_subquery()))
    return [
        f"book {one}: periods and the last closed month differ" for one in db.session.scalars(rows.limit(MOST_TOLD))
    ]
