"""JSON resources of meetings: the list, one with its votes, entering one with its papers, the two publications."""

from typing import Any

from flask import Response, url_for
from werkzeug.datastructures import FileStorage

from registry.approvals.meetings.kinds import MeetingKind
from registry.approvals.meetings.models import Meeting
from registry.approvals.meetings.queries import (
    Decided,
    Minutes,
    Wanted,
    due_publication,
    get_meeting,
    get_minutes,
    list_meetings,
    list_stages,
    place_text,
    read_place,
)
from registry.approvals.meetings.refusals import NotPublishable
from registry.approvals.meetings.schemas import (
    MeetingArguments,
    MeetingCard,
    MeetingPage,
    MeetingParts,
    MeetingRow,
    PublicationArguments,
    facts_of,
)
from registry.approvals.meetings.services import (
    Papers,
    attach_papers,
    record_meeting,
    record_publication,
    take_papers,
)
from registry.audit.services import thing_of
from registry.clock import today
from registry.evidence.queries import get_attachment
from registry.evidence.rules import EvidenceKind
from registry.evidence.schemas import AttachmentFile
from registry.evidence.services import Caption, attach, take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import NotAPlace
from registry.token_scopes import Scope

resources = Resources("meetings", __name__, "会议和决议")
_P, _S = Permission, Scope
_ROW = (
    "id", "region_code", "kind", "resolved_by", "body_name", "held_on", "due", "present", "proxies", "quorate",
    "is_history", "entered_by_text", "entered_at",
)  # fmt: skip
_MORE = (
    "notified_on", "readable_on", "party_studied_on", "place", "chair", "recorder", "authority", "summary",
    "households_due", "households_present", "representatives", "women", "people_needed", "households_needed",
)  # fmt: skip
_RESOLUTION = (
    "id", "item", "matter", "text", "agreed", "opposed", "abstained", "majority", "votes_needed", "carried",
    "case_table", "case_id", "content_digest", "alters_id",
)  # fmt: skip


def _row(meeting: Meeting) -> Body:
    row: Body = MeetingRow().dump({name: getattr(meeting, name) for name in _ROW})
    return row


def meeting_body(minutes: Minutes) -> Body:
    """Return a meeting as the API gives it."""
    plain = {name: getattr(minutes.meeting, name) for name in _ROW + _MORE}
    body: Body = MeetingCard().dump(
        {**plain, "stages": minutes.stages, "resolutions": [*map(_resolution, minutes.decided)], "files": minutes.files}
    )
    return body


def _resolution(decided: Decided) -> dict[str, Any]:
    plain = {name: getattr(decided.resolution, name) for name in _RESOLUTION}
    return {**plain, "altered_by_id": decided.altered_by.id if decided.altered_by else None}


def papers_in(parts: dict[str, Any]) -> Papers:
    """Take in the papers of a call, before the transaction."""
    return take_papers(*(_read(parts[name]) for name in ("minutes", "photos")))


def _read(files: list[FileStorage]) -> list[tuple[bytes, str]]:
    return [(one.stream.read(), one.filename or "") for one in files]


@resources.get("/meetings", "列会议")
@api_requires(_P.ASSET_READ, scope=_S.CASES_READ)
@resources.arguments(MeetingArguments, location="query")
@resources.response(200, MeetingPage)
def index(args: dict[str, Any]) -> Response:
    """List meetings within reach, the newest first."""
    wanted = Wanted(args.get("region_code", ""), MeetingKind(args["kind"]) if "kind" in args else None)
    try:
        after = read_place(args["after"]) if args.get("after") else None
    except ValueError:
        raise NotAPlace(field="after") from None
    found = list_meetings(wanted, actor(), after=after, limit=args["limit"])
    return listed([*map(_row, found.rows)], place_text(found.rows[-1]) if found.after else None)


@resources.get("/meetings/<int:meeting_id>", "读一次会议：环节、决议和所需票数")
@api_requires(_P.ASSET_READ, scope=_S.CASES_READ)
@resources.response(200, MeetingCard)
def one(meeting_id: int) -> Response:
    """Show a meeting with its stages, resolutions and papers."""
    return shown(meeting_body(get_minutes(meeting_id, actor())))


@resources.post("/meetings", "登记会议和决议，附会议记录或照片")
@api_requires(_P.MEETING_ENTER, scope=_S.CASES_WRITE)
@resources.arguments(MeetingParts, location="multipart")
@resources.response(201, MeetingCard)
def enter(parts: dict[str, Any]) -> Response:
    """Enter a meeting, each resolution carried or not as the law counts."""
    told = parts["meeting"]
    facts = facts_of(told, told["region_code"], tuple(told["items"]))
    check_unit(_P.MEETING_ENTER, facts.region_code)
    papers, policy = papers_in(parts), policy_for(facts.region_code, facts.held_on)
    with deed(facts.region_code):
        meeting = record_meeting(facts, by=actor(), on=today(), policy=policy)
        attach_papers(meeting, papers, by=actor())
        body = meeting_body(get_minutes(meeting.id, actor()))
        return done(body, 201, location=url_for("meetings_api.one", meeting_id=meeting.id))


@resources.post("/meetings/<int:meeting_id>/publication", "登记决议公开、结果公开")
@api_requires(_P.MEETING_ENTER, scope=_S.CASES_WRITE)
@resources.arguments(PublicationArguments, location="query")
@resources.arguments(AttachmentFile, location="files")
@resources.response(200, MeetingCard)
def publish(args: dict[str, Any], files: dict[str, FileStorage], meeting_id: int) -> Response:
    """Enter that a resolution, or what came of it, was published, with a photo of the board."""
    region, on = get_meeting(meeting_id, actor(), _P.MEETING_ENTER).region_code, args["published_on"]
    kept = take_in(files["file"].stream.read(), files["file"].filename or "")
    with deed(region):
        meeting = get_meeting(meeting_id, actor(), _P.MEETING_ENTER)
        stage = due_publication(meeting, list_stages(meeting_id))
        if stage is None:
            raise NotPublishable
        record_publication(meeting, stage, on, by=actor(), on=today())
        attach([kept], Caption(EvidenceKind.NOTICE, stage.label, on), to=thing_of(meeting), by=actor())
        return done(meeting_body(get_minutes(meeting_id, actor())))


@resources.get("/meetings/<int:meeting_id>/attachments/<int:attachment_id>", "下载会议材料")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def attachment(meeting_id: int, attachment_id: int) -> Response:
    """Give out a paper of a meeting."""
    meeting = get_meeting(meeting_id, actor())
    return given_out(get_attachment(attachment_id, "meeting", str(meeting.id)))
