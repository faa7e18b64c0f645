"""JSON resources of vouchers made and mended by hand."""

from flask import Response

from registry.clock import today
from registry.ledger.books.drafts.api import draft_body, seen_draft
from registry.ledger.books.drafts.rules import DraftFacts
from registry.ledger.books.drafts.schemas import DraftEntry, DraftRow
from registry.ledger.books.queries import get_book, get_draft
from registry.ledger.operation.vouchers.services import change_voucher, make_voucher
from registry.permissions import Permission
from registry.rest.calls import actor, api_requires, deed, done
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("vouchers", __name__, "手工凭证")
_P, _S = Permission, Scope


@resources.post("/books/<int:book_id>/drafts", "制单，等另一个人复核")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(DraftEntry)
@resources.response(201, DraftRow)
def make(facts: DraftFacts, book_id: int) -> Response:
    """Make a voucher by hand."""
    with deed(get_book(book_id, actor(), _P.VOUCHER_MAKE).region_code):
        book = get_book(book_id, actor(), _P.VOUCHER_MAKE)
        return done(draft_body(make_voucher(book, facts, (), by=actor(), on=today())), 201)


@resources.put("/drafts/<int:draft_id>", "修改凭证草稿")
@api_requires(_P.VOUCHER_MAKE, scope=_S.BOOKS_WRITE)
@resources.arguments(DraftEntry)
@resources.response(200, DraftRow)
def replace(facts: DraftFacts, draft_id: int) -> Response:
    """Fill a draft in anew."""
    with deed(get_draft(draft_id, actor(), _P.VOUCHER_MAKE).region_code):
        draft = seen_draft(draft_id, _P.VOUCHER_MAKE)
        change_voucher(draft, facts, by=actor(), on=today())
        return done(draft_body(draft))
