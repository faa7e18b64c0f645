"""JSON resources before a month is closed: what it has earned, and the wish to close it."""

from typing import Any

from flask import Response

from registry.clock import today
from registry.ledger.books.periods.api import month_named, period_body
from registry.ledger.books.periods.schemas import PeriodRow
from registry.ledger.books.queries import get_book
from registry.ledger.operation.closing.queries import Offer, list_offers
from registry.ledger.operation.closing.schemas import ClosingEntry, OfferPage, OfferRow
from registry.ledger.operation.closing.services import ask_to_close
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, deed, done, listed
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("closing", __name__, "结账前的计提")
_P, _S = Permission, Scope


def _offer(one: Offer) -> Body:
    share = one.share
    body: Body = OfferRow().dump({
        "due_share_id": share.share_id, "due_id": one.due_id, "contract_id": one.contract.id if one.contract else None,
        "asset_no": one.asset.asset_no if one.asset else None, "debtor": share.debtor,
        "period_from": share.period_from, "period_to": share.period_to, "amount": share.amount_fen,
        "open": share.open_fen, "accrued": share.accrued_fen, "earned": one.earned_fen,
        "suggested": one.suggested_fen,
    })  # fmt: skip
    return body


@resources.get("/books/<int:book_id>/periods/<int:month>/accruals", "列这个月应计提的应收（月份写成 202603）")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_READ)
@resources.response(200, OfferPage)
def accruals(book_id: int, month: int) -> Response:
    """List what the dues say a month has earned and not yet received."""
    book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
    return listed([_offer(one) for one in list_offers(book, month_named(month))])


@resources.post("/books/<int:book_id>/periods/<int:month>/begin", "申请结账，并确认计提（月份写成 202603）")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(ClosingEntry)
@resources.response(200, PeriodRow)
def begin(body: dict[str, Any], book_id: int, month: int) -> Response:
    """Ask for a month to be closed, with what it has earned."""
    wanted, told = month_named(month), body["accruals"]
    chosen = None if told is None else {one["due_share_id"]: one["amount"] for one in told}
    with deed(get_book(book_id, actor(), _P.VOUCHER_MAKE).region_code):
        book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
        return done(period_body(ask_to_close(book, wanted, chosen, by=actor(), on=today())))
