"""Pages of how a book begins and follows the cards."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.errors import Conflict
from registry.ledger.books.drafts.queries import waits_for
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.opening.forms import FollowForm, OpeningForm, OwnerForm
from registry.ledger.books.opening.queries import (
    find_opening,
    get_owner,
    list_differences,
    list_without_book,
    opening_cards,
)
from registry.ledger.books.opening.rules import Difference, deed_of
from registry.ledger.books.opening.services import propose_assets, propose_opening
from registry.ledger.books.queries import get_book
from registry.ledger.books.rules import BookKind
from registry.ledger.books.services import open_book
from registry.permissions import Permission, may
from registry.places.queries import names_of
from registry.web import actor, finish, page, requires

blueprint = Blueprint("opening", __name__)
_P = Permission


@blueprint.route("/books/new", methods=["GET", "POST"])
@requires(Permission.VOUCHER_MAKE)
def new() -> ResponseReturnValue:
    """Open the book of an owner of assets."""
    owners, form = list_without_book(actor()), OwnerForm()
    names = names_of(one.region_code for one in owners)
    form.offer([(one, names.get(one.region_code, "")) for one in owners])
    if form.validate_on_submit():
        region = get_owner(form.party_id.data, actor()).region_code
        with form.guard(), transaction(region):
            book = open_book(get_owner(form.party_id.data, actor()), by=actor(), on=today())
            return finish(url_for("opening.balances", book_id=book.id), _("已开账，请录入期初余额。"))
    return page("books/new.html", form, owners=owners)


@blueprint.route("/books/<int:book_id>/opening", methods=["GET", "POST"])
@requires(Permission.VOUCHER_MAKE)
def balances(book_id: int) -> ResponseReturnValue:
    """Enter what a book begins with."""
    book, form = get_book(book_id, actor(), _P.VOUCHER_MAKE), OpeningForm()
    form.offer_places(book.version)
    region = book.region_code
    if form.validate_on_submit():
        with form.guard(Conflict), transaction(region):
            book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
            draft = propose_opening(book, form.to_lines(), by=actor(), on=today())
            return finish(url_for("voucher_drafts.show", draft_id=draft.id), _("期初余额已录入，等另一个人复核。"))
    book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
    cards = opening_cards(book) if book.book_kind is BookKind.SUBSIDIARY else []
    return page(
        "books/opening.html", form, book=book, cards=cards, done=find_opening(book),
        waits=waits_for(book, BookDeed.OPENING.value), value=sum(one.card_fen for one in cards),
        wear=sum(one.card_wear_fen for one in cards),
    )  # fmt: skip


@blueprint.route("/books/<int:book_id>/assets", methods=["GET", "POST"])
@requires(Permission.LEDGER_READ)
def assets(book_id: int) -> ResponseReturnValue:
    """Show where books and cards differ; who makes vouchers brings the books in line."""
    book, form = get_book(book_id, actor()), FollowForm()
    region, may_make = book.region_code, may(actor(), _P.VOUCHER_MAKE, book.region_code)
    if may_make and form.validate_on_submit():
        with form.guard(Conflict), transaction(region):
            book, difference = get_book(book_id, actor(), _P.VOUCHER_MAKE), Difference(form.difference.data)
            draft = propose_assets(book, difference, form.booked_on.data, by=actor(), on=today())
            return finish(url_for("voucher_drafts.show", draft_id=draft.id), _("已制单，等另一个人复核。"))
    book = get_book(book_id, actor())
    if not form.is_submitted():
        form.booked_on.data = today()
    rows = list_differences(book, today()) if book.book_kind is BookKind.SUBSIDIARY else []
    return page(
        "books/assets.html", form, book=book, rows=rows, differences=Difference, may_make=may_make,
        waiting={one for one in Difference if waits_for(book, deed_of(one).value)},
    )  # fmt: skip
