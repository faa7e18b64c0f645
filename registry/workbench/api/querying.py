"""JSON resources of queries: what was asked about a request, asking, answering with papers."""

from typing import Any

from flask import Response

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queried import TABLE, get_query, queried
from registry.approvals.requests.queries import get_request
from registry.approvals.requests.querying import answer_query, put_query
from registry.approvals.requests.schemas import QueryAnswerParts, QueryEntry, QueryList
from registry.clock import today
from registry.evidence.queries import get_attachment
from registry.evidence.services import take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, deed, done, shown
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("querying", __name__, "上级质询和答复")
_P, _S = Permission, Scope


def _told(found: ApprovalRequest) -> Body:
    told = queried(found, actor(), today())
    rows = [
        {
            **{name: getattr(one.row, name) for name in _PLAIN}, "waited_days": one.waited_days, "late": one.is_late,
            "may_answer": one.may_answer, "files": one.files,
        }
        for one in told.rows
    ]  # fmt: skip
    body: Body = QueryList().dump({"items": rows, "open": told.open, "may_put": told.may_put})
    return body


_PLAIN = (
    "id", "position", "question", "content_digest", "answer_by", "asked_by_text", "asked_at", "answer",
    "answered_by_text", "answered_at",
)  # fmt: skip


@resources.get("/requests/<int:request_id>/queries", "列这件事的质询和答复")
@api_requires(_P.ASSET_READ, scope=_S.CASES_READ)
@resources.response(200, QueryList)
def index(request_id: int) -> Response:
    """List what was asked about a request, the oldest first."""
    return shown(_told(get_request(request_id, actor())))


@resources.post("/requests/<int:request_id>/queries", "对报来备案的这件事提出质询")
@api_requires(_P.CASE_DECIDE, scope=_S.DECISIONS_WRITE)
@resources.arguments(QueryEntry)
@resources.response(201, QueryList)
def put(body: dict[str, Any], request_id: int) -> Response:
    """Ask the sender of a filed request something; it does not stop what was agreed to."""
    region, on = get_request(request_id, actor()).region_code, today()
    with deed(region):
        found = get_request(request_id, actor())
        put_query(found, body["question"], by=actor(), on=on, policy=policy_for(region, on))
        return done(_told(found), 201)


@resources.post("/requests/<int:request_id>/queries/<int:query_id>/answer", "答复质询，附材料")
@api_requires(_P.MEETING_ENTER, scope=_S.CASES_WRITE)
@resources.arguments(QueryAnswerParts, location="multipart")
@resources.response(200, QueryList)
def answer(parts: dict[str, Any], request_id: int, query_id: int) -> Response:
    """Answer a query once."""
    region = get_request(request_id, actor()).region_code
    files = [take_in(one.stream.read(), one.filename or "") for one in parts.get("files", [])]
    with deed(region):
        found = get_request(request_id, actor())
        query = get_query(query_id, found)
        answer_query(query, found, parts["answer"]["answer"], files, by=actor(), on=today())
        return done(_told(found))


@resources.get("/requests/<int:request_id>/queries/<int:query_id>/attachments/<int:attachment_id>", "下载答复的材料")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def paper(request_id: int, query_id: int, attachment_id: int) -> Response:
    """Give out a file that came with an answer."""
    query = get_query(query_id, get_request(request_id, actor()))
    return given_out(get_attachment(attachment_id, TABLE, str(query.id)))
