"""Carrying disposals out in tests: books that hold what goes, and what everything says afterwards."""

from dataclasses import replace

from sqlalchemy import func, select

from registry.approvals.requests.models import ApprovalRequest
from registry.database import db, transaction
from registry.disposal.procedure.executing import carry_out, units_of
from registry.disposal.procedure.execution import Execution
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.proceeds.models import Proceeds
from registry.evidence.services import KeptFile
from registry.ledger.books.drafts.services import check_draft
from registry.ledger.books.entries import Source
from registry.ledger.books.models import Book, Posting, Voucher, VoucherDraft
from registry.ledger.books.opening.services import propose_opening
from registry.ledger.books.queries import vouchers_of
from registry.ledger.books.services import open_book
from registry.ledger.books.soundness import unsound
from registry.operations.kept import unequal_sums
from registry.parties.models import Party
from tests.approvals.notices.boards import kept
from tests.disposal.scenery import case_of, clerk_of, head_of, policy
from tests.factories import TODAY, person

TELLING = Execution(
    handed_over_on=TODAY, signed_by="陈光明", paper_no="移交〔2026〕12号", is_paid=True, paid_on=TODAY,
    receipt_no="收据 0086",
)  # fmt: skip


def told(**changes: object) -> Execution:
    """What is told when something passes to a buyer who has paid."""
    return replace(TELLING, **changes)  # type: ignore[arg-type]


def carried_out(case_id: int, by: str = "", *, sheet: bool = True, **changes: object) -> DisposalExecution:
    """Let the head of the unit carry a case out today."""
    return execute(case_id, told(**changes), by=by, files=[kept("brown")] if sheet else [])


def execute(case_id: int, facts: Execution, *, by: str = "", files: list[KeptFile] | None = None) -> DisposalExecution:
    """Carry a case out as the page does."""
    region, units = case_of(case_id).region_code, units_of(case_of(case_id))
    with transaction(*units):
        who = person(by or head_of(region))
        return carry_out(case_of(case_id), facts, files or [], by=who, on=TODAY, policy=policy(region))


def party(name: str) -> Party:
    """The holder with a name."""
    return db.session.scalars(select(Party).where(Party.name == name)).one()


def book_opened(name: str = "华溪村股份经济合作社") -> Book:
    """The book of an owner, with the assets of before this year as its cards have them."""
    owner = party(name)
    region, clerk = owner.region_code, clerk_of(owner.region_code)
    with transaction(region):
        book = open_book(party(name), by=person(clerk), on=TODAY)
        book_id = book.id
        draft_id = propose_opening(book, [], by=person(clerk), on=TODAY).id
    with transaction(region):
        check_draft(db.session.get_one(VoucherDraft, draft_id), by=person(head_of(region)), on=TODAY)
    return db.session.get_one(Book, book_id)


def vouchers(case_id: int) -> list[Voucher]:
    """What was posted for a case, the oldest first."""
    return vouchers_of(Source("disposal_case", case_id))


def lines(case_id: int, book: Book | None = None) -> list[str]:
    """Every line posted for a case: deed, side, account with its detail, fen."""
    found = []
    for voucher in vouchers(case_id):
        if book is None or voucher.book_id == book.id:
            rows = select(Posting).where(Posting.voucher_uid == voucher.uid).order_by(Posting.position)
            for one in db.session.scalars(rows):
                side, fen = ("借", one.debit_fen) if one.debit_fen else ("贷", one.credit_fen)
                detail = f"-{one.detail}" if one.detail else ""
                found.append(f"{voucher.deed} {side}{one.account}{detail} {fen}")
    return found


def balance(book: Book, account: str, asset_id: int | None = None) -> int:
    """Debits less credits of an account, of one asset if named."""
    rows = select(func.coalesce(func.sum(Posting.debit_fen - Posting.credit_fen), 0)).where(
        Posting.book_id == book.id, Posting.account == account
    )
    rows = rows.where(Posting.asset_id == asset_id) if asset_id is not None else rows
    return int(db.session.scalar(rows) or 0)


def accounts_of(case_id: int) -> list[tuple[str, str, int, int, int]]:
    """What the owners of a case were owed, by name: destination, due, cost, received."""
    rows = select(Proceeds).where(Proceeds.case_id == case_id).order_by(Proceeds.id)
    return [
        (one.party.name, one.destination, one.due_fen, one.cost_fen, one.received_fen)
        for one in db.session.scalars(rows)
    ]


def sums_hold() -> bool:
    """Whether the kept sums equal their rows and the books are sound."""
    return not unequal_sums() and unsound() == []


def request_state(request: ApprovalRequest) -> str:
    """How far a request has come, read anew."""
    return db.session.get_one(ApprovalRequest, request.id).status
