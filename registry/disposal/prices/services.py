"""Telling what a trade fetched: accepted at once, decided on again, or suspended."""

from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.rules import Capacity, InterestedPerson
from registry.approvals.requests.services import Application, mark_executed, signature, submit_request
from registry.approvals.requests.states import RequestStatus
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.disposal.cases.content import circumstances_of, owner_units
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.queries import list_lines
from registry.disposal.kinds import DisposalKind, DisposalStatus
from registry.disposal.prices.kinds import PriceVerdict
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.prices.queries import find_price
from registry.disposal.prices.rules import Result, bounds, check_next, check_priced, check_result, verdict_of
from registry.errors import Missing
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.kinds import Sector
from registry.money import format_yuan
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.text import N_

TABLE = "disposal_price"
_PUBLIC = frozenset({DisposalKind.SALE, DisposalKind.AUCTION})


def enter_price(
    case: DisposalCase, result: Result, files: list[KeptFile], *, by: Actor, on: date, policy: Policy
) -> DisposalPrice:
    """Tell what a trade fetched. Below its value the case goes back to every level; far below it is suspended.

    Raises NothingOpened, NotCleared, PriceWaits, PriceStands and what check_result raises.
    """
    check_priced(case.meaning, case.state)
    last = find_price(case.id)
    if last is not None:
        check_next(PriceVerdict(last.verdict), format_yuan(last.price_fen))
    check_result(result, approved_on=case.approved_on, on=on, public=case.about in _PUBLIC)
    row = _price(case, result, (last.round if last else 0) + 1, by=by, policy=policy)
    db.session.add(row)
    db.session.flush()
    record(Action.DISPOSAL_PRICED, row, by=by)
    if files:
        attach(files, Caption(EvidenceKind.CONTRACT, case.number, result.opened_on), to=thing_of(row), by=by)
    _follow_verdict(case, row, by=by, on=on, policy=policy)
    return row


def _price(case: DisposalCase, result: Result, number: int, *, by: Actor, policy: Policy) -> DisposalPrice:
    accept_bp, suspend_bp = bounds(policy)
    base_fen = case.appraised_fen if case.appraised_fen is not None else case.agreed_fen or case.net_fen
    return DisposalPrice(
        case_id=case.id, region_code=case.region_code, round=number, way=result.way.value,
        platform=result.platform.strip(), record_no=result.record_no.strip(), opened_on=result.opened_on,
        bidders=result.bidders, price_fen=result.price_fen, base_fen=base_fen, accept_bp=accept_bp,
        suspend_bp=suspend_bp, verdict=verdict_of(result.price_fen, base_fen, accept_bp, suspend_bp).value,
        buyer_name=result.buyer_name.strip(), buyer_code=result.buyer_code, buyer_kind=result.buyer_kind.value,
        note=result.note.strip(), entered_by_id=by.id, entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip


def _follow_verdict(case: DisposalCase, row: DisposalPrice, *, by: Actor, on: date, policy: Policy) -> None:
    verdict = PriceVerdict(row.verdict)
    if verdict is PriceVerdict.SUSPENDED:
        case.status = DisposalStatus.SUSPENDED.value
        record(Action.DISPOSAL_SUSPENDED, case, by=by, reason=format_yuan(row.price_fen))
        return
    if case.state is DisposalStatus.SUSPENDED:
        case.status = DisposalStatus.APPROVED.value
        record(Action.DISPOSAL_FOLLOWED, case, by=by)
    if verdict is PriceVerdict.WAITING:
        submit_request(_application(case, row), by=by, on=on, policy=policy)


def _application(case: DisposalCase, row: DisposalPrice) -> Application:
    """Ask every level again, on the route the case took."""
    lines = list_lines(case.id, taken=True)
    title = N_("成交价低于评估价，重新审批：%(title)s（%(number)s）") % {"title": case.title, "number": case.number}
    return Application(
        circumstances_of(case, case.basis_fen, case.weighty), case.region_code, thing_of(row), title[:200],
        content_of_price(case, row), owner_units(case, lines), Sector(case.sector) if case.sector else None,
        interested=(InterestedPerson(row.buyer_name, Capacity.BUYER),), amount_fen=case.basis_fen,
    )  # fmt: skip


def content_of_price(case: DisposalCase, row: DisposalPrice) -> JsonValue:
    """Return exactly what is decided on again."""
    return {
        "case": case.number,
        "title": case.title,
        "price_fen": row.price_fen,
        "base_fen": row.base_fen,
        "round": row.round,
        "way": row.way,
        "platform": row.platform,
        "record_no": row.record_no,
        "opened_on": row.opened_on.isoformat(),
        "buyer": row.buyer_name,
        "buyer_code": row.buyer_code,
    }


def follow_price(request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Let the price stand once every level agreed to it again; refuse it if they did not or it was taken back."""
    row = price_of_request(request)
    if PriceVerdict(row.verdict) is not PriceVerdict.WAITING:
        return
    if request.state is RequestStatus.APPROVED:
        row.verdict = PriceVerdict.RENEWED.value
        mark_executed(request, by=by, on=on, policy=policy)
    elif request.state in {RequestStatus.REJECTED, RequestStatus.WITHDRAWN, RequestStatus.SENT_BACK}:
        row.verdict = PriceVerdict.REFUSED.value
    else:
        return
    record(Action.DISPOSAL_PRICED, row, by=by, reason=PriceVerdict(row.verdict).label)


def price_of_request(request: ApprovalRequest) -> DisposalPrice:
    """Return the price that a request is about. Raises Missing."""
    row = db.session.get(DisposalPrice, int(request.case_id)) if request.case_table == TABLE else None
    if row is None:
        raise Missing
    return row
