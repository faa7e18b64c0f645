"""Requests as JSON: how far one has come, what was said of it, what somebody says now."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from registry.approvals.requests.delegating import DelegationFacts
from registry.approvals.requests.rules import MAX_ANSWER, MAX_OPINION, MAX_QUESTION, AppraisalFacts, Capacity
from registry.approvals.requests.services import Decision
from registry.approvals.requests.states import Outcome, RequestStatus, StepStatus, Verdict
from registry.evidence.schemas import AttachmentRow
from registry.kinds import Subject
from registry.permissions import Role
from registry.policy.procedures import StepKind
from registry.rest.fields import JsonPart, Money, PageArguments, Strict, choice, day, listed, row_id, seen_version, text

MOST_FILES = 20
_AT_DESK = [Verdict.AGREE.value, Verdict.SEND_BACK.value, Verdict.REJECT.value]


class RequestArguments(PageArguments):
    """Which requests a list shows."""

    status = choice(RequestStatus)


class SeenRequest(Strict):
    """Which content and state of a request was seen, and what is said to it."""

    opinion = text(MAX_OPINION, load_default="")
    content_digest = fields.String(
        required=True, validate=validate.Regexp(r"^[0-9a-f]{64}$", error="Length must be 64.")
    )
    version = seen_version()


class DecisionEntry(SeenRequest):
    """Agreeing, sending back (naming what is to be mended) or rejecting."""

    verdict = fields.String(required=True, validate=validate.OneOf(_AT_DESK))
    defect = text(120, load_default="", metadata={"description": "退回时要补正的内容或材料"})


def decision_of(said: dict[str, Any], verdict: Verdict) -> Decision:
    """Return what a person says; agreement needs no words of its own."""
    opinion = said["opinion"].strip()
    if not opinion and verdict in {Verdict.AGREE, Verdict.RELEASE}:
        opinion = f"{verdict.label}。"
    return Decision(verdict, opinion, said["content_digest"], said["version"], said.get("defect", "").strip())


class RequestReason(Strict):
    """RequestReason a request is taken back, or somebody steps aside."""

    reason = text(200, needed=True, least=1)


class DeskRow(Strict):
    """Where a step lies: a role in a unit."""

    role = choice(Role, needed=True)
    unit_code = fields.String(required=True)
    sector = fields.String(required=True, allow_none=True)


class RequestRow(Strict):
    """A request as a list shows it."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    region_code = fields.String(required=True)
    subject = choice(Subject, needed=True)
    amount = Money(attribute="amount_fen", required=True, allow_none=True)
    status = choice(RequestStatus, needed=True)
    step_kind = fields.String(required=True, metadata={"description": "现在这个环节要办什么；不在任何人手上时为空"})
    desk_role = fields.String(required=True)
    desk_code = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    submitted_by = fields.String(attribute="submitted_by_text", required=True)


class FiledRow(Strict):
    """A request that was filed, and until when it may be called in."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    region_code = fields.String(required=True)
    amount = Money(attribute="amount_fen", required=True, allow_none=True)
    position = fields.Integer(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    started_at = fields.AwareDateTime(required=True, allow_none=True)


class Inbox(Strict):
    """What waits for the caller, what is late one level below, what was filed, what came back or is under way."""

    mine = fields.List(fields.Nested(RequestRow), required=True)
    late_below = fields.List(fields.Nested(RequestRow), required=True)
    filed = fields.List(fields.Nested(FiledRow), required=True)
    sent_back = fields.List(fields.Nested(RequestRow), required=True)
    under_way = fields.List(fields.Nested(RequestRow), required=True)


class SaidRow(Strict):
    """What one person said at a step; void if the content has changed since."""

    by = fields.String(attribute="who", required=True)
    for_whom = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    verdict = choice(Verdict, needed=True)
    opinion = fields.String(required=True)
    defect = fields.String(required=True)
    void = fields.Boolean(required=True)


class StepRow(Strict):
    """One step of a request; ``moved``: its desk is not the one the policy names."""

    position = fields.Integer(required=True)
    kind = choice(StepKind, needed=True)
    label = fields.String(required=True)
    status = choice(StepStatus, needed=True, attribute="state")
    desk = fields.Nested(DeskRow, required=True)
    moved = fields.Boolean(required=True)
    started_at = fields.AwareDateTime(required=True, allow_none=True)
    done_at = fields.AwareDateTime(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    limit_days = fields.Integer(required=True, allow_none=True)
    hang_days = fields.Integer(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    decisions = fields.List(fields.Nested(SaidRow), attribute="said", required=True)
    answer_table = fields.String(required=True)
    answer_id = fields.String(required=True)


class InterestRow(Strict):
    """Somebody with a particular interest; who has no account here is masked."""

    name = fields.String(required=True)
    capacity = choice(Capacity, needed=True)


class RequestCard(RequestRow):
    """A request with its steps, decisions, interests and exactly what is decided on."""

    version = fields.Integer(attribute="version_id", required=True)
    deed = fields.String(required=True)
    route = fields.String(attribute="route_key", required=True)
    case_table = fields.String(required=True)
    case_id = fields.String(required=True)
    content = fields.String(required=True, metadata={"description": "签署的内容：规范 JSON 文本，其 SHA-256 即摘要"})
    content_digest = fields.String(required=True)
    content_version = fields.Integer(required=True)
    submitted_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    end_reason = fields.String(required=True)
    lacks = fields.String(required=True, metadata={"description": "现在这个环节还缺什么；不缺为空"})
    offered = fields.List(choice(Verdict), required=True, metadata={"description": "本人现在可以怎样签署"})
    steps = fields.List(fields.Nested(StepRow), required=True)
    interests = fields.List(fields.Nested(InterestRow), required=True)
    files = fields.List(fields.Nested(AttachmentRow), required=True)


class RequestState(Strict):
    """How far a request has come with a deed; what is decided on is read from the request itself."""

    request_id = fields.String(required=True)
    outcome = choice(Outcome)
    status = choice(RequestStatus, needed=True)
    step_kind = fields.String(required=True)


class AppraisalEntry(Strict):
    """What a report of appraisal says."""

    agency = text(80, needed=True, least=1)
    report_no = text(60, needed=True, least=1)
    appraisers = fields.List(text(40, least=1), required=True, validate=validate.Length(min=1, max=4))
    value = Money(attribute="value_fen", required=True, validate=validate.Range(min=0))
    appraised_on = day(needed=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> AppraisalFacts:
        return AppraisalFacts(**{**data, "appraisers": tuple(data["appraisers"])})


class AppraisalParts(Strict):
    """A report of appraisal: what it says, and itself."""

    appraisal = JsonPart(AppraisalEntry, required=True)
    files = fields.List(Upload(), required=True, validate=validate.Length(min=1, max=MOST_FILES))


class QueryEntry(Strict):
    """What a level asks about a request that was filed with it."""

    question = text(MAX_QUESTION, needed=True, least=1)


class QueryAnswer(Strict):
    """What the sender answers."""

    answer = text(MAX_ANSWER, needed=True, least=1)


class QueryAnswerParts(Strict):
    """An answer, and the papers that come with it."""

    answer = JsonPart(QueryAnswer, required=True)
    files = fields.List(Upload(), validate=validate.Length(max=MOST_FILES))


class QueryRow(Strict):
    """What was asked at a filing, and what was answered; an open one is late once its day is over."""

    id = fields.String(required=True)
    position = fields.Integer(required=True)
    question = fields.String(required=True)
    content_digest = fields.String(required=True)
    asked_by = fields.String(attribute="asked_by_text", required=True)
    asked_at = fields.AwareDateTime(required=True)
    answer_by = fields.Date(required=True)
    waited_days = fields.Integer(required=True)
    late = fields.Boolean(required=True)
    answer = fields.String(required=True)
    answered_by = fields.String(attribute="answered_by_text", required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    may_answer = fields.Boolean(required=True)
    files = fields.List(fields.Nested(AttachmentRow), required=True)


class QueryList(Strict):
    """Everything that was asked about a request, how much of it is open, and whether the caller may ask."""

    items = fields.List(fields.Nested(QueryRow), required=True)
    open = fields.Integer(required=True)
    may_put = fields.Boolean(required=True)


class DelegationEntry(Strict):
    """Who stands in, and from when to when, both days included."""

    deputy_id = row_id(needed=True)
    valid_from = day(needed=True)
    valid_to = day(needed=True)
    reason = text(200, needed=True, least=1)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> DelegationFacts:
        return DelegationFacts(**{**data, "reason": data["reason"].strip()})


class DelegationRow(Strict):
    """Somebody stands in for somebody."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    principal = fields.String(attribute="principal_text", required=True)
    deputy = fields.String(attribute="deputy_text", required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True)
    reason = fields.String(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)


RequestPage = listed(RequestRow)
DelegationPage = listed(DelegationRow)
