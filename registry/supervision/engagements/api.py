"""JSON resources of engagements."""

from dataclasses import replace
from typing import Any

from flask import Response, url_for

from registry.clock import today
from registry.evidence.answers import all_sent, files_of
from registry.evidence.queries import get_attachment
from registry.evidence.schemas import AttachmentPage
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import number_after, paged
from registry.supervision.engagements import schemas as json
from registry.supervision.engagements.models import Engagement
from registry.supervision.engagements.queries import TABLE, get_engagement, list_engagements
from registry.supervision.engagements.refusals import NotReportedYet
from registry.supervision.engagements.rules import EngagementFacts, EngagementStatus
from registry.supervision.engagements.services import engage, take_report
from registry.supervision.findings.api import said as finding_said
from registry.supervision.findings.queries import list_raised
from registry.supervision.findings.rules import FindingFacts, Origin, Source
from registry.supervision.findings.schemas import FindingEntry, FindingPage, FindingRow
from registry.supervision.findings.services import enter_finding
from registry.token_scopes import Scope

resources = Resources("engagements", __name__, "第三方委托")
_P, _S = Permission, Scope


def _said(engagement: Engagement) -> Body:
    body: Body = json.EngagementRow().dump(engagement)
    return body


@resources.get("/engagements", "列第三方委托，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.arguments(json.EngagementArguments, location="query")
@resources.response(200, json.EngagementPage)
def index(args: dict[str, Any]) -> Response:
    """List engagements within reach, the newest first."""
    status = EngagementStatus(args["status"]) if "status" in args else None
    found = list_engagements(
        args.get("region", ""), actor(), status=status, before=number_after(args), limit=args["limit"]
    )  # fmt: skip
    return paged(found, args["limit"], _said)


@resources.post("/engagements", "登记第三方委托")
@api_requires(_P.SAMPLE_DRAW, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.EngagementEntry)
@resources.response(201, json.EngagementRow)
def enter(facts: EngagementFacts) -> Response:
    """Enter that somebody is engaged."""
    check_unit(_P.SAMPLE_DRAW, facts.region_code)
    with deed(facts.region_code):
        made = engage(facts, by=actor(), on=today())
        return done(_said(made), 201, location=url_for("engagements_api.one", engagement_id=made.id))


@resources.get("/engagements/<int:engagement_id>", "读一项第三方委托")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, json.EngagementRow)
def one(engagement_id: int) -> Response:
    """Show an engagement."""
    return shown(_said(get_engagement(engagement_id, actor())))


@resources.get("/engagements/<int:engagement_id>/files", "列委托的合同和报告")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, AttachmentPage)
def files(engagement_id: int) -> Response:
    """List contract and report, the oldest first."""
    engagement = get_engagement(engagement_id, actor())
    return files_of(TABLE, str(engagement.id))


@resources.get("/engagements/<int:engagement_id>/files/<int:attachment_id>", "下载委托的合同或报告")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def file(engagement_id: int, attachment_id: int) -> Response:
    """Give out the contract or the report."""
    engagement = get_engagement(engagement_id, actor())
    return given_out(get_attachment(attachment_id, TABLE, str(engagement.id)))


@resources.get("/engagements/<int:engagement_id>/findings", "列报告提出的问题")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, FindingPage)
def findings(engagement_id: int) -> Response:
    """List what follows from an engagement."""
    found = list_raised(TABLE, [get_engagement(engagement_id, actor()).id], actor())
    return listed([finding_said(one) for one in found])


@resources.post("/engagements/<int:engagement_id>/findings", "登记报告提出的问题")
@api_requires(_P.FINDING_ENTER, scope=_S.SUPERVISION_WRITE)
@resources.arguments(FindingEntry)
@resources.response(201, FindingRow)
def raise_finding(entry: tuple[FindingFacts, int | None], engagement_id: int) -> Response:
    """Enter a problem that the report names."""
    facts, _recurs = entry
    get_engagement(engagement_id, actor(), _P.FINDING_ENTER)
    check_unit(_P.FINDING_ENTER, facts.region_code)
    with deed(facts.region_code):
        engagement = get_engagement(engagement_id, actor(), _P.FINDING_ENTER)
        if engagement.state is not EngagementStatus.REPORTED:
            raise NotReportedYet
        facts = replace(facts, source=Source.AGENCY, origin=Origin(TABLE, engagement.id))
        made = enter_finding(facts, by=actor(), on=today())
        return done(finding_said(made), 201, location=url_for("findings_api.one", finding_id=made.id))


@resources.post("/engagements/<int:engagement_id>/report", "登记报告，附报告文件")
@api_requires(_P.SAMPLE_DRAW, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.EngagementReportParts, location="multipart")
@resources.response(200, json.EngagementRow)
def report(parts: dict[str, Any], engagement_id: int) -> Response:
    """Take in the report."""
    region = get_engagement(engagement_id, actor(), _P.SAMPLE_DRAW).region_code
    kept = all_sent(parts["files"])
    with deed(region):
        engagement = get_engagement(engagement_id, actor(), _P.SAMPLE_DRAW)
        take_report(engagement, parts["report"], kept, by=actor(), on=today())
        return done(_said(engagement))
