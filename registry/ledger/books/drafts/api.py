"""JSON resources of drafts: checked by another person, sent back, withdrawn; their original papers."""

from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from registry.clock import today
from registry.evidence.queries import get_attachment
from registry.evidence.rules import EvidenceKind
from registry.evidence.schemas import AttachmentArguments, AttachmentFile, AttachmentPage, AttachmentRow
from registry.evidence.services import Caption, take_in
from registry.evidence.views import given_out
from registry.ledger.books.bodies import voucher_body
from registry.ledger.books.drafts.queries import list_drafts_after, list_papers
from registry.ledger.books.drafts.schemas import DraftArguments, DraftPage, DraftRow
from registry.ledger.books.drafts.services import (
    add_papers,
    check_draft,
    make_reversal,
    send_back,
    withdraw,
)
from registry.ledger.books.models import VoucherDraft
from registry.ledger.books.queries import get_book, get_draft, get_voucher
from registry.ledger.books.rules import DraftState
from registry.ledger.books.schemas import VoucherWhole
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.fields import Reason
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("voucher_drafts", __name__, "手工凭证")
_P, _S = Permission, Scope


def draft_body(draft: VoucherDraft) -> Body:
    """Write a draft."""
    body: Body = DraftRow().dump(draft)
    return body


def seen_draft(draft_id: int, permission: Permission) -> VoucherDraft:
    """Return a draft as the caller has seen it; whoever checks or changes says which version that was."""
    draft = get_draft(draft_id, actor(), permission)
    check_match(draft_body(draft))
    return draft


def _region(draft_id: int, permission: Permission) -> str:
    return get_draft(draft_id, actor(), permission).region_code


@resources.get("/books/<int:book_id>/drafts", "列凭证草稿")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.arguments(DraftArguments, location="query")
@resources.response(200, DraftPage)
def index(args: dict[str, Any], book_id: int) -> Response:
    """List the drafts of a book in order of entry."""
    book, state = get_book(book_id, actor()), DraftState(args["state"]) if "state" in args else None
    found = list_drafts_after(book, number_after(args), args["limit"] + 1, state)
    rows, after = cut(found, args["limit"], lambda draft: draft.id)
    return listed([draft_body(draft) for draft in rows], after)


@resources.get("/drafts/<int:draft_id>", "读一张凭证草稿")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.response(200, DraftRow)
def one(draft_id: int) -> Response:
    """Show a draft."""
    return shown(draft_body(get_draft(draft_id, actor(), _P.LEDGER_READ)))


@resources.post("/drafts/<int:draft_id>/post", "复核并记账（另一个人）")
@api_requires(_P.VOUCHER_CHECK, scope=_S.BOOKS_WRITE)
@resources.response(201, VoucherWhole)
def post(draft_id: int) -> Response:
    """Post what another person made."""
    with deed(_region(draft_id, _P.VOUCHER_CHECK)):
        voucher = check_draft(seen_draft(draft_id, _P.VOUCHER_CHECK), by=actor(), on=today())
        return done(voucher_body(voucher), 201)


@resources.post("/drafts/<int:draft_id>/return", "退回制单人")
@api_requires(_P.VOUCHER_CHECK, scope=_S.BOOKS_WRITE)
@resources.arguments(Reason)
@resources.response(200, DraftRow)
def give_back(body: dict[str, Any], draft_id: int) -> Response:
    """Send a draft back to its maker."""
    with deed(_region(draft_id, _P.VOUCHER_CHECK)):
        draft = seen_draft(draft_id, _P.VOUCHER_CHECK)
        send_back(draft, body["reason"], by=actor())
        return done(draft_body(draft))


@resources.post("/drafts/<int:draft_id>/withdraw", "撤回自己制的单")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.response(200, DraftRow)
def give_up(draft_id: int) -> Response:
    """Give one's own draft up."""
    with deed(_region(draft_id, _P.VOUCHER_MAKE)):
        draft = seen_draft(draft_id, _P.VOUCHER_MAKE)
        withdraw(draft, by=actor())
        return done(draft_body(draft))


@resources.post("/vouchers/<int:voucher_id>/reverse", "红字冲销：制单，等另一个人复核")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(Reason)
@resources.response(201, DraftRow)
def undo(body: dict[str, Any], voucher_id: int) -> Response:
    """Propose to undo a posted voucher."""
    with deed(get_voucher(voucher_id, actor(), _P.VOUCHER_MAKE).region_code):
        voucher = get_voucher(voucher_id, actor(), _P.VOUCHER_MAKE)
        return done(draft_body(make_reversal(voucher, body["reason"], by=actor(), on=today())), 201)


@resources.get("/drafts/<int:draft_id>/attachments", "列凭证草稿的原始凭证")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.response(200, AttachmentPage)
def attachments(draft_id: int) -> Response:
    """List the original papers of a draft."""
    draft = get_draft(draft_id, actor(), _P.LEDGER_READ)
    return listed(AttachmentRow(many=True).dump(list_papers(draft.id)))


@resources.post("/drafts/<int:draft_id>/attachments", "上传原始凭证（制单人，复核以前）")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(AttachmentArguments, location="query")
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, AttachmentPage)
def attach_file(args: dict[str, Any], files: dict[str, FileStorage], draft_id: int) -> Response:
    """Attach an original paper to one's own draft."""
    region = _region(draft_id, _P.VOUCHER_MAKE)
    kept = take_in(files["file"].stream.read(), files["file"].filename or "")
    caption = Caption(EvidenceKind(args["kind"]), args["caption"], args["taken_on"])
    with deed(region):
        draft = get_draft(draft_id, actor(), _P.VOUCHER_MAKE)
        check_match(draft_body(draft), needed=False)
        add_papers(draft, [kept], caption, by=actor())
        return done({"items": AttachmentRow(many=True).dump(list_papers(draft.id)[-1:])}, 201)


@resources.get("/drafts/<int:draft_id>/attachments/<int:attachment_id>", "下载原始凭证")
@api_requires(_P.LEDGER_READ, scope=_S.BOOKS_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def attachment(draft_id: int, attachment_id: int) -> Response:
    """Give out an original paper."""
    draft = get_draft(draft_id, actor(), _P.LEDGER_READ)
    return given_out(get_attachment(attachment_id, "voucher_draft", str(draft.id)))
