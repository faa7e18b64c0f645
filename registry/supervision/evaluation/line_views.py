"""Pages of one asset of an evaluation: its points and why, what an expert says, what an appeal comes to."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from registry.assets.register.cards.queries import get_asset
from registry.clock import today
from registry.database import transaction
from registry.evidence.queries import get_attachment
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.supervision.evaluation.concluding import rescore
from registry.supervision.evaluation.criteria import How, points_text
from registry.supervision.evaluation.forms import GivenForm, RescoreForm, ScoreForm
from registry.supervision.evaluation.frozen import dimension_of
from registry.supervision.evaluation.models import EvaluationLine
from registry.supervision.evaluation.publishing import score_text
from registry.supervision.evaluation.queries import SCORE_TABLE, get_line, get_score, lines_of_asset, objections_to
from registry.supervision.evaluation.refusals import PointsUnreadable
from registry.supervision.evaluation.services import score_line
from registry.supervision.evaluation.showing import award_text, shown_line, told, warned
from registry.web import actor, finish, page, requires

blueprint = Blueprint("evaluation_lines", __name__)
_P = Permission
_LONGEST = 60


def _url(line_id: int) -> str:
    return url_for("evaluation_lines.show", line_id=line_id)


def _shown(template: str, line: EvaluationLine, form: GivenForm | None = None) -> ResponseReturnValue:
    return page(
        template, form, line=line, evaluation=line.evaluation, shown=shown_line(line, actor()), said=score_text,
        points=points_text, told=told, warned=warned(line, actor()), award_text=award_text,
        dimension=dimension_of, on=today(),
    )  # fmt: skip


@blueprint.get("/evaluations/lines/<int:line_id>")
@requires(Permission.ASSET_READ)
def show(line_id: int) -> ResponseReturnValue:
    """Show an asset of an evaluation: points per criterion, and the figures behind them."""
    return _shown("evaluation/line.html", get_line(line_id, actor()))


@blueprint.get("/assets/<asset_no>/evaluations")
@requires(Permission.ASSET_READ)
def asset(asset_no: str) -> ResponseReturnValue:
    """Show how an asset was evaluated, year by year."""
    found = get_asset(asset_no, actor(), _P.ASSET_READ)
    rows = lines_of_asset(found.id, actor())
    return page("evaluation/asset.html", asset=found, rows=rows, said=score_text)


@blueprint.get("/evaluations/lines/<int:line_id>/scores/<int:score_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def file(line_id: int, score_id: int, attachment_id: int) -> Response:
    """Give out the paper on which a score stands."""
    score = get_score(score_id, get_line(line_id, actor()))
    return given_out(get_attachment(attachment_id, SCORE_TABLE, str(score.id)))


def _check_said(form: GivenForm) -> None:
    if form.says_nothing:
        raise PointsUnreadable(field="points")


@blueprint.route("/evaluations/lines/<int:line_id>/score", methods=["GET", "POST"])
@requires(Permission.EVALUATION_ENTER)
def score(line_id: int) -> ResponseReturnValue:
    """Enter what an expert or third party says."""
    line, form = get_line(line_id, actor(), _P.EVALUATION_ENTER), ScoreForm()
    region = line.region_code
    form.offer([mark for mark in line.marks if mark.how is How.EXPERT])
    if form.validate_on_submit():
        with form.guard():
            _check_said(form)
            files = taken_in(form.file)
            with transaction(region):
                line = get_line(line_id, actor(), _P.EVALUATION_ENTER)
                score_line(line, form.to_given(), files, by=actor(), on=today())
                return finish(_url(line_id), _("评分已登记。"))
    return _shown("evaluation/score.html", get_line(line_id, actor(), _P.EVALUATION_ENTER), form)


@blueprint.route("/evaluations/lines/<int:line_id>/appeal", methods=["GET", "POST"])
@requires(Permission.EVALUATION_ENTER)
def appeal(line_id: int) -> ResponseReturnValue:
    """Give a criterion another score after an appeal."""
    line, form = get_line(line_id, actor(), _P.EVALUATION_ENTER), RescoreForm()
    regions = (line.region_code, line.evaluation.region_code)
    form.offer(line.marks)
    form.objection.choices = [
        SelectChoice(str(one.id), one.text[:_LONGEST]) for one in objections_to(line.evaluation)
    ]  # fmt: skip
    if form.validate_on_submit():
        with form.guard():
            _check_said(form)
            with transaction(*regions):
                line = get_line(line_id, actor(), _P.EVALUATION_ENTER)
                rescore(line, form.to_given(), int(form.objection.data), by=actor())
                return finish(_url(line_id), _("复议得分已登记，等另一个人复核。"))
    return _shown("evaluation/appeal.html", get_line(line_id, actor(), _P.EVALUATION_ENTER), form)
