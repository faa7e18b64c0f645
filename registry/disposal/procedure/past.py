"""Disposals of before go-live (历史补录): entered with papers, confirmed by the level above; no request, no books."""

from dataclasses import dataclass
from datetime import date

from registry.approvals.requests.services import signature
from registry.assets.custody.faults.services import end_faults
from registry.assets.register.registration import Stage
from registry.assets.register.rights.lineage import close_cards
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import Opening, open_case
from registry.disposal.cases.queries import list_lines
from registry.disposal.kinds import DisposalStatus, Extent
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.procedure.refusals import (
    DocumentMissing,
    NotAbove,
    NotPast,
    NotWaiting,
    OpinionMissing,
    OwnRecord,
)
from registry.disposal.procedure.removing import Leaving, end_all
from registry.disposal.refusals import PartNotAllowed
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.permissions import Actor, Permission, may
from registry.places.queries import go_live_of
from registry.regions import level_of


@dataclass(frozen=True)
class PastDisposal:
    """A disposal of before go-live as its papers tell it: the case, who got it, and for how much (fen)."""

    opening: Opening
    price_fen: int = 0


def enter_past(facts: PastDisposal, files: list[KeptFile], *, by: Actor, on: date) -> DisposalCase:
    """Enter a disposal of before go-live with its papers; the level above confirms it.

    Raises NotPast, DocumentMissing, PartNotAllowed and what open_case raises.
    """
    words = facts.opening.words
    if not words.document_no.strip() or not files:
        raise DocumentMissing(field="document_no")
    case = open_case(facts.opening, by=by, on=on)
    go_live = go_live_of(case.region_code)
    if go_live is None or words.effective_on >= go_live or not case.meaning.removes:
        raise NotPast(field="effective_on")
    lines = list_lines(case.id, taken=True)
    if any(line.how_much is not Extent.WHOLE for line in lines):
        raise PartNotAllowed(field="extent", kind=case.about.label)
    case.is_legacy, case.status, case.submitted_by_id = True, DisposalStatus.SUBMITTED.value, by.id
    case.original_fen = sum(line.original_fen for line in lines)
    case.net_fen = sum(line.net_fen for line in lines)
    # What it fetched stands where a meeting's value stands: nothing of it is decided any more.
    case.agreed_fen, case.submitted_on = facts.price_fen, on
    record(Action.DISPOSAL_PAST_ENTERED, case, by=by, reason=case.reason)
    attach(files, Caption(EvidenceKind.APPROVAL, case.document_no, case.effective_on), to=thing_of(case), by=by)
    return case


def check_waiting(case: DisposalCase, by: Actor) -> None:
    """Raise NotWaiting, OwnRecord, NotAbove unless another person of the level above looks at a case of the past."""
    if not case.is_legacy or case.state is not DisposalStatus.SUBMITTED:
        raise NotWaiting
    if by.id is None or by.id in {case.opened_by_id, case.submitted_by_id}:
        raise OwnRecord
    above = level_of(by.unit_code).depth < level_of(case.region_code).depth
    if not above or not may(by, Permission.DISPOSAL_CARRY_OUT, case.region_code):
        raise NotAbove


def confirm_past(case: DisposalCase, opinion: str, *, by: Actor, on: date) -> DisposalExecution:
    """Let a disposal of before go-live count: its cards are closed from the day on which it happened."""
    check_waiting(case, by)
    row = DisposalExecution(
        case_id=case.id, region_code=case.region_code, effective_on=case.effective_on,
        recipient_name=case.recipient_name, price_fen=case.agreed_fen, is_paid=case.agreed_fen > 0,
        paper_no=case.document_no, note=opinion.strip(), prepared_by_id=case.opened_by_id,
        prepared_by_text=case.opened_by_text, by_id=by.id, by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    cards = [line.asset for line in list_lines(case.id, taken=True)]
    close_cards(cards, Stage.DISPOSED, on=case.effective_on)
    leaving = Leaving(case, case.effective_on, case.effective_on, by)
    end_all(cards, leaving)
    end_faults([card.id for card in cards], leaving.reason, by=by, on=leaving.day)
    case.status, case.approved_on, case.done_on = DisposalStatus.DONE.value, case.effective_on, on
    record(Action.DISPOSAL_PAST_CONFIRMED, case, by=by, reason=opinion.strip())
    return row


def refuse_past(case: DisposalCase, opinion: str, *, by: Actor) -> None:
    """Refuse a disposal of before go-live that its papers do not prove; the cards stay as they are."""
    check_waiting(case, by)
    if not opinion.strip():
        raise OpinionMissing(field="opinion")
    case.status, case.end_reason = DisposalStatus.REJECTED.value, opinion.strip()[:500]
    record(Action.DISPOSAL_FOLLOWED, case, by=by, reason=opinion.strip())
