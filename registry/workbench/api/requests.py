"""JSON resources of requests: what lies on one's desk, one request, and everything that is said of it."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from registry.approvals.requests.cases import list_interests
from registry.approvals.requests.inbox import (
    list_filed_with,
    list_late_below,
    list_on_desk,
    list_own_running,
    list_requests,
    list_sent_back_to,
)
from registry.approvals.requests.models import ApprovalInterest, ApprovalRequest
from registry.approvals.requests.people import person_of
from registry.approvals.requests.queries import CASE_TABLE, get_request
from registry.approvals.requests.schemas import (
    DecisionEntry,
    Inbox,
    RequestArguments,
    RequestCard,
    RequestPage,
    RequestReason,
    RequestRow,
    RequestState,
    SeenRequest,
    decision_of,
)
from registry.approvals.requests.services import Decision
from registry.approvals.requests.services import recuse as step_aside
from registry.approvals.requests.showing import steps_of
from registry.approvals.requests.states import Outcome, RequestStatus, Verdict
from registry.clock import today
from registry.evidence.queries import list_attachments
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import number_after
from registry.sealing import masked_name
from registry.token_scopes import Scope
from registry.workbench.deeds import lacks, offered, take
from registry.workbench.deeds import withdraw as withdraw_request

resources = Resources("requests", __name__, "申请和签署")
_P, _S = Permission, Scope
_PLAIN = (
    "id", "version_id", "title", "region_code", "subject", "amount_fen", "status", "step_kind", "desk_role",
    "desk_code", "since", "due_on", "submitted_by_text", "deed", "route_key", "case_table", "case_id", "content",
    "content_digest", "content_version", "submitted_at", "ended_at", "end_reason",
)  # fmt: skip


def _card(found: ApprovalRequest) -> Body:
    on, lacking = today(), lacks(found, today())
    card: Body = RequestCard().dump(
        {name: getattr(found, name) for name in _PLAIN}
        | {
            "lacks": _(lacking) if lacking else "",
            "offered": [verdict.value for verdict in offered(found, actor(), on)],
            "steps": steps_of(found, on),
            "interests": [*map(_interest, list_interests(found))],
            "files": list_attachments(CASE_TABLE, str(found.id)),
        }
    )
    return card


def _interest(one: ApprovalInterest) -> dict[str, str]:
    return {"name": one.name if one.user_id else masked_name(one.name), "capacity": one.capacity}


def moved_on(found: ApprovalRequest, outcome: Outcome | None = None) -> Body:
    """Return how far a request has come, without what is decided on: answers are kept, and cases name people."""
    told = {"request_id": found.id, "status": found.status, "step_kind": found.step_kind}
    body: Body = RequestState().dump(told | ({"outcome": outcome.value} if outcome else {}))
    return body


@resources.get("/requests", "列申请")
@api_requires(_P.ASSET_READ, scope=_S.CASES_READ)
@resources.arguments(RequestArguments, location="query")
@resources.response(200, RequestPage)
def index(args: dict[str, Any]) -> Response:
    """List requests within reach, the newest first."""
    status = RequestStatus(args["status"]) if "status" in args else None
    found = list_requests(actor(), status, before=number_after(args), limit=args["limit"])
    return listed(RequestRow(many=True).dump(found.rows), str(found.rows[-1].id) if found.older else None)


@resources.get("/inbox", "待我办的、下级逾期的、报我备案的、退给我的、我提交在办的")
@api_requires(_P.ASSET_READ, scope=_S.CASES_READ)
@resources.response(200, Inbox)
def inbox() -> Response:
    """Show what lies on the caller's desk, late below it, filed with it, and of the caller's own with others."""
    person, on = person_of(actor(), today()), today()
    told: Body = Inbox().dump(
        {
            "mine": list_on_desk(person, on), "late_below": list_late_below(person, on),
            "filed": list_filed_with(person, on), "sent_back": list_sent_back_to(actor()),
            "under_way": list_own_running(actor()),
        }
    )  # fmt: skip
    return shown(told)


@resources.get("/requests/<int:request_id>", "读一件申请：环节、意见、签署内容")
@api_requires(_P.ASSET_READ, scope=_S.CASES_READ)
@resources.response(200, RequestCard)
def one(request_id: int) -> Response:
    """Show a request."""
    return shown(_card(get_request(request_id, actor())))


def _said(request_id: int, decision: Decision) -> Response:
    with deed(get_request(request_id, actor()).region_code):
        found = get_request(request_id, actor())
        outcome = take(found, decision, by=actor(), on=today())
        return done(moved_on(found, outcome))


@resources.post("/requests/<int:request_id>/decide", "签署：同意、退回或否决")
@api_requires(_P.CASE_DECIDE, scope=_S.DECISIONS_WRITE)
@resources.arguments(DecisionEntry)
@resources.response(200, RequestState)
def decide(body: dict[str, Any], request_id: int) -> Response:
    """Agree, send back or reject, by the content and state that was seen; 409 if either has changed."""
    return _said(request_id, decision_of(body, Verdict(body["verdict"])))


@resources.post("/requests/<int:request_id>/call-in", "提级调阅备案的申请")
@api_requires(_P.CASE_DECIDE, scope=_S.DECISIONS_WRITE)
@resources.arguments(SeenRequest)
@resources.response(200, RequestState)
def call_in(body: dict[str, Any], request_id: int) -> Response:
    """Call in a request that was filed, within its days."""
    return _said(request_id, decision_of(body, Verdict.CALL_IN))


@resources.post("/requests/<int:request_id>/release", "放行已调阅的申请")
@api_requires(_P.CASE_DECIDE, scope=_S.DECISIONS_WRITE)
@resources.arguments(SeenRequest)
@resources.response(200, RequestState)
def release(body: dict[str, Any], request_id: int) -> Response:
    """Let a request that was called in go on where it stood."""
    return _said(request_id, decision_of(body, Verdict.RELEASE))


@resources.post("/requests/<int:request_id>/withdraw", "撤回申请")
@api_requires(_P.ASSET_READ, scope=_S.CASES_WRITE)
@resources.arguments(RequestReason)
@resources.response(200, RequestState)
def withdraw(body: dict[str, Any], request_id: int) -> Response:
    """Take a request back before it is carried out."""
    with deed(get_request(request_id, actor()).region_code):
        found = get_request(request_id, actor())
        check_match(_card(found), needed=False)
        withdraw_request(found, body["reason"], by=actor(), on=today())
        return done(moved_on(found))


@resources.post("/requests/<int:request_id>/recuse", "回避")
@api_requires(_P.CASE_DECIDE, scope=_S.DECISIONS_WRITE)
@resources.arguments(RequestReason)
@resources.response(200, RequestState)
def recuse(body: dict[str, Any], request_id: int) -> Response:
    """Step aside from a case in which one is interested."""
    with deed(get_request(request_id, actor()).region_code):
        found = get_request(request_id, actor())
        policy = policy_for(found.region_code, today())
        step_aside(found, body["reason"], by=actor(), on=today(), policy=policy)
        return done(moved_on(found))
