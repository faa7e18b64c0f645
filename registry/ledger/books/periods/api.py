"""JSON resources of closing: asked by one person, closed by another, opened again by a level above."""

from typing import Any

from flask import Response

from registry.audit.services import make_checkpoint
from registry.clock import today
from registry.errors import Missing
from registry.ledger.books.models import BookPeriod, Reopening
from registry.ledger.books.periods.queries import get_reopening
from registry.ledger.books.periods.rules import CLOSED_REASON
from registry.ledger.books.periods.schemas import (
    PeriodPage,
    PeriodRow,
    ReopeningAnswerEntry,
    ReopeningPage,
    ReopeningRow,
)
from registry.ledger.books.periods.services import answer_reopening, ask_reopening, close_period
from registry.ledger.books.queries import get_book, list_periods, list_reopenings
from registry.ledger.books.rules import MONTHS, say_month
from registry.permissions import Permission
from registry.regions import log_of
from registry.rest.calls import Body, actor, api_requires, deed, done, listed, shown
from registry.rest.fields import Reason
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("periods", __name__, "结账和反结账")
_P, _S = Permission, Scope
_LAST = 10**6
_PERIOD = ("id", "version_id", "state", "begun_by_text", "begun_at", "closed_by_text", "closed_at", "digest")
_WISH = ("id", "version_id", "book_id", "reason", "asked_by_text", "asked_at", "answer", "answered_by_text",
         "answered_at", "opinion", "digest")  # fmt: skip


def period_body(period: BookPeriod) -> Body:
    """Write the closing of a month."""
    plain = {name: getattr(period, name) for name in _PERIOD}
    body: Body = PeriodRow().dump({**plain, "month": say_month(period.month)})
    return body


def _wish(wish: Reopening) -> Body:
    plain = {name: getattr(wish, name) for name in _WISH}
    body: Body = ReopeningRow().dump({**plain, "month": say_month(wish.month)})
    return body


def month_named(number: int) -> int:
    """Return the month that a number like 202603 names; raises Missing for one that no calendar has."""
    year, month = divmod(number, 100)
    if number > _LAST or not 1 <= month <= MONTHS:
        raise Missing
    return year * MONTHS + month - 1


def _region(book_id: int, permission: Permission) -> str:
    return get_book(book_id, actor(), permission).region_code


@resources.get("/books/<int:book_id>/periods", "列结账情况")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.response(200, PeriodPage)
def index(book_id: int) -> Response:
    """List the closings of a book, the latest month first."""
    return listed([period_body(one) for one in list_periods(get_book(book_id, actor()).id)])


@resources.post("/books/<int:book_id>/periods/<int:month>/close", "结账（另一个人）")
@api_requires(_P.VOUCHER_CHECK, scope=_S.DECISIONS_WRITE)
@resources.response(200, PeriodRow)
def close(book_id: int, month: int) -> Response:
    """Close a month that another person asked to close, and sign the log."""
    wanted, region = month_named(month), _region(book_id, _P.VOUCHER_CHECK)
    with deed(region):
        book = get_book(book_id, actor(), _P.VOUCHER_CHECK)
        answer = done(period_body(close_period(book, wanted, by=actor(), on=today())))
    make_checkpoint(log_of(region), CLOSED_REASON)
    return answer


@resources.post("/books/<int:book_id>/periods/<int:month>/reopen", "申请反结账")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(Reason)
@resources.response(201, ReopeningRow)
def reopen(body: dict[str, Any], book_id: int, month: int) -> Response:
    """Ask the level above to open the last closed month again."""
    wanted = month_named(month)
    with deed(_region(book_id, _P.VOUCHER_MAKE)):
        book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
        return done(_wish(ask_reopening(book, wanted, body["reason"], by=actor())), 201)


@resources.get("/books/<int:book_id>/reopenings", "列反结账申请")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.response(200, ReopeningPage)
def wishes(book_id: int) -> Response:
    """List what was asked and answered of a book's months."""
    return listed([_wish(one) for one in list_reopenings(get_book(book_id, actor()).id)])


@resources.get("/reopenings/<int:reopening_id>", "读一份反结账申请")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.response(200, ReopeningRow)
def wish(reopening_id: int) -> Response:
    """Show a wish."""
    return shown(_wish(get_reopening(reopening_id, actor(), _P.LEDGER_READ)))


@resources.post("/reopenings/<int:reopening_id>/answer", "答复反结账申请（上一级）")
@api_requires(_P.PERIOD_REOPEN, scope=_S.DECISIONS_WRITE)
@resources.arguments(ReopeningAnswerEntry)
@resources.response(200, ReopeningRow)
def answer(body: dict[str, Any], reopening_id: int) -> Response:
    """Agree that a month is opened again, or refuse."""
    with deed(get_reopening(reopening_id, actor(), _P.PERIOD_REOPEN).region_code):
        found = get_reopening(reopening_id, actor(), _P.PERIOD_REOPEN)
        answer_reopening(found, body["opinion"], agreed=body["agree"], by=actor())
        return done(_wish(found))
