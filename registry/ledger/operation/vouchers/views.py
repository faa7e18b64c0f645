"""Pages on which a voucher is made and mended by hand."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.errors import Conflict
from registry.evidence.uploads import taken_in
from registry.ledger.books.drafts.forms import DraftForm, differing, seen_version
from registry.ledger.books.drafts.queries import list_papers
from registry.ledger.books.drafts.services import Papers
from registry.ledger.books.queries import get_book, get_draft
from registry.ledger.operation.vouchers.services import change_voucher, filled_in, make_voucher
from registry.permissions import Permission
from registry.web import actor, finish, page, requires

blueprint = Blueprint("vouchers", __name__)
_P = Permission


def _url(draft_id: int) -> str:
    return url_for("voucher_drafts.show", draft_id=draft_id)


@blueprint.route("/books/<int:book_id>/drafts/new", methods=["GET", "POST"])
@requires(Permission.VOUCHER_MAKE)
def new(book_id: int) -> ResponseReturnValue:
    """Make a voucher by choosing a deed."""
    book, form = get_book(book_id, actor(), _P.VOUCHER_MAKE), DraftForm()
    form.offer(book.version)
    region = book.region_code
    if form.validate_on_submit():
        with form.guard(Conflict):
            files = taken_in(form.file)
            with transaction(region):
                book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
                draft = make_voucher(book, form.to_facts(), files, by=actor(), on=today())
                return finish(_url(draft.id), _("已制单，等另一个人复核。"))
    if not form.is_submitted():
        form.booked_on.data = today()
    book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
    return page("books/draft_new.html", form, book=book, draft=None, papers=(), changed=())


@blueprint.route("/books/drafts/<int:draft_id>/edit", methods=["GET", "POST"])
@requires(Permission.VOUCHER_MAKE)
def edit(draft_id: int) -> ResponseReturnValue:
    """Fill a draft in anew; a stale form keeps what was typed and shows where the draft has become another."""
    draft, form = get_draft(draft_id, actor(), _P.VOUCHER_MAKE), DraftForm()
    form.offer(draft.book.version)
    region = draft.region_code
    if form.validate_on_submit():
        with form.guard(Conflict):
            papers = Papers(taken_in(form.file), form.drop.data or ())
            with transaction(region):
                draft, seen = get_draft(draft_id, actor(), _P.VOUCHER_MAKE), seen_version(form.version)
                change_voucher(draft, form.to_facts(), papers, by=actor(), on=today(), seen=seen)
                return finish(_url(draft_id), _("已修改，等另一个人复核。"))
    draft = get_draft(draft_id, actor(), _P.VOUCHER_MAKE)
    if not form.is_submitted():
        form.version.data = str(draft.version_id)
        form.fill(filled_in(draft))
    stale = bool(form.problems) and seen_version(form.version) not in {None, draft.version_id}
    changed = differing(form, filled_in(draft), draft.book.version) if stale else ()
    if stale and form.refused_status == Conflict.status:
        form.version.data = str(draft.version_id)  # what stands now is on this page: whoever sends it again has seen it
    kept = list_papers(draft_id)
    return page("books/draft_new.html", form, book=draft.book, draft=draft, papers=kept, changed=changed)
