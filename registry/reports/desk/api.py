"""JSON resources of the auditor's desk: verifying, comparing, looks at personal data, papers of the trail."""

from typing import Any

from flask import Response
from flask_babel import gettext

from registry.audit.comparing import compare_note
from registry.audit.scoped import count_done
from registry.audit.spot import SpotVerdict, verify_asset, verify_unit
from registry.audit.verification import MAX_ON_PAGE
from registry.clock import today
from registry.permissions import Permission
from registry.reports.api import printed
from registry.reports.catalogue import ReportName
from registry.reports.covering import check_day
from registry.reports.desk import schemas as json
from registry.reports.desk.queries import NobodyNamed, TooManyLooks, asset_numbered, check_small, person_called
from registry.reports.parameters import Parameters
from registry.reports.prints.large import LARGE_PRINT_LINES
from registry.reports.prints.queries import Asked
from registry.reports.schemas import PrintJob
from registry.reports.trail.period import period_of
from registry.reports.trail.reveal_log import list_reveals, wanted_of
from registry.rest.calls import Body, actor, api_requires, check_unit, deed, done, listed
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("desk", __name__, "审计工作台")
_P, _S = Permission, Scope


def _said(verdict: SpotVerdict) -> Body:
    signed = verdict.signed
    plain = {name: getattr(verdict, name) for name in ("what", "log_id", "is_sound", "events", "unsigned", "rows")}
    body: Body = json.VerdictRow().dump({
        **plain, "signed_size": signed.size if signed else None, "signed_at": signed.at if signed else None,
        "faults": [gettext(text, **values) for text, values in verdict.faults],
    })  # fmt: skip
    return body


@resources.post("/trail/unit-checks", "核验一个单位的日志和数据")
@api_requires(_P.TRAIL_VERIFY, scope=_S.TRAIL_VERIFY)
@resources.arguments(json.UnitEntry)
@resources.response(200, json.VerdictRow)
def check_one_unit(body: dict[str, Any]) -> Response:
    """Verify every event and every row of a unit."""
    check_unit(_P.TRAIL_VERIFY, body["region_code"])
    check_small(body["region_code"])
    verdict = verify_unit(body["region_code"], by=actor())
    with deed():
        return done(_said(verdict))


@resources.post("/trail/asset-checks", "核验一项资产的日志和数据")
@api_requires(_P.TRAIL_VERIFY, scope=_S.TRAIL_VERIFY)
@resources.arguments(json.AssetEntry)
@resources.response(200, json.VerdictRow)
def check_one_asset(body: dict[str, Any]) -> Response:
    """Verify every event of an asset and the rows that belong to it."""
    asset = asset_numbered(body["asset_no"], actor(), _P.TRAIL_VERIFY)
    verdict = verify_asset(asset.id, asset.region_code, by=actor())
    with deed():
        return done(_said(verdict))


@resources.post("/trail/comparisons", "用另存的检查点核对今天的日志")
@api_requires(_P.TRAIL_VERIFY, scope=_S.TRAIL_VERIFY)
@resources.arguments(json.NoteEntry)
@resources.response(200, json.ComparedRow)
def compare(body: dict[str, Any]) -> Response:
    """Hold a checkpoint kept elsewhere against the log of today."""
    found = compare_note(body["note"], by=actor(), most=MAX_ON_PAGE)
    with deed():
        return done(json.ComparedRow().dump(found))


def _parameters(body: dict[str, Any]) -> Parameters:
    check_unit(_P.PRINT, body["region_code"])
    check_day(body["on"], today())
    who, since = body["who"].strip(), body["since"].isoformat()
    person = person_called(who, actor()).id if who else 0
    told = Parameters(person_id=person, since=since, kind=body.get("kind", ""), reason=body["reason"].strip())
    period_of(told, body["on"])
    return told


@resources.get("/trail/reveals", "查谁看过个人信息")
@api_requires(_P.TRAIL_VERIFY, scope=_S.TRAIL_VERIFY)
@resources.arguments(json.RevealArguments, location="query")
@resources.response(200, json.RevealPage)
def reveals(args: dict[str, Any]) -> Response:
    """List who looked at personal data of a unit in a period."""
    wanted = wanted_of(args["region_code"], _parameters(args), args["on"])
    found = count_done(wanted)
    if found > LARGE_PRINT_LINES:
        raise TooManyLooks(count=f"{found:,}", most=f"{LARGE_PRINT_LINES:,}")
    return listed(json.RevealRow(many=True).dump(list_reveals(wanted, args["reason"].strip())))


@resources.post("/trail/prints", "打印留痕报表；长的交后台，答 202")
@api_requires(_P.TRAIL_VERIFY, scope=_S.PRINTS_WRITE)
@resources.arguments(json.PaperEntry)
@resources.response(303, description="已打印，见 Location")
@resources.alt_response(202, schema=PrintJob, description="交后台打印，见 Location", success=True)
def print_paper(body: dict[str, Any]) -> Response:
    """Print edits, a term of office, or looks at personal data."""
    told = _parameters(body)
    if not told.person_id and body["report"] == ReportName.LEAVING.value:
        raise NobodyNamed(field="who")
    return printed(Asked(ReportName(body["report"]), body["region_code"], body["on"], told))
