"""JSON resources of what steps wait for besides decisions: meetings, notices, reports of appraisal, papers."""

from typing import Any

from flask import Response, url_for
from werkzeug.datastructures import FileStorage

from registry.approvals.meetings.api import papers_in
from registry.approvals.meetings.facts import Case as MeetingCase
from registry.approvals.meetings.schemas import CaseMeetingParts, facts_of, fixed_item
from registry.approvals.meetings.services import attach_papers, record_meeting
from registry.approvals.notices.api import notice_body
from registry.approvals.notices.rules import days_parameter
from registry.approvals.notices.schemas import NoticeCard, NoticeWords
from registry.approvals.notices.schemas import facts_of as notice_facts_of
from registry.approvals.notices.services import post_notice
from registry.approvals.requests.answering import appraise
from registry.approvals.requests.queries import CASE_TABLE, get_request
from registry.approvals.requests.schemas import AppraisalParts, RequestState
from registry.audit.services import thing_of
from registry.clock import today
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.rules import EvidenceKind
from registry.evidence.schemas import AttachmentArguments, AttachmentFile, AttachmentPage, AttachmentRow
from registry.evidence.services import Caption, attach, take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.procedures import StepKind
from registry.policy.queries import policy_for
from registry.rest.calls import actor, api_requires, deed, done
from registry.rest.openapi import Resources
from registry.token_scopes import Scope
from registry.workbench.api.requests import moved_on
from registry.workbench.deeds import about_notice, as_copied, finish, go_on, step_waiting, submit_again
from registry.workbench.subjects import DECIDE

resources = Resources("bringing", __name__, "申请的会议、公示、评估和材料")
_P, _S = Permission, Scope


@resources.post("/requests/<int:request_id>/meeting", "登记表决这件事的会议")
@api_requires(_P.MEETING_ENTER, scope=_S.CASES_WRITE)
@resources.arguments(CaseMeetingParts, location="multipart")
@resources.response(200, RequestState)
def meet(parts: dict[str, Any], request_id: int) -> Response:
    """Enter the meeting that votes on a request; if it carries, the request moves on."""
    found, step = step_waiting(request_id, StepKind.MEETING, actor())
    unit, told = step.seat_code, parts["meeting"]
    case = MeetingCase(CASE_TABLE, str(found.id), found.content_digest)
    facts = facts_of(told, unit, fixed_item(DECIDE[found.about].matter, found.title, told["vote"], case))
    papers, policy = papers_in(parts), policy_for(unit, facts.held_on)
    with deed(found.region_code, unit):
        meeting = record_meeting(facts, by=actor(), on=today(), policy=policy)
        attach_papers(meeting, papers, by=actor())
        found = get_request(request_id, actor())
        go_on(found, by=actor(), on=today())
        return done(moved_on(found))


@resources.post("/requests/<int:request_id>/notice", "为这件事张贴公示")
@api_requires(_P.NOTICE_POST, scope=_S.CASES_WRITE)
@resources.arguments(NoticeWords)
@resources.response(201, NoticeCard)
def post(words: dict[str, Any], request_id: int) -> Response:
    """Put a request up for notice for the days that were copied when it was opened."""
    found, step = step_waiting(request_id, StepKind.NOTICE, actor())
    with deed(found.region_code, step.seat_code):
        found, step = step_waiting(request_id, StepKind.NOTICE, actor())
        facts = notice_facts_of(words, **about_notice(found, step))
        policy = as_copied(policy_for(step.seat_code, today()), step, days_parameter(facts))
        notice = post_notice(facts, by=actor(), on=today(), policy=policy)
        return done(notice_body(notice), 201, location=url_for("notices_api.one", notice_id=notice.id))


@resources.post("/requests/<int:request_id>/appraisal", "登记评估报告")
@api_requires(_P.EVIDENCE_ADD, scope=_S.CASES_WRITE)
@resources.arguments(AppraisalParts, location="multipart")
@resources.response(200, RequestState)
def add_appraisal(parts: dict[str, Any], request_id: int) -> Response:
    """Enter a report of appraisal with the report itself."""
    region, on = get_request(request_id, actor()).region_code, today()
    files = [take_in(one.stream.read(), one.filename or "") for one in parts["files"]]
    with deed(region):
        found = get_request(request_id, actor())
        row = appraise(found, parts["appraisal"], by=actor(), on=on, policy=policy_for(region, on))
        attach(files, Caption(EvidenceKind.APPRAISAL, row.report_no), to=thing_of(row), by=actor())
        return done(moved_on(found))


@resources.post("/requests/<int:request_id>/finish-step", "会议、公示、评估办完后转下一环节")
@api_requires(_P.ASSET_READ, scope=_S.CASES_WRITE)
@resources.response(200, RequestState)
def finish_step(request_id: int) -> Response:
    """Take a meeting's, notice's or appraisal's step as done once it is, and move on."""
    with deed(get_request(request_id, actor()).region_code):
        found = get_request(request_id, actor())
        outcome = finish(found, by=actor(), on=today())
        return done(moved_on(found, outcome))


@resources.post("/requests/<int:request_id>/submit-again", "补齐材料后再次提交")
@api_requires(_P.ASSET_READ, scope=_S.CASES_WRITE)
@resources.response(200, RequestState)
def again(request_id: int) -> Response:
    """Submit a request again as it is, once the papers are there."""
    with deed(get_request(request_id, actor()).region_code):
        found = get_request(request_id, actor())
        submit_again(found, by=actor(), on=today())
        return done(moved_on(found))


@resources.post("/requests/<int:request_id>/attachments", "上传这件事的材料")
@api_requires(_P.EVIDENCE_ADD, scope=_S.FILES_WRITE)
@resources.arguments(AttachmentArguments, location="query")
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, AttachmentPage)
def add_paper(args: dict[str, Any], files: dict[str, FileStorage], request_id: int) -> Response:
    """Add a file that a step needs."""
    region = get_request(request_id, actor()).region_code
    kept = take_in(files["file"].stream.read(), files["file"].filename or "")
    caption = Caption(EvidenceKind(args["kind"]), args["caption"], args["taken_on"])
    with deed(region):
        thing = thing_of(get_request(request_id, actor()))
        attach([kept], caption, to=thing, by=actor())
        rows = AttachmentRow(many=True).dump(list_attachments(CASE_TABLE, thing.id)[-1:])
        return done({"items": rows}, 201)


@resources.get("/requests/<int:request_id>/attachments/<int:attachment_id>", "下载这件事的材料")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def paper(request_id: int, attachment_id: int) -> Response:
    """Give out a file that was added to a request."""
    found = get_request(request_id, actor())
    return given_out(get_attachment(attachment_id, CASE_TABLE, str(found.id)))
