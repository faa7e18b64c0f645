"""JSON resources of findings: list, enter, report, check off or send back, steps with their files."""

from typing import Any

from flask import Response, url_for
from werkzeug.datastructures import FileStorage

from registry.clock import today
from registry.evidence.answers import all_sent, file_added, files_of, one_sent
from registry.evidence.queries import get_attachment
from registry.evidence.schemas import AttachmentFile, AttachmentPage
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, check_seen, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import number_after, paged
from registry.supervision.findings import schemas as json
from registry.supervision.findings.models import Finding
from registry.supervision.findings.origins import begun_from
from registry.supervision.findings.queries import (
    STEP_TABLE,
    FindingFilter,
    get_finding,
    get_step,
    list_findings,
    list_steps,
)
from registry.supervision.findings.rules import NEEDED, FindingFacts, FindingStatus, Source
from registry.supervision.findings.services import check_off, enter_finding, prove_step, report_mending, send_back
from registry.token_scopes import Scope

resources = Resources("findings", __name__, "问题整改")
_P, _S = Permission, Scope


def said(finding: Finding) -> Body:
    """Write a finding as the API says it."""
    body: Body = json.FindingRow().dump(finding)
    return body


@resources.get("/findings", "列问题，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.arguments(json.FindingArguments, location="query")
@resources.response(200, json.FindingPage)
def index(args: dict[str, Any]) -> Response:
    """List findings within reach, the newest first."""
    wanted = FindingFilter(
        args.get("region", ""), Source(args["source"]) if "source" in args else None,
        FindingStatus(args["status"]) if "status" in args else None, today() if args["overdue"] else None,
    )  # fmt: skip
    found = list_findings(wanted, actor(), before=number_after(args), limit=args["limit"])
    return paged(found, args["limit"], said)


@resources.post("/findings", "登记问题")
@api_requires(_P.FINDING_ENTER, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.FindingEntry)
@resources.response(201, json.FindingRow)
def enter(entry: tuple[FindingFacts, int | None]) -> Response:
    """Enter a finding."""
    facts, recurs_id = entry
    check_unit(_P.FINDING_ENTER, facts.region_code)
    with deed(facts.region_code):
        if facts.origin:
            begun_from(facts.origin.table, facts.origin.id, actor())
        earlier = get_finding(recurs_id, actor(), _P.FINDING_ENTER) if recurs_id else None
        made = enter_finding(facts, by=actor(), on=today(), recurs=earlier)
        return done(said(made), 201, location=url_for("findings_api.one", finding_id=made.id))


@resources.get("/findings/<int:finding_id>", "读一个问题")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, json.FindingRow)
def one(finding_id: int) -> Response:
    """Show a finding."""
    return shown(said(get_finding(finding_id, actor())))


@resources.get("/findings/<int:finding_id>/steps", "列一个问题的办理经过")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, json.FindingStepPage)
def steps(finding_id: int) -> Response:
    """List what was done with a finding, the oldest first."""
    found = list_steps([get_finding(finding_id, actor()).id])
    return listed([json.FindingStepRow().dump(step) for step in found])


@resources.get("/findings/<int:finding_id>/steps/<int:step_id>/files", "列一步的佐证材料")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, AttachmentPage)
def files(finding_id: int, step_id: int) -> Response:
    """List what proves a step, the oldest first."""
    step = get_step(step_id, get_finding(finding_id, actor()))
    return files_of(STEP_TABLE, str(step.id))


@resources.post("/findings/<int:finding_id>/steps/<int:step_id>/files", "为自己刚办的一步补充佐证材料")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_WRITE)
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, AttachmentPage)
def prove(given: dict[str, FileStorage], finding_id: int, step_id: int) -> Response:
    """Add a file to the step that one has just taken: entering, reporting or checking."""
    finding = get_finding(finding_id, actor())
    region, permission = finding.region_code, NEEDED[get_step(step_id, finding).about]
    kept = one_sent(given)
    with deed(region):
        finding = get_finding(finding_id, actor(), permission)
        step = get_step(step_id, finding)
        prove_step(finding, step, [kept], by=actor(), on=today())
        return file_added(STEP_TABLE, str(step.id))


@resources.get("/findings/<int:finding_id>/steps/<int:step_id>/files/<int:attachment_id>", "下载佐证材料")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def file(finding_id: int, step_id: int, attachment_id: int) -> Response:
    """Give out a file that proves a step."""
    step = get_step(step_id, get_finding(finding_id, actor()))
    return given_out(get_attachment(attachment_id, STEP_TABLE, str(step.id)))


@resources.post("/findings/<int:finding_id>/report", "上报整改情况，可附佐证材料")
@api_requires(_P.FINDING_MEND, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.FindingReportParts, location="multipart")
@resources.response(200, json.FindingRow)
def report(parts: dict[str, Any], finding_id: int) -> Response:
    """Report what was done."""
    region = get_finding(finding_id, actor(), _P.FINDING_MEND).region_code
    kept = all_sent(parts["files"])
    with deed(region):
        finding = get_finding(finding_id, actor(), _P.FINDING_MEND)
        report_mending(finding, parts["report"]["words"], kept, by=actor(), on=today())
        return done(said(finding))


@resources.post("/findings/<int:finding_id>/check", "核查销号，或退回")
@api_requires(_P.FINDING_CHECK, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.FindingCheckEntry)
@resources.response(200, json.FindingRow)
def check(body: dict[str, Any], finding_id: int) -> Response:
    """Check a finding off, or send it back."""
    with deed(get_finding(finding_id, actor(), _P.FINDING_CHECK).region_code):
        finding = get_finding(finding_id, actor(), _P.FINDING_CHECK)
        check_seen(body["version"], finding.version_id)
        (check_off if body["agrees"] else send_back)(finding, body["words"], by=actor(), on=today())
        return done(said(finding))
