"""JSON resources of the evaluation."""

from collections.abc import Callable
from typing import Any

from flask import Response, url_for

from registry.approvals.notices.api import notice_body
from registry.approvals.notices.schemas import NoticeCard, NoticeWords
from registry.approvals.notices.services import post_notice
from registry.clock import today
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_seen, check_unit, deed, done, listed, shown
from registry.rest.fields import PageArguments
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after, paged
from registry.supervision.evaluation import schemas as json
from registry.supervision.evaluation.concluding import (
    conclude,
    confirm_evaluation,
    rescore,
    send_back,
    set_subsidy,
    submit_evaluation,
)
from registry.supervision.evaluation.criteria import Award, Grade
from registry.supervision.evaluation.models import Evaluation, EvaluationLine
from registry.supervision.evaluation.outcomes import list_supported
from registry.supervision.evaluation.publishing import notice_of_results
from registry.supervision.evaluation.queries import (
    LineFilter,
    get_evaluation,
    get_line,
    list_evaluations,
    list_lines,
    list_scores,
    regions_of,
)
from registry.supervision.evaluation.rules import Opening
from registry.supervision.evaluation.services import awards_of, open_evaluation, score_line
from registry.supervision.evaluation.showing import known_facts
from registry.token_scopes import Scope

resources = Resources("evaluation", __name__, "绩效评价")
_P, _S = Permission, Scope


def _said(evaluation: Evaluation) -> Body:
    body: Body = json.EvaluationRow().dump(evaluation)
    return body


def _line_said(line: EvaluationLine) -> Body:
    body: Body = json.EvaluationLineRow().dump(line)
    return body


def _award(award: Award) -> dict[str, Any]:
    mark = award.mark
    return {
        "criterion": mark.criterion.value, "most": mark.points, "points": award.cents, "how": mark.how.value,
        "given": award.given, "done": mark.measured.done, "of": mark.measured.of,
        "facts": known_facts(mark.measured.facts, actor()),
    }  # fmt: skip


def _whole(line: EvaluationLine) -> Body:
    awards = json.EvaluationAwardRow(many=True).dump([_award(one) for one in awards_of(line)])
    return {**_line_said(line), "awards": awards}


@resources.get("/evaluations", "列绩效评价，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, json.EvaluationPage)
def index(args: dict[str, Any]) -> Response:
    """List evaluations, the newest first."""
    found = list_evaluations(actor(), before=number_after(args), limit=args["limit"])
    return paged(found, args["limit"], _said)


@resources.post("/evaluations", "开展一次绩效评价；依据当场固定")
@api_requires(_P.EVALUATION_ENTER, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.EvaluationEntry)
@resources.response(201, json.EvaluationRow)
def enter(opening: Opening) -> Response:
    """Open an evaluation."""
    check_unit(_P.EVALUATION_ENTER, opening.region_code)
    on = today()
    with deed(opening.region_code):
        made = open_evaluation(opening, by=actor(), on=on, policy=policy_for(opening.region_code, on))
        return done(_said(made), 201, location=url_for("evaluation_api.one", evaluation_id=made.id))


@resources.get("/evaluations/<int:evaluation_id>", "读一次绩效评价")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, json.EvaluationRow)
def one(evaluation_id: int) -> Response:
    """Show an evaluation."""
    return shown(_said(get_evaluation(evaluation_id, actor())))


@resources.get("/evaluations/<int:evaluation_id>/lines", "列一次评价的各项资产")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.arguments(json.EvaluationLineArguments, location="query")
@resources.response(200, json.EvaluationLinePage)
def lines(args: dict[str, Any], evaluation_id: int) -> Response:
    """List the lines of an evaluation by unit."""
    grade = Grade(args["grade"]) if "grade" in args else None
    wanted = LineFilter(get_evaluation(evaluation_id, actor()).id, args.get("region", ""), grade)
    found = list_lines(wanted, actor(), after=number_after(args), limit=args["limit"])
    return paged(found, args["limit"], _line_said)


@resources.get("/evaluations/<int:evaluation_id>/supported", "列资产补贴支持名单")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, json.EvaluationLinePage)
def supported(args: dict[str, Any], evaluation_id: int) -> Response:
    """List what is proposed for support, in order."""
    evaluation = get_evaluation(evaluation_id, actor())
    found = list_supported(evaluation.id, actor(), after=number_after(args), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda one: one.support_order)
    return listed([_line_said(row) for row in rows], after)


@resources.get("/evaluation-lines/<int:line_id>", "读一项资产的评价：各指标得分和依据")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, json.EvaluationLineWhole)
def line(line_id: int) -> Response:
    """Show a line with its criteria."""
    return shown(_whole(get_line(line_id, actor())))


@resources.get("/evaluation-lines/<int:line_id>/scores", "列一项资产的人工评分和复议")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, json.EvaluationScorePage)
def scores(line_id: int) -> Response:
    """List what persons said of a line, the oldest first."""
    found = list_scores(get_line(line_id, actor()).id)
    return listed([json.EvaluationScoreRow().dump(row) for row in found])


@resources.post("/evaluation-lines/<int:line_id>/scores", "登记专家或第三方评分")
@api_requires(_P.EVALUATION_ENTER, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.EvaluationScoreEntry)
@resources.response(201, json.EvaluationLineWhole)
def score(body: dict[str, Any], line_id: int) -> Response:
    """Enter what an expert says."""
    with deed(get_line(line_id, actor(), _P.EVALUATION_ENTER).region_code):
        row = get_line(line_id, actor(), _P.EVALUATION_ENTER)
        score_line(row, json.given_of(body), by=actor(), on=today())
        return done(_whole(row), 201)


@resources.post("/evaluation-lines/<int:line_id>/appeals", "复议：按异议调整得分")
@api_requires(_P.EVALUATION_ENTER, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.EvaluationAppealEntry)
@resources.response(201, json.EvaluationLineWhole)
def appeal(body: dict[str, Any], line_id: int) -> Response:
    """Give a criterion another score after an appeal."""
    found = get_line(line_id, actor(), _P.EVALUATION_ENTER)
    with deed(found.region_code, found.evaluation.region_code):
        row = get_line(line_id, actor(), _P.EVALUATION_ENTER)
        rescore(row, json.given_of(body), body["objection_id"], by=actor())
        return done(_whole(row), 201)


@resources.post("/evaluations/<int:evaluation_id>/submit", "提交评价")
@api_requires(_P.EVALUATION_ENTER, scope=_S.SUPERVISION_WRITE)
@resources.response(200, json.EvaluationRow)
def submit(evaluation_id: int) -> Response:
    """Hand an evaluation to the second person."""
    return _changed(evaluation_id, _P.EVALUATION_ENTER, lambda found: submit_evaluation(found, by=actor()))


def _changed(evaluation_id: int, permission: Permission, do: Callable[[Evaluation], object]) -> Response:
    with deed(*regions_of(get_evaluation(evaluation_id, actor(), permission))):
        found = get_evaluation(evaluation_id, actor(), permission)
        do(found)
        return done(_said(found))


@resources.post("/evaluations/<int:evaluation_id>/confirm", "复核评价（第二人），或退回")
@api_requires(_P.EVALUATION_CONFIRM, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.EvaluationOpinionEntry)
@resources.response(200, json.EvaluationRow)
def confirm(body: dict[str, Any], evaluation_id: int) -> Response:
    """Confirm an evaluation, or send it back."""
    do = confirm_evaluation if body["agrees"] else send_back

    def answer(found: Evaluation) -> None:
        check_seen(body["version"], found.version_id)
        do(found, body["opinion"], by=actor())

    return _changed(evaluation_id, _P.EVALUATION_CONFIRM, answer)


@resources.post("/evaluations/<int:evaluation_id>/notice", "张贴评价结果公示；名单不写就按结果生成")
@api_requires(_P.NOTICE_POST, scope=_S.CASES_WRITE)
@resources.arguments(NoticeWords)
@resources.response(201, NoticeCard)
def post(words: dict[str, Any], evaluation_id: int) -> Response:
    """Post the results on the board of the county; its photograph is sent to the notice."""
    region, on = get_evaluation(evaluation_id, actor(), _P.NOTICE_POST).region_code, today()
    with deed(region):
        facts = notice_of_results(get_evaluation(evaluation_id, actor(), _P.NOTICE_POST), words, by=actor())
        notice = post_notice(facts, by=actor(), on=on, policy=policy_for(region, on))
        return done(notice_body(notice), 201, location=url_for("notices_api.one", notice_id=notice.id))


@resources.post("/evaluations/<int:evaluation_id>/conclude", "评价结果生效：出支持名单、差的转整改")
@api_requires(_P.EVALUATION_CONFIRM, scope=_S.SUPERVISION_WRITE)
@resources.response(200, json.EvaluationRow)
def end(evaluation_id: int) -> Response:
    """Let the results hold."""
    on = today()
    return _changed(
        evaluation_id, _P.EVALUATION_CONFIRM,
        lambda found: conclude(found, by=actor(), on=on, policy=policy_for(found.region_code, on)),
    )  # fmt: skip


@resources.post("/evaluations/<int:evaluation_id>/subsidy", "按补贴总额拟定各项资产的支持金额")
@api_requires(_P.EVALUATION_ENTER, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.EvaluationSubsidyEntry)
@resources.response(200, json.EvaluationRow)
def subsidise(body: dict[str, Any], evaluation_id: int) -> Response:
    """Split a total over the support list."""

    def split(found: Evaluation) -> None:
        check_seen(body["version"], found.version_id)
        set_subsidy(found, body["total"], body["basis"], by=actor())

    return _changed(evaluation_id, _P.EVALUATION_ENTER, split)
