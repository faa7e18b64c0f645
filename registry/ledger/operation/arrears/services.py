"""Demanding what is overdue, and giving up what will not come once that is approved."""

from collections.abc import Sequence
from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.services import Application, mark_executed, submit_request
from registry.approvals.requests.states import RequestStatus
from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.kinds import Subject
from registry.ledger.operation.arrears.models import DemandLetter, WriteOff
from registry.ledger.operation.arrears.posting import post_loss
from registry.ledger.operation.arrears.queries import find_waiting, list_demands, write_off_of_request
from registry.ledger.operation.arrears.rules import (
    Demand,
    GivingUp,
    Matter,
    WriteOffStatus,
    check_demand,
    check_giving_up,
    check_one_matter,
    check_undecided,
    days_late,
)
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.services import write_off_due
from registry.parties.models import Party
from registry.permissions import Actor
from registry.policy.procedures import Circumstances
from registry.policy.rules import Policy
from registry.text import N_


def note_demand(due: Due, demand: Demand, files: list[KeptFile], *, by: Actor, on: date) -> DemandLetter:
    """Note that one overdue due was demanded. Raises what check_demand raises."""
    return note_demands([due], demand, files, by=by, on=on)[0]


def note_demands(
    dues: Sequence[Due], demand: Demand, files: list[KeptFile], *, by: Actor, on: date
) -> list[DemandLetter]:
    """Note that one letter demanded several dues of a debtor: all of them or none, each showing it with its papers.

    Raises what check_one_matter and check_demand raise.
    """
    check_one_matter([_matter(due) for due in dues])
    for due in dues:
        check_demand(demand, due_on=due.due_on, owed_fen=due.open_fen, on=on)
    letters = [_letter(due, demand, by) for due in dues]
    db.session.add_all(letters)
    db.session.flush()
    record(Action.DUE_DEMANDED, letters[0], by=by, reason=demand.note.strip(), facts={"dues": [due.id for due in dues]})
    for letter in letters if files else []:
        attach(files, Caption(EvidenceKind.DEMAND, demand.way.label, demand.sent_on), to=thing_of(letter), by=by)
    return letters


def _matter(due: Due) -> Matter:
    return Matter(due.region_code, due.contract_id, due.equity_id, due.debtor_name)


def _letter(due: Due, demand: Demand, by: Actor) -> DemandLetter:
    return DemandLetter(
        region_code=due.region_code, due_id=due.id, way=demand.way.value, sent_on=demand.sent_on, pay_by=demand.pay_by,
        owed_fen=due.open_fen, note=demand.note.strip(), by_id=by.id, by_text=signature(by), at=now(),
    )  # fmt: skip


def propose_write_off(
    due: Due, facts: GivingUp, files: list[KeptFile], *, by: Actor, on: date, policy: Policy
) -> WriteOff:
    """Ask for an overdue due to be given up and submit it for agreement. Raises what check_giving_up raises."""
    check_giving_up(
        facts, owed_fen=due.open_fen, late=days_late(due.due_on, on), has_demand=due.id in list_demands([due.id]),
        is_waiting=find_waiting(due.id) is not None,
    )  # fmt: skip
    case = WriteOff(
        region_code=due.region_code, due_id=due.id, status=WriteOffStatus.PROPOSED.value, amount_fen=facts.amount_fen,
        grounds=facts.grounds.strip(), proposed_by_id=by.id, proposed_by_text=signature(by), proposed_at=now(),
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    record(Action.WRITE_OFF_PROPOSED, case, by=by, reason=case.grounds)
    if files:
        attach(files, Caption(EvidenceKind.DEMAND, case.grounds[:200], on), to=thing_of(case), by=by)
    _submit(case, due, by=by, on=on, policy=policy)
    return case


def _submit(case: WriteOff, due: Due, *, by: Actor, on: date, policy: Policy) -> None:
    units = (due.region_code, *(share.region_code for share in due.shares))
    owner = db.session.get_one(Party, due.shares[0].party_id).owner_kind
    circumstances = Circumstances(Subject.WRITE_OFF, "WRITE_OFF", owner_kind=owner, value_fen=case.amount_fen)
    application = Application(
        circumstances, case.region_code, thing_of(case),
        N_("核销欠款：%(debtor)s") % {"debtor": due.debtor_name}, content_of(case, due), tuple(dict.fromkeys(units)),
        amount_fen=case.amount_fen,
    )  # fmt: skip
    submit_request(application, by=by, on=on, policy=policy)


def content_of(case: WriteOff, due: Due) -> JsonValue:
    """Return exactly what a request decides on."""
    return {
        "due": due.id,
        "debtor": due.debtor_name,
        "kind": due.kind,
        "due_on": due.due_on.isoformat(),
        "owed_fen": due.open_fen,
        "amount_fen": case.amount_fen,
        "grounds": case.grounds,
    }


def follow_write_off(request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Give the due up once everybody agreed; close the case if they did not or it was taken back."""
    case = write_off_of_request(request)
    if case.state is not WriteOffStatus.PROPOSED:
        return
    if request.state is RequestStatus.APPROVED:
        give_up(case, by=by, on=on)
        mark_executed(request, by=by, on=on, policy=policy)
    elif request.state in {RequestStatus.REJECTED, RequestStatus.WITHDRAWN}:
        case.status, case.decided_at, case.reason = WriteOffStatus.REFUSED.value, now(), request.end_reason
        record(Action.WRITE_OFF_REFUSED, case, by=by, reason=case.reason)


def give_up(case: WriteOff, *, by: Actor, on: date) -> None:
    """Take what was approved off the due, part by part, and post each owner's loss. Raises AlreadyDecided.

    What was paid while the case ran is not given up: only what is still open.
    """
    check_undecided(case.state)
    due = db.session.get_one(Due, case.due_id)
    amount = min(case.amount_fen, due.open_fen)
    case.status, case.decided_at, case.amount_fen = WriteOffStatus.WRITTEN_OFF.value, now(), amount or case.amount_fen
    if amount:
        post_loss(case, due, write_off_due(due, amount), by=by, on=on)
    record(Action.WRITTEN_OFF, case, by=by, reason=case.grounds)
