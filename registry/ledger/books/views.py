"""Pages of books: the list, one book, its vouchers, one account, one voucher."""

from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from registry.clock import today
from registry.codes import MOST_ROW
from registry.database import db
from registry.errors import Missing
from registry.ledger.books.accounts import CHARTS, Detail, Key, code_of
from registry.ledger.books.drafts.queries import list_papers
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.ledgers import Spot, Stretch, ledger_page, parse_spot
from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.queries import (
    VoucherFilter,
    count_waiting,
    find_period,
    find_reversal,
    get_book,
    get_voucher,
    list_books,
    list_postings,
    list_reopenings,
    list_vouchers,
    trial_balance,
)
from registry.ledger.books.rules import first_day, month_of, say_month
from registry.ledger.books.showing import account_name, marked_in, months_of, own_side, shown_balances, totals_of
from registry.money import capital_amount
from registry.permissions import Permission, may
from registry.regions import is_code
from registry.web import actor, page, requires, row_number, whole_number

blueprint = Blueprint("books", __name__)
_P = Permission
PAGE_ROWS = 50
_MOST_MONTH = 10**6


def chosen_month(book: Book) -> int:
    """Return the month named in the address, this month unless one of the book's is."""
    latest = month_of(today())
    month = whole_number("month", latest, _MOST_MONTH)
    return min(max(month, month_of(book.opened_on)), latest)


@blueprint.get("/books")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List the books of a unit and below."""
    region, text = request.args.get("region") or actor().unit_code, request.args.get("q", "")[:80]
    if not (is_code(region) and may(actor(), _P.LEDGER_READ, region)):
        raise Missing
    after = row_number("after")
    rows = list_books(actor(), after=after, limit=PAGE_ROWS + 1, region_code=region, text=text)
    return page(
        "books/index.html", rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS, region=region, text=text,
        say_month=say_month, drafts=count_waiting([book.id for book in rows]),
    )  # fmt: skip


@blueprint.get("/books/<int:book_id>")
@requires(Permission.LEDGER_READ)
def show(book_id: int) -> ResponseReturnValue:
    """Show what every account of a book held and moved in a month."""
    book = get_book(book_id, actor())
    month = chosen_month(book)
    rows = list(shown_balances(trial_balance(book, month)))
    return page(
        "books/show.html", book=book, month=month, months=months_of(book, today()), rows=rows,
        debit=sum(one.debit_fen for one in rows if not one.depth), period=find_period(book.id, month),
        credit=sum(one.credit_fen for one in rows if not one.depth), reopenings=list_reopenings(book.id, month),
        first=first_day(month), last=first_day(month + 1), said=say_month(month),
    )  # fmt: skip


@blueprint.get("/books/<int:book_id>/vouchers")
@requires(Permission.LEDGER_READ)
def vouchers(book_id: int) -> ResponseReturnValue:
    """List the vouchers of a book, the newest first."""
    book = get_book(book_id, actor())
    deed, month = request.args.get("deed", ""), whole_number("month", 0, _MOST_MONTH)
    wanted = VoucherFilter(month or None, deed if deed in set(BookDeed) else "", request.args.get("q", "")[:80])
    before, after = row_number("before"), row_number("after")
    rows = list_vouchers(book, wanted, before=before, after=after, limit=PAGE_ROWS + 1)
    more = len(rows) > PAGE_ROWS
    return page(
        "books/vouchers.html", book=book, rows=rows[1:] if after and more else rows[:PAGE_ROWS], wanted=wanted,
        older=more if not after else bool(rows), newer=more if after else bool(before), deeds=BookDeed,
        months=months_of(book, today()),
    )  # fmt: skip


@blueprint.get("/books/<int:book_id>/ledger")
@requires(Permission.LEDGER_READ)
def ledger(book_id: int) -> ResponseReturnValue:
    """Show the ledger of one account, the bank's unless one is named, between two days of this year or as named."""
    book, args = get_book(book_id, actor()), request.args
    code, detail = args.get("account") or code_of(Key.BANK, book.version), args.get("detail", "")
    if code not in CHARTS[book.version] or detail not in {"", *Detail}:
        raise Missing
    first, last = _day("first", date(today().year, 1, 1)), _day("last", today())
    wanted = Stretch(code, first, last, detail or None)
    shown = ledger_page(book, wanted, after=_spot("after"), before=_spot("before"), limit=PAGE_ROWS)
    return page(
        "books/ledger.html", book=book, shown=shown, first=first, last=last, code=code, detail=detail,
        name=account_name(book.version, code, detail), side=own_side(book.version, code),
        beyond=Spot(last, MOST_ROW).key,
    )  # fmt: skip


def _spot(name: str) -> Spot | None:
    """Return the line an address names; a place that does not exist is no page."""
    text = request.args.get(name, "")
    found = parse_spot(text)
    if text and found is None:
        raise Missing
    return found


def _day(name: str, usual: date) -> date:
    """Return a day named in the address; the usual one if it is none."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return usual


@blueprint.get("/vouchers/<int:voucher_id>")
@requires(Permission.LEDGER_READ)
def voucher(voucher_id: int) -> ResponseReturnValue:
    """Show one voucher: lines, two persons, where it comes from, what undid it."""
    found = get_voucher(voucher_id, actor())
    book, reverses = get_book(found.book_id, actor()), found.reverses_id
    by_hand = found.source_table == "voucher_draft"
    lines = list_postings(found)
    return page(
        "books/voucher.html",
        book=book,
        voucher=found,
        lines=lines,
        marked=marked_in(lines),
        totals=totals_of(lines),
        account_name=account_name,
        capital=capital_amount(abs(found.debit_fen)),
        reversal=find_reversal(found),
        reversed=db.session.get(Voucher, reverses) if reverses else None,
        files=list_papers(found.source_id) if by_hand else [],
        may_undo=may(actor(), _P.VOUCHER_MAKE, found.region_code),
    )
