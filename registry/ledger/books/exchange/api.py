"""JSON resources of the exchange with the accounting platform."""

from datetime import date
from typing import Any

from flask import Response

from registry.clock import today
from registry.errors import Missing
from registry.ledger.books.exchange.queries import list_exchanged, own_vouchers
from registry.ledger.books.exchange.rules import BroughtLine
from registry.ledger.books.exchange.schemas import (
    Brought,
    ExchangedArguments,
    ExchangedPage,
    ExchangedRow,
    NumbersEntry,
)
from registry.ledger.books.exchange.services import bring_numbers
from registry.ledger.books.models import Book
from registry.ledger.books.queries import get_book
from registry.ledger.books.schemas import FIRST_YEAR, LAST_YEAR
from registry.permissions import Permission
from registry.rest.calls import actor, api_requires, deed, done, listed
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("exchange", __name__, "与“三资”平台对接")
_P, _S = Permission, Scope


@resources.get("/books/<int:book_id>/exchange", "列凭证和平台凭证号")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.arguments(ExchangedArguments, location="query")
@resources.response(200, ExchangedPage)
def index(args: dict[str, Any], book_id: int) -> Response:
    """List the vouchers of a year with the platform's numbers."""
    book, year = get_book(book_id, actor()), args["year"] or today().year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Missing
    found = list_exchanged(book, date(year, 1, 1), date(year, 12, 31), open_only=args["open"],
                           after=number_after(args), limit=args["limit"] + 1)  # fmt: skip
    rows, after = cut(found, args["limit"], lambda pair: pair[0].id)
    told = [{"id": one.id, "number": one.label, "platform_number": number} for one, number in rows]
    return listed(ExchangedRow(many=True).dump(told), after)


@resources.post("/books/<int:book_id>/exchange", "导回平台凭证号")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(NumbersEntry)
@resources.response(200, Brought)
def bring(body: dict[str, Any], book_id: int) -> Response:
    """Keep the platform's numbers, all of them or none."""
    with deed(get_book(book_id, actor(), _P.VOUCHER_MAKE).region_code):
        book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
        count = bring_numbers(book, _lines(book, body["numbers"]), by=actor())
        return done({"kept": count})


def _lines(book: Book, told: list[dict[str, str]]) -> list[BroughtLine]:
    """Return the numbers with the lines that the book itself has: a program names the voucher, not what is in it."""
    own = own_vouchers(book, sorted({one["uid"] for one in told}))
    found = []
    for place, one in enumerate(told, 1):
        mine = own.get(one["uid"])
        lines = mine.lines if mine else (("", 0, 0),)
        found += [BroughtLine(place, one["uid"], *line, one["number"]) for line in lines]
    return found
