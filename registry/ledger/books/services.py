"""Opening a book, posting into it, reversing: the one door through which money enters the books."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Invalid
from registry.ledger.books.entries import BookDeed, Entry, Line, Source
from registry.ledger.books.legs import lines_of
from registry.ledger.books.models import AccountSum, Book, Posting, Voucher
from registry.ledger.books.queries import find_book, is_reversed, list_postings
from registry.ledger.books.rules import (
    KEEPS_BOOKS,
    Maker,
    chart_of,
    check_day,
    check_lines,
    check_persons,
    check_reversal,
    kind_of,
    month_of,
    reversed_lines,
)
from registry.parties.models import Party
from registry.permissions import Actor
from registry.text import N_


class KeepsNoBook(Invalid):
    """Households, cooperatives and enterprises keep their own books."""

    message = N_("“%(owner)s”不在这里记账。")


def maker(by: Actor) -> Maker:
    """Return the actor as the maker of what another person will check."""
    return Maker(by.id, f"{by.unit_name} {by.post} {by.name}".strip())


def open_book(party: Party, *, by: Actor, on: date) -> Book:
    """Return the owner's book, opened on this day's first of January if there was none. Raises KeepsNoBook."""
    found = find_book(party.id)
    if found is not None:
        return found
    if party.owner_kind not in KEEPS_BOOKS:
        raise KeepsNoBook(owner=party.name)
    kind = kind_of(party.owner_kind)
    book = Book(
        region_code=party.region_code, party_id=party.id, kind=kind.value, chart=chart_of(kind).value,
        opened_on=date(on.year, 1, 1), closed_month=None, party=party,
    )  # fmt: skip
    db.session.add(book)
    db.session.flush()
    record(Action.BOOK_OPENED, book, by=by)
    return book


@dataclass(frozen=True)
class Head:
    """What a voucher says besides its lines."""

    deed: BookDeed
    booked_on: date
    summary: str
    source: Source
    reverses_id: int | None = None


def post(book: Book, entry: Entry, *, made_by: Maker, by: Actor, on: date) -> Voucher:
    """Post a deed into a book; ``by`` checks what ``made_by`` made.

    Raises SamePerson, PeriodClosed, BeforeOpening, AheadOfTime, NothingToPost, NotInChart.
    """
    lines = lines_of(entry, book.version)
    head = Head(entry.deed, entry.booked_on or on, entry.summary or entry.deed.label, entry.source)
    return post_lines(book, head, lines, made_by=made_by, by=by, on=on)


def post_lines(book: Book, head: Head, lines: Sequence[Line], *, made_by: Maker, by: Actor, on: date) -> Voucher:
    """Post lines that no table gives (opening balances, the end of a year); raises as post() and check_lines()."""
    voucher = _insert(book, head, lines, made_by=made_by, by=by, on=on)
    record(Action.VOUCHER_POSTED, voucher, by=by, reason=head.summary)
    return voucher


def reverse(voucher: Voucher, reason: str, *, made_by: Maker, by: Actor, on: date) -> Voucher:
    """Undo a voucher once, by the same lines in red (红字冲销). Raises AlreadyReversed, NotReversible, SamePerson …"""
    check_reversal(is_reversal=voucher.reverses_id is not None, is_reversed=is_reversed(voucher))
    book = db.session.get_one(Book, voucher.book_id)
    lines = reversed_lines([posting.to_line() for posting in list_postings(voucher)])
    source = Source(voucher.source_table, voucher.source_id)
    head = Head(voucher.about, on, f"冲销 {voucher.label}：{reason}"[:200], source, voucher.id)
    red = _insert(book, head, lines, made_by=made_by, by=by, on=on)
    record(Action.VOUCHER_REVERSED, red, by=by, reason=reason)
    return red


def _insert(book: Book, head: Head, lines: Sequence[Line], *, made_by: Maker, by: Actor, on: date) -> Voucher:
    """Insert lines, then their voucher, and keep the sums; the guards of the database demand this order."""
    check_persons(made_by.user_id, by.id)
    check_day(head.booked_on, opened_on=book.opened_on, closed=book.closed_month, on=on)
    total, month, uid = check_lines(lines), month_of(head.booked_on), uuid4().hex
    db.session.add_all(_posting(book, uid, number, line, head.booked_on) for number, line in enumerate(lines))
    db.session.flush()
    checker = maker(by)
    voucher = Voucher(
        uid=uid, region_code=book.region_code, book_id=book.id, year=head.booked_on.year, month=month,
        number=_next_number(book.id, head.booked_on.year), booked_on=head.booked_on, deed=head.deed.value,
        summary=head.summary[:200], debit_fen=total, credit_fen=total, source_table=head.source.table,
        source_id=head.source.id, made_by_id=made_by.user_id, made_by_text=made_by.text, checked_by_id=checker.user_id,
        checked_by_text=checker.text, posted_at=now(), reverses_id=head.reverses_id,
    )  # fmt: skip
    db.session.add(voucher)
    db.session.flush()
    _keep_sums(book.id, month, lines)
    return voucher


def _posting(book: Book, uid: str, position: int, line: Line, booked_on: date) -> Posting:
    marks = line.marks
    return Posting(
        voucher_uid=uid, position=position, region_code=book.region_code, book_id=book.id, month=month_of(booked_on),
        booked_on=booked_on, account=line.account, detail=line.detail, debit_fen=line.debit_fen,
        credit_fen=line.credit_fen, asset_id=marks.asset_id, contract_id=marks.contract_id, party_id=marks.party_id,
        use=marks.use,
    )  # fmt: skip


def _next_number(book_id: int, year: int) -> int:
    """Return the next number of a book and year; the log's lock keeps others from taking it."""
    last = select(func.max(Voucher.number)).where(Voucher.book_id == book_id, Voucher.year == year)
    return (db.session.scalar(last) or 0) + 1


def _adding(insert: Callable[..., postgresql.Insert | sqlite.Insert]) -> postgresql.Insert | sqlite.Insert:
    """Return the statement that adds to the sum of an account, or begins it."""
    added = insert(AccountSum)
    sums = {name: getattr(AccountSum, name) + added.excluded[name] for name in ("debit_fen", "credit_fen")}
    return added.on_conflict_do_update(index_elements=["book_id", "month", "account", "detail"], set_=sums)


#: Built once: a statement made anew is compiled anew, and every voucher needs it.
_ADD_TO_SUM = {"postgresql": _adding(postgresql.insert), "sqlite": _adding(sqlite.insert)}


def _keep_sums(book_id: int, month: int, lines: Sequence[Line]) -> None:
    """Add the lines to the sums of their accounts, in the same transaction."""
    sums: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        kept = sums.setdefault((line.account, line.detail), [0, 0])
        kept[0] += line.debit_fen
        kept[1] += line.credit_fen
    rows = [
        {"book_id": book_id, "month": month, "account": account, "detail": detail, "debit_fen": debit,
         "credit_fen": credit}
        for (account, detail), (debit, credit) in sums.items()
    ]  # fmt: skip
    db.session.connection().execute(_ADD_TO_SUM[db.engine.dialect.name], rows)
