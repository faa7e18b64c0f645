"""Pages of closing: the months of a book, closing one, opening it again."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.audit.services import make_checkpoint
from registry.clock import today
from registry.database import transaction
from registry.errors import Conflict
from registry.ledger.books.models import Book, BookPeriod, Reopening
from registry.ledger.books.periods.forms import AnswerForm, CloseForm, ReopeningForm
from registry.ledger.books.periods.queries import by_year, find_waiting, get_reopening, held_assets, next_to_close
from registry.ledger.books.periods.rules import CLOSED_REASON, ReopeningAnswer
from registry.ledger.books.periods.services import answer_reopening, ask_reopening, close_period
from registry.ledger.books.queries import count_drafts_in, find_period, get_book, list_periods, list_reopenings
from registry.ledger.books.rules import BookKind, NotLastClosed, PeriodState, first_day, month_of, say_month
from registry.ledger.books.showing import marked_in
from registry.permissions import Permission, may
from registry.regions import level_of, log_of
from registry.web import BaseForm, actor, finish, page, requires

blueprint = Blueprint("periods", __name__)
_P = Permission


def _url(book_id: int) -> str:
    return url_for("periods.index", book_id=book_id)


@blueprint.get("/books/<int:book_id>/periods")
@requires(Permission.LEDGER_READ)
def index(book_id: int) -> ResponseReturnValue:
    """Show which months of a book are closed and what is next."""
    return _shown(get_book(book_id, actor()))


def _shown(book: Book, form: BaseForm | None = None) -> ResponseReturnValue:
    me, region, following = actor(), book.region_code, next_to_close(book)
    period, is_over = find_period(book.id, following), following < month_of(today())
    closing = form if isinstance(form, CloseForm) else CloseForm(formdata=None)
    if form is not closing or form.refused_status == Conflict.status:
        closing.version.data = _version(period)  # of what is shown now
    begun = period is not None and period.stage is PeriodState.CLOSING
    asks = list_reopenings(book.id)
    worn = held_assets(book, following) if is_over and book.book_kind is BookKind.SUBSIDIARY else []
    return page(
        "books/periods.html",
        form,
        book=book,
        years=by_year(list_periods(book.id)),
        reopenings=asks,
        opened={one.month: one for one in asks if one.answer == ReopeningAnswer.AGREED.value},
        answers=ReopeningAnswer,
        following=following,
        is_over=is_over,
        period=period if begun else None,
        waiting=count_drafts_in(book.id, following),
        accruals=period.accruals if begun and period is not None else [],
        marked=marked_in(period.accruals if begun and period is not None else []),
        depreciation=sum(one.missing_fen for one in worn),
        ends_year=first_day(following).month == 12 and book.book_kind is BookKind.SUBSIDIARY,
        closing=closing,
        reopening=form if isinstance(form, ReopeningForm) else ReopeningForm(formdata=None),
        asked=find_waiting(book.id),
        may_begin=may(me, _P.VOUCHER_MAKE, region) and is_over,
        may_close=begun and may(me, _P.VOUCHER_CHECK, region) and period is not None and period.begun_by_id != me.id,
        may_ask=may(me, _P.VOUCHER_MAKE, region) and book.closed_month is not None,
        say_month=say_month,
    )


def _version(period: BookPeriod | None) -> str:
    return str(period.version_id) if period is not None else ""


@blueprint.post("/books/<int:book_id>/periods/<int:month>/close")
@requires(Permission.VOUCHER_CHECK, proof=True)
def close(book_id: int, month: int) -> ResponseReturnValue:
    """Close a month that another person asked to close, and sign the log."""
    region, form = get_book(book_id, actor(), _P.VOUCHER_CHECK).region_code, CloseForm()
    if form.validate_on_submit():
        with form.guard(Conflict):
            with transaction(region):
                book = get_book(book_id, actor(), _P.VOUCHER_CHECK)
                close_period(book, month, by=actor(), on=today(), seen=form.seen)
                answer = finish(_url(book_id), _("%(month)s 已结账。", month=say_month(month)))
            make_checkpoint(log_of(region), CLOSED_REASON)
            return answer
    return _shown(get_book(book_id, actor(), _P.VOUCHER_CHECK), form)


@blueprint.post("/books/<int:book_id>/periods/<int:month>/reopen")
@requires(Permission.VOUCHER_MAKE)
def reopen(book_id: int, month: int) -> ResponseReturnValue:
    """Ask the level above to open the last closed month again."""
    region, form = get_book(book_id, actor(), _P.VOUCHER_MAKE).region_code, ReopeningForm()
    if form.validate_on_submit():
        with form.guard(Conflict), transaction(region):
            book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
            ask_reopening(book, month, form.reason.data or "", by=actor())
            return finish(_url(book_id), _("已申请反结账，等上一级同意。"))
    return _shown(get_book(book_id, actor(), _P.VOUCHER_MAKE), form)


@blueprint.get("/books/reopenings/<int:reopening_id>")
@requires(Permission.LEDGER_READ)
def reopening(reopening_id: int) -> ResponseReturnValue:
    """Show what was asked and answered."""
    return _shown_wish(get_reopening(reopening_id, actor(), _P.LEDGER_READ), AnswerForm(formdata=None))


def _shown_wish(wish: Reopening, form: AnswerForm) -> ResponseReturnValue:
    me = actor()
    above = level_of(me.unit_code).depth < min(level_of(wish.asked_from).depth, level_of(wish.region_code).depth)
    return page(
        "books/reopening.html",
        form,
        book=get_book(wish.book_id, me),
        wish=wish,
        answer=ReopeningAnswer(wish.answer),
        may_answer=not wish.answer and above and may(me, _P.PERIOD_REOPEN, wish.region_code),
        say_month=say_month,
    )


@blueprint.post("/books/reopenings/<int:reopening_id>/answer")
@requires(Permission.PERIOD_REOPEN, proof=True)
def answer(reopening_id: int) -> ResponseReturnValue:
    """Agree that a month is opened again, or refuse."""
    region, form = get_reopening(reopening_id, actor(), _P.PERIOD_REOPEN).region_code, AnswerForm()
    if form.validate_on_submit():
        agreed = form.answer.data == "agree"
        with form.guard(NotLastClosed), transaction(region):
            wish = get_reopening(reopening_id, actor(), _P.PERIOD_REOPEN)
            answer_reopening(wish, form.opinion.data or "", agreed=agreed, by=actor())
            message = _("已同意反结账。") if agreed else _("已答复：不同意。")
            return finish(url_for("periods.reopening", reopening_id=reopening_id), message)
    return _shown_wish(get_reopening(reopening_id, actor(), _P.PERIOD_REOPEN), form)
