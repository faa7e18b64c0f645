"""JSON resources of books: the list, one book, its balances, an account, vouchers."""

from datetime import date
from typing import Any

from flask import Response

from registry.clock import today
from registry.errors import Missing
from registry.ledger.books.accounts import CHARTS, Key, code_of
from registry.ledger.books.bodies import book_body, voucher_body
from registry.ledger.books.ledgers import Stretch, ledger_page, parse_spot
from registry.ledger.books.queries import (
    VoucherFilter,
    get_book,
    get_voucher,
    list_books,
    list_vouchers,
    trial_balance,
)
from registry.ledger.books.rules import MONTHS
from registry.ledger.books.schemas import (
    FIRST_YEAR,
    LAST_YEAR,
    AccountBody,
    BalanceLine,
    BalancePage,
    BookArguments,
    BookPage,
    BookRow,
    LedgerArguments,
    LedgerRow,
    MonthArguments,
    VoucherArguments,
    VoucherPage,
    VoucherRow,
    VoucherWhole,
)
from registry.money import plain_yuan
from registry.permissions import Permission, may
from registry.rest.calls import actor, api_requires, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import NotAPlace, cut, number_after
from registry.token_scopes import Scope

resources = Resources("books", __name__, "账簿和凭证")
_P, _S = Permission, Scope
_BALANCE = ("opening_fen", "debit_fen", "credit_fen", "year_debit_fen", "year_credit_fen", "closing_fen", "detail")


@resources.get("/books", "列账簿")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.arguments(BookArguments, location="query")
@resources.response(200, BookPage)
def index(args: dict[str, Any]) -> Response:
    """List the books of a unit and below."""
    region = args.get("region") or actor().unit_code
    if not may(actor(), _P.LEDGER_READ, region):
        raise Missing
    found = list_books(actor(), after=number_after(args), limit=args["limit"] + 1, region_code=region,
                       text=args["text"])  # fmt: skip
    rows, after = cut(found, args["limit"], lambda book: book.id)
    return listed([book_body(book) for book in rows], after)


@resources.get("/books/<int:book_id>", "读一本账")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.response(200, BookRow)
def one(book_id: int) -> Response:
    """Show a book."""
    return shown(book_body(get_book(book_id, actor())))


def wanted_month(args: dict[str, Any]) -> int:
    """Return the month that is asked for; raises Missing for one that no calendar has."""
    year, month = args["year"] or today().year, args["month"] or today().month
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS):
        raise Missing
    return int(year) * MONTHS + int(month) - 1


@resources.get("/books/<int:book_id>/balances", "读科目余额表")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.arguments(MonthArguments, location="query")
@resources.response(200, BalancePage)
def balances(args: dict[str, Any], book_id: int) -> Response:
    """Show what every account held and moved in a month."""
    rows = trial_balance(get_book(book_id, actor()), wanted_month(args))
    return listed(
        BalanceLine(many=True).dump(
            {
                "account": row.account.code,
                "name": row.account.name,
                "kind": row.account.kind,
                **{name: getattr(row, name) for name in _BALANCE},
            }
            for row in rows
        )
    )


@resources.get("/books/<int:book_id>/ledger", "读明细账")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.arguments(LedgerArguments, location="query")
@resources.response(200, AccountBody)
def ledger(args: dict[str, Any], book_id: int) -> Response:
    """Show the ledger of an account between two days, page by page."""
    book = get_book(book_id, actor())
    code = args["account"] or code_of(Key.BANK, book.version)
    if code not in CHARTS[book.version]:
        raise Missing
    last = args["last"] or today()
    first = args["first"] or date(last.year, 1, 1)
    after = parse_spot(args.get("after", ""))
    if args.get("after") and after is None:
        raise NotAPlace(field="after")
    found = ledger_page(
        book, Stretch(code, first, last, args.get("detail")), after=after, limit=args["limit"]
    )  # fmt: skip
    lines, opening = LedgerRow(many=True).dump(found.lines), plain_yuan(found.opening_fen)
    told = {"account": found.account.code, "name": found.account.name, "opening": opening, "lines": lines}
    return shown(told, found.lines[-1].spot.key if found.has_after else None)


@resources.get("/books/<int:book_id>/vouchers", "列凭证，新的在前")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.arguments(VoucherArguments, location="query")
@resources.response(200, VoucherPage)
def vouchers(args: dict[str, Any], book_id: int) -> Response:
    """List the vouchers of a book, the newest first."""
    wanted = VoucherFilter(None, args.get("deed", ""), args["text"])
    book, before = get_book(book_id, actor()), number_after(args)
    rows, after = cut(
        list_vouchers(book, wanted, before=before, limit=args["limit"] + 1), args["limit"], lambda row: row.id
    )
    return listed(VoucherRow(many=True).dump(rows), after)


@resources.get("/vouchers/<int:voucher_id>", "读一张凭证")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.response(200, VoucherWhole)
def voucher(voucher_id: int) -> Response:
    """Show a voucher with its lines."""
    return shown(voucher_body(get_voucher(voucher_id, actor())))
