"""JSON resources with which a disposal is filled in: words, assets, reports, scans; and what its trade fetched."""

from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from registry.audit.services import thing_of
from registry.clock import today
from registry.disposal.cases.opening import TABLE, change_case, decide_line, enter_report
from registry.disposal.cases.queries import get_case, get_line
from registry.disposal.kinds import LineDecision
from registry.disposal.prices.services import enter_price
from registry.disposal.procedure.api import seen_case
from registry.disposal.procedure.schemas import (
    CaseCard,
    DecisionEntry,
    PriceRow,
    ReportParts,
    ReportRow,
    ResultParts,
    WordsEntry,
)
from registry.disposal.procedure.telling import case_card, price_row
from registry.disposal.rules import CaseWords
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.rules import EvidenceKind
from registry.evidence.schemas import AttachmentArguments, AttachmentFile, AttachmentPage, AttachmentRow
from registry.evidence.services import Caption, attach, take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import actor, api_requires, check_match, deed, done, listed
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("disposals_edit", __name__, "资产处置")
_P, _S = Permission, Scope


def _region(disposal_id: int) -> str:
    return get_case(disposal_id, actor(), _P.DISPOSAL_ENTER).region_code


@resources.put("/disposals/<int:disposal_id>", "修改事项的内容")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(WordsEntry)
@resources.response(200, CaseCard)
def change(words: CaseWords, disposal_id: int) -> Response:
    """Say something else of a case that is not submitted."""
    with deed(_region(disposal_id)):
        case = get_case(disposal_id, actor(), _P.DISPOSAL_ENTER)
        check_match(case_card(case))
        change_case(case, words, by=actor())
        return done(case_card(case))


@resources.post("/disposals/<int:disposal_id>/lines/<int:line_id>/decide", "一项资产纳入、部分纳入或不纳入")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(DecisionEntry)
@resources.response(200, CaseCard)
def decide(body: dict[str, Any], disposal_id: int, line_id: int) -> Response:
    """Take an asset in, whole or in part, or leave it out with the reason."""
    with deed(_region(disposal_id)):
        case = seen_case(disposal_id)
        line, decision = get_line(line_id, case), LineDecision(body["decision"])
        decide_line(line, case, decision, body["reason"], body["part"], by=actor(), on=today())
        return done(case_card(case))


@resources.post("/disposals/<int:disposal_id>/reports", "登记评估报告")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(ReportParts, location="multipart")
@resources.response(201, ReportRow)
def add_report(parts: dict[str, Any], disposal_id: int) -> Response:
    """Enter a report of appraisal with the report itself."""
    region, on = _region(disposal_id), today()
    files = [take_in(one.stream.read(), one.filename or "") for one in parts["files"]]
    with deed(region):
        row = enter_report(
            seen_case(disposal_id), parts["report"], files, by=actor(), on=on, policy=policy_for(region, on)
        )  # fmt: skip
        return done(ReportRow().dump(row), 201)


@resources.post("/disposals/<int:disposal_id>/prices", "登记公开交易结果")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(ResultParts, location="multipart")
@resources.response(201, PriceRow)
def add_price(parts: dict[str, Any], disposal_id: int) -> Response:
    """Tell what a trade fetched; below its value the case goes back to every level, far below it is suspended."""
    region, on = _region(disposal_id), today()
    files = [take_in(one.stream.read(), one.filename or "") for one in parts["files"]]
    with deed(region):
        row = enter_price(
            seen_case(disposal_id), parts["result"], files, by=actor(), on=on, policy=policy_for(region, on)
        )  # fmt: skip
        return done(price_row(row), 201)


@resources.get("/disposals/<int:disposal_id>/attachments", "列事项的附件")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, AttachmentPage)
def attachments(disposal_id: int) -> Response:
    """List the papers of a case."""
    case = get_case(disposal_id, actor())
    return listed(AttachmentRow(many=True).dump(list_attachments(TABLE, str(case.id))))


@resources.post("/disposals/<int:disposal_id>/attachments", "上传事项的附件")
@api_requires(_P.DISPOSAL_ENTER, scope=_S.DISPOSALS_WRITE)
@resources.arguments(AttachmentArguments, location="query")
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, AttachmentPage)
def attach_file(args: dict[str, Any], files: dict[str, FileStorage], disposal_id: int) -> Response:
    """Attach a paper to a case."""
    region = _region(disposal_id)
    kept = take_in(files["file"].stream.read(), files["file"].filename or "")
    caption = Caption(EvidenceKind(args["kind"]), args["caption"], args["taken_on"])
    with deed(region):
        thing = thing_of(get_case(disposal_id, actor(), _P.DISPOSAL_ENTER))
        attach([kept], caption, to=thing, by=actor())
        rows = AttachmentRow(many=True).dump(list_attachments(TABLE, thing.id)[-1:])
        return done({"items": rows}, 201)


@resources.get("/disposals/<int:disposal_id>/attachments/<int:attachment_id>", "下载事项的附件")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def attachment(disposal_id: int, attachment_id: int) -> Response:
    """Give out a paper of a case."""
    return given_out(get_attachment(attachment_id, TABLE, str(get_case(disposal_id, actor()).id)))
