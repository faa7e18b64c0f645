"""What waits on desks: money and uses for the second person, prices not paid, balances past their term."""

from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select

from registry.counting import count_up_to
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.kinds import ReceiptStatus, UseStatus
from registry.disposal.proceeds.models import Proceeds, ProceedsReceiptDraft, ProceedsUse
from registry.disposal.proceeds.queries import overdue
from registry.ledger.books.queries import at_hand
from registry.permissions import Actor, Permission
from registry.scope import below

_ENTER, _SECOND = Permission.DISPOSAL_ENTER, Permission.DISPOSAL_CARRY_OUT
Account = tuple[Proceeds, DisposalCase]


def _of_accounts() -> Select[Proceeds, DisposalCase]:
    return select(Proceeds, DisposalCase).join(DisposalCase, DisposalCase.id == Proceeds.case_id)


def _uses(actor: Actor) -> Select[ProceedsUse]:
    """Uses, and wishes to undo one, of other people."""
    mine = ProceedsUse.entered_by_id.is_distinct_from(actor.id)
    undoing = ProceedsUse.undo_by_id.is_distinct_from(actor.id)
    return select(ProceedsUse).where(
        at_hand(ProceedsUse, actor, _SECOND),
        or_(
            (ProceedsUse.status == UseStatus.WAITING.value) & mine,
            (ProceedsUse.status == UseStatus.UNDOING.value) & undoing,
        ),
    )


def list_uses_to_confirm(actor: Actor, limit: int) -> list[tuple[ProceedsUse, Proceeds, DisposalCase]]:
    """Return uses of other people that wait for this person, the oldest first."""
    rows = _uses(actor).order_by(ProceedsUse.entered_at, ProceedsUse.id).limit(limit)
    uses = list(db.session.scalars(rows))
    known = _known({use.proceeds_id for use in uses})
    return [(use, *known[use.proceeds_id]) for use in uses]


def count_uses_to_confirm(actor: Actor, most: int) -> int:
    """Return how many uses of other people wait for this person."""
    return count_up_to(_uses(actor), most)


def _drafts(actor: Actor) -> Select[ProceedsReceiptDraft]:
    return select(ProceedsReceiptDraft).where(
        at_hand(ProceedsReceiptDraft, actor, _SECOND), ProceedsReceiptDraft.status == ReceiptStatus.WAITING.value,
        ProceedsReceiptDraft.entered_by_id.is_distinct_from(actor.id),
    )  # fmt: skip


def list_receipts_to_check(actor: Actor, limit: int) -> list[tuple[ProceedsReceiptDraft, Proceeds, DisposalCase]]:
    """Return money that other people entered as come in and waits for this person, the oldest first."""
    rows = _drafts(actor).order_by(ProceedsReceiptDraft.entered_at, ProceedsReceiptDraft.id).limit(limit)
    drafts = list(db.session.scalars(rows))
    known = _known({draft.proceeds_id for draft in drafts})
    return [(draft, *known[draft.proceeds_id]) for draft in drafts]


def count_receipts_to_check(actor: Actor, most: int) -> int:
    """Return how much of what other people entered as come in waits for this person."""
    return count_up_to(_drafts(actor), most)


def _known(ids: set[int]) -> dict[int, Account]:
    rows = db.session.execute(_of_accounts().where(Proceeds.id.in_(ids)))
    return {account.id: (account, case) for account, case in rows}


def _unpaid(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return at_hand(Proceeds, actor, _ENTER), Proceeds.received_fen < Proceeds.due_fen


def list_unpaid(actor: Actor, limit: int) -> list[Account]:
    """Return accounts whose price has not come in whole, the oldest first."""
    rows = _of_accounts().where(*_unpaid(actor)).order_by(Proceeds.opened_on, Proceeds.id).limit(limit)
    return [(account, case) for account, case in db.session.execute(rows)]


def count_unpaid(actor: Actor, most: int) -> int:
    """Return how many prices have not come in whole."""
    return count_up_to(select(Proceeds.id).where(*_unpaid(actor)), most)


def list_overdue(actor: Actor, on: date, limit: int) -> list[Account]:
    """Return accounts of one's own units past their term, the longest first."""
    return _late((at_hand(Proceeds, actor, _ENTER), overdue(on)), limit)


def count_overdue(actor: Actor, on: date, most: int) -> int:
    """Return how many accounts of one's own units are past their term."""
    return count_up_to(select(Proceeds.id).where(at_hand(Proceeds, actor, _ENTER), overdue(on)), most)


def list_overdue_below(actor: Actor, on: date, limit: int) -> list[Account]:
    """Return accounts of the units below past their term, the longest first: for whoever supervises them."""
    return _late((below(Proceeds, actor, _SECOND), overdue(on)), limit)


def count_overdue_below(actor: Actor, on: date, most: int) -> int:
    """Return how many accounts of the units below are past their term."""
    return count_up_to(select(Proceeds.id).where(below(Proceeds, actor, _SECOND), overdue(on)), most)


def _late(conditions: tuple[ColumnElement[bool], ...], limit: int) -> list[Account]:
    rows = _of_accounts().where(*conditions).order_by(Proceeds.use_by, Proceeds.id).limit(limit)
    return [(account, case) for account, case in db.session.execute(rows)]
