"""JSON resources of notices: the list, one, putting one up, its photographs, taking it down, closing it."""

from typing import Any

from flask import Response, url_for
from werkzeug.datastructures import FileStorage

from registry.approvals.notices.inbox import find_due
from registry.approvals.notices.models import Notice
from registry.approvals.notices.queries import Tab, Wanted, get_notice, list_notices
from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.schemas import NoticeArguments, NoticeCard, NoticeEntry, NoticePage, NoticeRow, facts_of
from registry.approvals.notices.services import add_first_photo, close_notice, post_notice, repeating, take_down
from registry.approvals.notices.showing import photos_of
from registry.approvals.notices.showing import shown as shown_notice
from registry.clock import today
from registry.evidence.queries import get_attachment
from registry.evidence.schemas import AttachmentFile
from registry.evidence.services import KeptFile, take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.fields import Reason
from registry.rest.openapi import Resources
from registry.rest.paging import number_after
from registry.token_scopes import Scope

resources = Resources("notices", __name__, "公示")
_P, _S = Permission, Scope
_ROW = (
    "id", "version_id", "region_code", "kind", "state", "title", "starts_on", "last_day", "days", "days_kind",
    "case_table", "case_id", "content_digest",
)  # fmt: skip
_MORE = (
    "body", "place", "contact_name", "contact_phone", "hotline", "period_from", "period_to", "posted_by_text",
    "posted_at", "replaces_id", "ended_on", "ended_by_text", "reason",
)  # fmt: skip


def _plain(notice: Notice, names: tuple[str, ...]) -> dict[str, Any]:
    stands = shown_notice(notice, today())
    plain = {name: getattr(notice, name) for name in names}
    return {**plain, "days_left": stands.days_left, "open_objections": stands.open_objections}


def _row(notice: Notice) -> Body:
    row: Body = NoticeRow().dump(_plain(notice, _ROW))
    return row


def notice_body(notice: Notice) -> Body:
    """Return a notice as the API gives it; names of persons in its list are masked."""
    plain = _plain(notice, _ROW + _MORE)
    body: Body = NoticeCard().dump({**plain, "table": notice.table.masked(), "photos": photos_of(notice)})
    return body


@resources.get("/notices", "列公示")
@api_requires(_P.ASSET_READ, scope=_S.CASES_READ)
@resources.arguments(NoticeArguments, location="query")
@resources.response(200, NoticePage)
def index(args: dict[str, Any]) -> Response:
    """List notices within reach, the newest first: those that hang, those whose days are over, those that ended."""
    kind = NoticeKind(args["kind"]) if "kind" in args else None
    wanted = Wanted(Tab(args["tab"]), args.get("region_code", ""), kind, args.get("q", ""))
    found = list_notices(wanted, actor(), today(), after=number_after(args), limit=args["limit"])
    return listed([*map(_row, found.rows)], str(found.rows[-1].id) if found.after else None)


@resources.get("/notices/<int:notice_id>", "读一份公示")
@api_requires(_P.ASSET_READ, scope=_S.CASES_READ)
@resources.response(200, NoticeCard)
def one(notice_id: int) -> Response:
    """Show a notice."""
    return shown(notice_body(get_notice(notice_id, actor())))


@resources.post("/notices", "张贴公示")
@api_requires(_P.NOTICE_POST, scope=_S.CASES_WRITE)
@resources.arguments(NoticeEntry)
@resources.response(201, NoticeCard)
def post(body: dict[str, Any]) -> Response:
    """Put up a notice of its own, of a period that is due, or once more one that was taken down early."""
    region, kind, on = body["region_code"], NoticeKind(body["kind"]), today()
    check_unit(_P.NOTICE_POST, region)
    with deed(region):
        due = find_due(kind, region, on)
        facts = facts_of(body, kind=kind, region_code=region, period=due.period if due else None)
        if body["repeats"] is not None:
            facts = repeating(facts, get_notice(body["repeats"], actor(), _P.NOTICE_POST))
        notice = post_notice(facts, by=actor(), on=on, policy=policy_for(region, on))
        return done(notice_body(notice), 201, location=url_for("notices_api.one", notice_id=notice.id))


def _taken_in(files: dict[str, FileStorage]) -> KeptFile:
    return take_in(files["file"].stream.read(), files["file"].filename or "")


@resources.post("/notices/<int:notice_id>/photo", "上传张贴时的照片")
@api_requires(_P.NOTICE_POST, scope=_S.CASES_WRITE)
@resources.arguments(AttachmentFile, location="files")
@resources.response(200, NoticeCard)
def photograph(files: dict[str, FileStorage], notice_id: int) -> Response:
    """Keep the photograph of the board as it was put up."""
    region = get_notice(notice_id, actor(), _P.NOTICE_POST).region_code
    file = _taken_in(files)
    with deed(region):
        notice = get_notice(notice_id, actor(), _P.NOTICE_POST)
        add_first_photo(notice, file, by=actor(), on=today())
        return done(notice_body(notice))


@resources.post("/notices/<int:notice_id>/close", "期满收回公示，附期满照片")
@api_requires(_P.NOTICE_POST, scope=_S.CASES_WRITE)
@resources.arguments(AttachmentFile, location="files")
@resources.response(200, NoticeCard)
def close(files: dict[str, FileStorage], notice_id: int) -> Response:
    """Close a notice that has hung its days, with its last photograph."""
    region = get_notice(notice_id, actor(), _P.NOTICE_POST).region_code
    file = _taken_in(files)
    with deed(region):
        notice = get_notice(notice_id, actor(), _P.NOTICE_POST)
        close_notice(notice, file, by=actor(), on=today())
        return done(notice_body(notice))


@resources.post("/notices/<int:notice_id>/take-down", "提前收回公示")
@api_requires(_P.NOTICE_POST, scope=_S.CASES_WRITE)
@resources.arguments(Reason)
@resources.response(200, NoticeCard)
def take_down_early(body: dict[str, Any], notice_id: int) -> Response:
    """Take a notice down early; it counts for nothing."""
    with deed(get_notice(notice_id, actor(), _P.NOTICE_POST).region_code):
        notice = get_notice(notice_id, actor(), _P.NOTICE_POST)
        check_match(notice_body(notice), needed=False)
        take_down(notice, body["reason"], by=actor(), on=today())
        return done(notice_body(notice))


@resources.get("/notices/<int:notice_id>/photos/<int:attachment_id>", "下载公示照片")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def photo(notice_id: int, attachment_id: int) -> Response:
    """Give out a photograph of the board."""
    notice = get_notice(notice_id, actor())
    return given_out(get_attachment(attachment_id, "notice", str(notice.id)))
