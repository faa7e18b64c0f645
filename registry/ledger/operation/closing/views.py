"""The page on which the accountant confirms what a month has earned, and asks for it to be closed."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.clock import today
from registry.database import transaction
from registry.errors import Conflict, Missing, RegistryError
from registry.ledger.books.models import Book
from registry.ledger.books.periods.queries import next_to_close
from registry.ledger.books.queries import get_book
from registry.ledger.books.rules import last_day, month_of, say_month
from registry.ledger.operation.closing.forms import offered, read, typed
from registry.ledger.operation.closing.queries import Offer, list_offers
from registry.ledger.operation.closing.rules import AmountsRefused
from registry.ledger.operation.closing.services import ask_to_close
from registry.permissions import Permission
from registry.web import BaseForm, actor, finish, page, requires, say

blueprint = Blueprint("closing", __name__)
_P = Permission


@blueprint.route("/books/<int:book_id>/periods/<int:month>/begin", methods=["GET", "POST"])
@requires(Permission.VOUCHER_MAKE)
def begin(book_id: int, month: int) -> ResponseReturnValue:
    """Show what the dues say a month has earned; who confirms it asks for the month to be closed."""
    book, form = get_book(book_id, actor(), _P.VOUCHER_MAKE), ActForm()
    if month < month_of(book.opened_on) or month > month_of(today()):
        raise Missing
    offers = list_offers(book, month)
    if not form.validate_on_submit():
        return _drawn(form, book, month, offers, offered(offers))
    texts = typed(request.form, offers)
    amounts, problems = read(texts, offers)
    if problems:
        form.refuse(AmountsRefused(count=len(problems)))
    else:
        with form.guard(Conflict), transaction(book.region_code):
            book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
            ask_to_close(book, month, amounts, by=actor(), on=today())
            return finish(url_for("periods.index", book_id=book_id), _("已申请结账，等另一个人核对后结账。"))
    return _drawn(form, get_book(book_id, actor(), _P.VOUCHER_MAKE), month, list_offers(book, month), texts, problems)


def _drawn(
    form: BaseForm, book: Book, month: int, offers: Sequence[Offer], texts: Mapping[int, str],
    problems: Mapping[int, RegistryError] | None = None,
) -> ResponseReturnValue:  # fmt: skip
    return page(
        "closing/begin.html", form, book=book, month=month, what=say_month(month), until=last_day(month),
        offers=offers, texts=texts, said={key: say(error) for key, error in (problems or {}).items()},
        is_next=month == next_to_close(book) and month < month_of(today()),
    )  # fmt: skip
