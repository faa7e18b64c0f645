"""Pages of vouchers made by hand: making, changing, checking, undoing."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.clock import today
from registry.database import db, transaction
from registry.errors import Conflict
from registry.evidence.queries import get_attachment
from registry.evidence.views import given_out
from registry.ledger.books.drafts.forms import CheckForm, ReasonForm, seen_version
from registry.ledger.books.drafts.queries import PAGE_ROWS, list_drafts_after, list_dropped, list_papers
from registry.ledger.books.drafts.rules import MANUAL
from registry.ledger.books.drafts.services import (
    check_draft,
    make_reversal,
    send_back,
    withdraw,
)
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.models import Voucher, VoucherDraft
from registry.ledger.books.queries import get_book, get_draft, get_voucher, list_postings
from registry.ledger.books.rules import DraftState
from registry.ledger.books.showing import account_name, marked_in, totals_of
from registry.money import capital_amount
from registry.permissions import Permission, may
from registry.web import BaseForm, actor, finish, page, requires, row_number

blueprint = Blueprint("voucher_drafts", __name__)
_P, _S = Permission, DraftState


def _url(draft_id: int) -> str:
    return url_for("voucher_drafts.show", draft_id=draft_id)


@blueprint.get("/books/<int:book_id>/drafts")
@requires(Permission.LEDGER_READ)
def index(book_id: int) -> ResponseReturnValue:
    """List the drafts of a book that wait."""
    book = get_book(book_id, actor())
    rows = list_drafts_after(book, row_number("after"), PAGE_ROWS + 1)
    return page("books/drafts.html", book=book, rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS)


@blueprint.get("/books/drafts/<int:draft_id>")
@requires(Permission.LEDGER_READ)
def show(draft_id: int) -> ResponseReturnValue:
    """Show a draft with what may be done about it."""
    return _shown(get_draft(draft_id, actor(), _P.LEDGER_READ))


def _shown(draft: VoucherDraft, form: BaseForm | None = None) -> ResponseReturnValue:
    me, region = actor(), draft.region_code
    is_own, waits = me.id == draft.made_by_id, draft.stage in {_S.MADE, _S.SENT_BACK}
    check = form if isinstance(form, CheckForm) else CheckForm(formdata=None, version=str(draft.version_id))
    if check.refused_status == Conflict.status:
        check.version.data = str(draft.version_id)  # what the checker has before them now
    return page(
        "books/draft.html",
        form,
        book=draft.book,
        draft=draft,
        check=check,
        act=ActForm(formdata=None),
        account_name=account_name,
        marked=marked_in(draft.lines),
        totals=totals_of(draft.lines),
        capital=capital_amount(abs(draft.total_fen)),
        files=list_papers(draft.id),
        dropped=list_dropped(draft.id),
        undoes=db.session.get(Voucher, draft.reverses_id) if draft.reverses_id else None,
        may_check=may(me, _P.VOUCHER_CHECK, region) and draft.stage is _S.MADE and not is_own,
        may_edit=is_own and waits and draft.reverses_id is None and BookDeed(draft.deed) in MANUAL,
        may_withdraw=is_own and waits,
    )


@blueprint.post("/books/drafts/<int:draft_id>/check")
@requires(Permission.VOUCHER_CHECK)
def check(draft_id: int) -> ResponseReturnValue:
    """Post a draft, or send it back."""
    region, form = get_draft(draft_id, actor(), _P.VOUCHER_CHECK).region_code, CheckForm()
    if form.validate_on_submit():
        with form.guard(Conflict), transaction(region):
            draft = get_draft(draft_id, actor(), _P.VOUCHER_CHECK)
            if form.answer.data == "post":
                voucher = check_draft(draft, by=actor(), on=today(), seen=seen_version(form.version))
                url = url_for("books.voucher", voucher_id=voucher.id)
                return finish(url, _("已记账：%(number)s。", number=voucher.label))
            send_back(draft, form.reason.data or "", by=actor())
            return finish(_url(draft_id), _("已退回制单人。"))
    return _shown(get_draft(draft_id, actor(), _P.VOUCHER_CHECK), form)


@blueprint.post("/books/drafts/<int:draft_id>/withdraw")
@requires(Permission.VOUCHER_MAKE)
def give_up(draft_id: int) -> ResponseReturnValue:
    """Give one's own draft up."""
    region, form = get_draft(draft_id, actor(), _P.VOUCHER_MAKE).region_code, ActForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            withdraw(get_draft(draft_id, actor(), _P.VOUCHER_MAKE), by=actor())
            return finish(_url(draft_id), _("已撤回。"))
    return _shown(get_draft(draft_id, actor(), _P.VOUCHER_MAKE), form)


@blueprint.route("/vouchers/<int:voucher_id>/reverse", methods=["GET", "POST"])
@requires(Permission.VOUCHER_MAKE)
def undo(voucher_id: int) -> ResponseReturnValue:
    """Propose to undo a posted voucher in red."""
    voucher, form = get_voucher(voucher_id, actor(), _P.VOUCHER_MAKE), ReasonForm()
    region = voucher.region_code
    if form.validate_on_submit():
        with form.guard(Conflict), transaction(region):
            voucher = get_voucher(voucher_id, actor(), _P.VOUCHER_MAKE)
            draft = make_reversal(voucher, form.reason.data or "", by=actor(), on=today())
            return finish(_url(draft.id), _("冲销凭证已制单，等另一个人复核。"))
    voucher = get_voucher(voucher_id, actor(), _P.VOUCHER_MAKE)
    lines = list_postings(voucher)
    return page(
        "books/undo.html", form, book=get_book(voucher.book_id, actor()), voucher=voucher, lines=lines,
        marked=marked_in(lines), account_name=account_name,
    )  # fmt: skip


@blueprint.get("/books/drafts/<int:draft_id>/files/<int:attachment_id>")
@requires(Permission.LEDGER_READ)
def file(draft_id: int, attachment_id: int) -> Response:
    """Give out an original paper."""
    draft = get_draft(draft_id, actor(), _P.LEDGER_READ)
    return given_out(get_attachment(attachment_id, "voucher_draft", str(draft.id)))
