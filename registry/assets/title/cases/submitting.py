"""Submitting a case, submitting it anew, taking it back, and following what is decided on it."""

from collections.abc import Sequence
from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.services import (
    Application,
    digest_of,
    resubmit_request,
    submit_request,
    withdraw_request,
)
from registry.approvals.requests.states import RequestStatus
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.categories import INTERESTS, TitleStatus
from registry.assets.register.rights.rules import check_alike, check_parts
from registry.assets.register.rights.services import set_title
from registry.assets.title.cases.candidates import Chosen, check_free
from registry.assets.title.cases.content import content_of, papers_of, parts_of
from registry.assets.title.cases.executing import carry_out
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.cases.queries import get_case, holders_of, list_lines
from registry.assets.title.cases.services import check_editable, check_facts
from registry.assets.title.documents import asked_for, check_papers
from registry.assets.title.owning import Share, Thing, check_may_own, check_starter
from registry.assets.title.rules import (
    CaseStatus,
    Verdict,
    check_decided,
    check_keeps_property,
    check_open_to,
)
from registry.audit.actions import Action
from registry.audit.canonical import encode
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.errors import Conflict, Missing
from registry.evidence.queries import list_attachments
from registry.kinds import OwnerKind, Sector, Subject, TitleDeed
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.policy.procedures import Circumstances
from registry.policy.rules import Policy
from registry.text import N_

TABLE = "title_case"


class ContentChanged(Conflict):
    """What was agreed to is not what the cards say any more."""

    message = N_("送审之后登记内容又变了，与所同意的不一致。请退回，核对后重新提交。")


def check_case(case: TitleCase, lines: Sequence[TitleLine], *, by: Actor, on: date) -> None:
    """Raise the first rule that a case breaks; the page that checks it before it is submitted asks the same."""
    check_starter(case.kind, case.asset_category, case.sector, case.region_code, by)
    check_facts(case, db.session.get(Party, case.party_id) if case.party_id else None)
    check_decided(case.kind, [_verdict(line) for line in lines])
    taken = [line for line in lines if line.is_in]
    check_free(case.kind, [line.asset for line in taken], on=on, besides=case.id)
    holders = holders_of([line.asset_id for line in taken])
    for line in taken:
        _check_line(case, line, Chosen(line.asset, tuple(holders.get(line.asset_id, ()))))
    _check_deed(case, taken)
    is_interest = any(line.asset.subtype_row.nature in INTERESTS for line in taken)
    attached = frozenset(one.kind for one in list_attachments(TABLE, str(case.id)))
    asked = asked_for(case.kind, case.asset_category, is_interest=is_interest)
    check_papers(asked, papers_of(case), attached, is_interest=is_interest)


def _verdict(line: TitleLine) -> Verdict:
    return Verdict(line.asset.name, line.found, line.decided, line.reason, line.state_of_asset)


def _check_line(case: TitleCase, line: TitleLine, chosen: Chosen) -> None:
    check_open_to(case.kind, chosen.subject)
    asset = line.asset
    thing = Thing(
        asset.name, asset.kind, asset.subtype, asset.region_code,
        frozenset(OwnerKind(row.party.kind) for row in chosen.holders), case.spans_villages,
    )  # fmt: skip
    if case.kind not in {TitleDeed.OWNER_NAME, TitleDeed.SPLIT, TitleDeed.MERGER}:
        check_may_own(thing, [_share(line, n) for n in range(len(line.owners))])
    proposed = frozenset((owner.party_id, owner.share_bp) for owner in line.owners)
    check_keeps_property(case.kind, chosen.subject, proposed)


def _share(line: TitleLine, place: int) -> Share:
    owner = line.owners[place]
    party = owner.party
    return Share(party.owner_kind, party.name, party.region_code, owner.share_bp, owner.invested_fen)


def _check_deed(case: TitleCase, taken: Sequence[TitleLine]) -> None:
    if case.kind is TitleDeed.SPLIT:
        asset = taken[0].asset
        check_parts(asset.original_value_fen, asset.quantity_milli, parts_of(case))
    if case.kind is TitleDeed.MERGER:
        check_alike([registration_of(line.asset) for line in taken])


def submit_case(case: TitleCase, *, by: Actor, on: date, policy: Policy) -> ApprovalRequest:
    """Submit a case, or submit it anew after it was sent back. Raises what check_case raises."""
    check_editable(case)
    lines = list_lines(case.id)
    check_case(case, lines, by=by, on=on)
    application = _application(case, lines)
    request = find_request(TABLE, str(case.id))
    if request is not None and request.state is RequestStatus.SENT_BACK:
        resubmit_request(request, application, by=by, on=on, policy=policy)
    else:
        request = submit_request(application, by=by, on=on, policy=policy)
    case.status, case.submitted_at = CaseStatus.SUBMITTED.value, now()
    if case.kind is TitleDeed.FIRST_TITLE:
        set_title([line.asset for line in lines if line.is_in], TitleStatus.IN_PROCEDURE, on=on)
        _release([line for line in lines if not line.is_in], on)
    record(Action.TITLE_SUBMITTED, case, by=by, content=request.content_digest)
    return request


def _release(lines: Sequence[TitleLine], on: date) -> None:
    """Let assets that are in the case no more stand as untitled again."""
    waiting = [line.asset for line in lines if line.asset.title_status == TitleStatus.IN_PROCEDURE]
    set_title(waiting, TitleStatus.UNCONFIRMED, on=on)


def circumstances_of(case: TitleCase, lines: Sequence[TitleLine]) -> Circumstances:
    """Return what chooses the route of a case: its deed, category, the kind of its first holder, its value."""
    taken = [line for line in lines if line.is_in]
    first = min(taken[0].owners, key=lambda owner: (-owner.share_bp, owner.id))
    value_fen = sum(line.asset.original_value_fen for line in taken)
    return Circumstances(Subject.TITLE, case.deed, case.asset_category, first.party.owner_kind, value_fen)


def _application(case: TitleCase, lines: Sequence[TitleLine]) -> Application:
    circumstances = circumstances_of(case, lines)
    if circumstances.owner_kind is not None:
        case.owner_kind = circumstances.owner_kind.value
    owners = [owner for line in lines if line.is_in for owner in line.owners]
    units = dict.fromkeys([case.region_code, *(owner.party.region_code for owner in owners)])
    return Application(
        circumstances, case.region_code, thing_of(case), case.title, content_of(case, lines), tuple(units),
        Sector(case.sector) if case.sector else None, amount_fen=circumstances.value_fen,
    )  # fmt: skip


def withdraw_case(case: TitleCase, reason: str, *, by: Actor, on: date, policy: Policy) -> None:
    """Take a case back before anything was carried out; a draft is simply given up."""
    if case.state not in {CaseStatus.DRAFT, CaseStatus.SUBMITTED, CaseStatus.SENT_BACK}:
        raise Conflict(N_("这件事项是“%(status)s”，不能撤回。"), status=case.state.label)
    request = find_request(TABLE, str(case.id))
    if request is not None:
        withdraw_request(request, reason, by=by, on=on, policy=policy)
    _end(case, CaseStatus.WITHDRAWN, reason, on)
    record(Action.TITLE_WITHDRAWN, case, by=by, reason=reason.strip())


def _end(case: TitleCase, status: CaseStatus, reason: str, on: date) -> None:
    if case.kind is TitleDeed.FIRST_TITLE:
        _untitle(case, TitleStatus.UNCONFIRMED, on)
        _release(list_lines(case.id), on)
    case.status, case.end_reason = status.value, reason.strip()


def _untitle(case: TitleCase, status: TitleStatus, on: date) -> None:
    """Take back what an agreement said of title, before a certificate was issued on it."""
    if case.state is CaseStatus.APPROVED:
        set_title([line.asset for line in list_lines(case.id) if line.is_in], status, on=on)


def follow_request(request: ApprovalRequest, *, by: Actor, on: date, policy: Policy) -> None:
    """Bring the case in line with its request: after a decision, a meeting, a notice or a call-in alike."""
    case = case_of_request(request)
    wanted = _FOLLOWS.get(request.state)
    if wanted is None or case.state in {wanted, CaseStatus.DONE}:
        return
    if wanted is CaseStatus.APPROVED:
        lines = list_lines(case.id)
        if digest_of(encode(content_of(case, lines))) != request.content_digest:
            raise ContentChanged
        check_free(case.kind, [line.asset for line in lines if line.is_in], on=on, besides=case.id)
        carry_out(case, lines, request, by=by, on=on, policy=policy)
        return
    if wanted is CaseStatus.SENT_BACK:
        _reopen(case, on)
    else:
        _end(case, wanted, request.end_reason, on)
    record(Action.TITLE_FOLLOWED, case, by=by, content=request.content_digest)


def _reopen(case: TitleCase, on: date) -> None:
    """Give a case back to its sender; what was titled and then called in is under way again."""
    if case.kind is TitleDeed.FIRST_TITLE:
        _untitle(case, TitleStatus.IN_PROCEDURE, on)
    case.status, case.approved_on = CaseStatus.SENT_BACK.value, None


_FOLLOWS = {
    RequestStatus.APPROVED: CaseStatus.APPROVED,
    RequestStatus.SENT_BACK: CaseStatus.SENT_BACK,
    RequestStatus.REJECTED: CaseStatus.REJECTED,
    RequestStatus.WITHDRAWN: CaseStatus.WITHDRAWN,
}


def case_of_request(request: ApprovalRequest) -> TitleCase:
    """Return the case that a request is about, whoever asks: who sees the request sees its case. Raises Missing."""
    case = db.session.get(TitleCase, int(request.case_id)) if request.case_table == TABLE else None
    if case is None:
        raise Missing
    return case


def find_case_request(case: TitleCase) -> ApprovalRequest | None:
    """Return the newest request of a case."""
    return find_request(TABLE, str(case.id))


def get_case_to_enter(case_id: int, by: Actor) -> TitleCase:
    """Return a case that this person may fill in; raises Missing."""
    return get_case(case_id, by, Permission.TITLE_ENTER)
