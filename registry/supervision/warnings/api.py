"""JSON resources of warnings: the list, one of them, what is handed on, answers, verdicts."""

from typing import Any

from flask import Response, url_for
from marshmallow import Schema
from werkzeug.datastructures import FileStorage

from registry.clock import today
from registry.evidence.answers import file_added, files_of, one_sent
from registry.evidence.queries import get_attachment
from registry.evidence.schemas import AttachmentFile, AttachmentPage
from registry.evidence.views import given_out
from registry.kinds import Sector
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import number_after, paged
from registry.supervision.warnings import schemas as json
from registry.supervision.warnings.queries import (
    WORD_TABLE,
    HandOffFilter,
    WarningFilter,
    get_hand_off,
    get_warning,
    get_word,
    list_hand_offs,
    list_warnings,
    words_of,
)
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import HandingOff, HandOffState, Severity, Topic, Verdict
from registry.supervision.warnings.services import (
    answer_hand_off,
    hand_off,
    judge_answer,
    prove_answer,
    withdraw_hand_off,
)
from registry.token_scopes import Scope

resources = Resources("warnings", __name__, "风险预警")
_P, _S = Permission, Scope


def _said(schema: type[Schema], row: object) -> Body:
    body: Body = schema().dump(row)
    return body


@resources.get("/warnings", "列预警，程度高的在前，同样程度的先发现的在前；默认只列没有消除的，已消除的新发现的在前")
@api_requires(_P.ASSET_READ, scope=_S.WARNINGS_READ)
@resources.arguments(json.WarningArguments, location="query")
@resources.response(200, json.WarningPage)
def warnings(args: dict[str, Any]) -> Response:
    """List warnings of a unit and below, the gravest first."""
    wanted = WarningFilter(
        args.get("region") or actor().unit_code,
        Topic(args["topic"]) if "topic" in args else None,
        Risk(args["risk"]) if "risk" in args else None,
        Severity(args["severity"]) if "severity" in args else None,
        Sector(args["sector"]) if "sector" in args else None,
        closed=args["closed"],
    )
    found = list_warnings(wanted, actor(), after=number_after(args), limit=args["limit"])
    return paged(found, args["limit"], lambda one: _said(json.WarningRow, one))


@resources.get("/warnings/<int:warning_id>", "读一条预警")
@api_requires(_P.ASSET_READ, scope=_S.WARNINGS_READ)
@resources.response(200, json.WarningRow)
def warning(warning_id: int) -> Response:
    """Show a warning with the figures that made it fire."""
    return shown(_said(json.WarningRow, get_warning(warning_id, actor())))


@resources.post("/warnings/<int:warning_id>/hand-offs", "交办一条预警")
@api_requires(_P.WARNING_HAND_OFF, scope=_S.WARNINGS_WRITE)
@resources.arguments(json.WarningHandOffEntry)
@resources.response(201, json.WarningHandOffRow)
def hand_on(said: HandingOff, warning_id: int) -> Response:
    """Hand a warning to its unit, or to a level between."""
    with deed(get_warning(warning_id, actor(), _P.WARNING_HAND_OFF).region_code):
        made = hand_off(get_warning(warning_id, actor(), _P.WARNING_HAND_OFF), said, by=actor(), on=today())
        return done(
            _said(json.WarningHandOffRow, made), 201, location=url_for("warnings_api.handed", hand_off_id=made.id)
        )


@resources.get("/warning-hand-offs", "列交办，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.WARNINGS_READ)
@resources.arguments(json.WarningHandOffArguments, location="query")
@resources.response(200, json.WarningHandOffPage)
def hand_offs(args: dict[str, Any]) -> Response:
    """List what was handed to a unit and those below it."""
    state = HandOffState(args["state"]) if "state" in args else None
    wanted = HandOffFilter(args.get("region") or actor().unit_code, state)
    found = list_hand_offs(wanted, actor(), before=number_after(args), limit=args["limit"])
    return paged(found, args["limit"], lambda one: _said(json.WarningHandOffRow, one))


@resources.get("/warning-hand-offs/<int:hand_off_id>", "读一件交办")
@api_requires(_P.ASSET_READ, scope=_S.WARNINGS_READ)
@resources.response(200, json.WarningHandOffRow)
def handed(hand_off_id: int) -> Response:
    """Show what was handed on."""
    return shown(_said(json.WarningHandOffRow, get_hand_off(hand_off_id, actor())))


@resources.get("/warning-hand-offs/<int:hand_off_id>/words", "列一件交办的办理记录")
@api_requires(_P.ASSET_READ, scope=_S.WARNINGS_READ)
@resources.response(200, json.WarningWordPage)
def words(hand_off_id: int) -> Response:
    """List what was said of a matter, in order."""
    return listed([_said(json.WarningWordRow, one) for one in words_of([get_hand_off(hand_off_id, actor()).id])])


@resources.post("/warning-hand-offs/<int:hand_off_id>/answers", "回复交办")
@api_requires(_P.WARNING_ANSWER, scope=_S.WARNINGS_WRITE)
@resources.arguments(json.WarningAnswerEntry)
@resources.response(200, json.WarningHandOffRow)
def answer(body: dict[str, Any], hand_off_id: int) -> Response:
    """Say for the unit what was done."""
    with deed(get_hand_off(hand_off_id, actor(), _P.WARNING_ANSWER).region_code):
        found = get_hand_off(hand_off_id, actor(), _P.WARNING_ANSWER)
        answer_hand_off(found, body["text"], by=actor(), on=today())
        return done(_said(json.WarningHandOffRow, found))


@resources.post("/warning-hand-offs/<int:hand_off_id>/verdicts", "核实回复：办结或退回")
@api_requires(_P.WARNING_HAND_OFF, scope=_S.WARNINGS_WRITE)
@resources.arguments(json.WarningVerdictEntry)
@resources.response(200, json.WarningHandOffRow)
def judge(verdict: Verdict, hand_off_id: int) -> Response:
    """Take an answer, or send it back."""
    with deed(get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF).region_code):
        found = get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF)
        judge_answer(found, verdict, by=actor(), on=today())
        return done(_said(json.WarningHandOffRow, found))


@resources.post("/warning-hand-offs/<int:hand_off_id>/withdrawal", "撤回错误的交办")
@api_requires(_P.WARNING_HAND_OFF, scope=_S.WARNINGS_WRITE)
@resources.arguments(json.WarningWithdrawalEntry)
@resources.response(200, json.WarningHandOffRow)
def withdraw(body: dict[str, Any], hand_off_id: int) -> Response:
    """Take back what was handed on by mistake."""
    with deed(get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF).region_code):
        found = get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF)
        withdraw_hand_off(found, body["reason"], by=actor())
        return done(_said(json.WarningHandOffRow, found))


@resources.get("/warning-hand-offs/<int:hand_off_id>/words/<int:word_id>/files", "列回复的佐证材料")
@api_requires(_P.ASSET_READ, scope=_S.WARNINGS_READ)
@resources.response(200, AttachmentPage)
def files(hand_off_id: int, word_id: int) -> Response:
    """List what proves an answer, the oldest first."""
    word = get_word(word_id, get_hand_off(hand_off_id, actor()))
    return files_of(WORD_TABLE, str(word.id))


@resources.post("/warning-hand-offs/<int:hand_off_id>/words/<int:word_id>/files", "为自己的回复补充佐证材料")
@api_requires(_P.WARNING_ANSWER, scope=_S.WARNINGS_WRITE)
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, AttachmentPage)
def prove(given: dict[str, FileStorage], hand_off_id: int, word_id: int) -> Response:
    """Add a file to the answer that one has just given."""
    region = get_hand_off(hand_off_id, actor(), _P.WARNING_ANSWER).region_code
    kept = one_sent(given)
    with deed(region):
        found = get_hand_off(hand_off_id, actor(), _P.WARNING_ANSWER)
        word = get_word(word_id, found)
        prove_answer(found, word, [kept], by=actor(), on=today())
        return file_added(WORD_TABLE, str(word.id))


@resources.get("/warning-hand-offs/<int:hand_off_id>/words/<int:word_id>/files/<int:attachment_id>", "下载佐证材料")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def file(hand_off_id: int, word_id: int, attachment_id: int) -> Response:
    """Give out what proves an answer."""
    word = get_word(word_id, get_hand_off(hand_off_id, actor()))
    return given_out(get_attachment(attachment_id, WORD_TABLE, str(word.id)))
