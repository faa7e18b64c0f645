"""JSON resources of how a book begins and follows the cards."""

from typing import Any

from flask import Response

from registry.clock import today
from registry.ledger.books.bodies import book_body
from registry.ledger.books.drafts.api import draft_body
from registry.ledger.books.drafts.schemas import DraftRow
from registry.ledger.books.opening.queries import get_owner, list_differences
from registry.ledger.books.opening.rules import Difference
from registry.ledger.books.opening.schemas import (
    DifferencePage,
    DifferenceRow,
    FollowEntry,
    OpenEntry,
    OpeningEntry,
)
from registry.ledger.books.opening.services import propose_assets, propose_opening
from registry.ledger.books.queries import get_book
from registry.ledger.books.rules import BookKind
from registry.ledger.books.schemas import BookRow
from registry.ledger.books.services import open_book
from registry.permissions import Permission
from registry.rest.calls import actor, api_requires, deed, done, listed
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("opening", __name__, "开账和资产入账")
_P, _S = Permission, Scope


@resources.post("/books", "开账；已开过的返回原账")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(OpenEntry)
@resources.response(201, BookRow)
def new(body: dict[str, Any]) -> Response:
    """Open the book of an owner of assets."""
    with deed(get_owner(body["party_id"], actor()).region_code):
        book = open_book(get_owner(body["party_id"], actor()), by=actor(), on=today())
        return done(book_body(book), 201)


@resources.post("/books/<int:book_id>/opening", "录期初余额，等另一个人复核")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(OpeningEntry)
@resources.response(201, DraftRow)
def balances(body: dict[str, Any], book_id: int) -> Response:
    """Put what a book begins with before a checker."""
    with deed(get_book(book_id, actor(), _P.VOUCHER_MAKE).region_code):
        book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
        return done(draft_body(propose_opening(book, body["lines"], by=actor(), on=today())), 201)


@resources.get("/books/<int:book_id>/differences", "列账簿与资产卡片的差异")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.response(200, DifferencePage)
def differences(book_id: int) -> Response:
    """List the assets that books and cards show with different values."""
    book = get_book(book_id, actor())
    rows = list_differences(book, today()) if book.book_kind is BookKind.SUBSIDIARY else []
    return listed(DifferenceRow(many=True).dump(rows))


@resources.post("/books/<int:book_id>/differences", "按资产卡片入账、调整或划出，等另一个人复核")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(FollowEntry)
@resources.response(201, DraftRow)
def follow(body: dict[str, Any], book_id: int) -> Response:
    """Put before a checker what brings the books in line with the cards."""
    with deed(get_book(book_id, actor(), _P.VOUCHER_MAKE).region_code):
        book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
        draft = propose_assets(book, Difference(body["difference"]), body["booked_on"], by=actor(), on=today())
        return done(draft_body(draft), 201)
