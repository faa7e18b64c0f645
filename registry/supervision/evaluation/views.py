"""Pages of evaluations: the list, a new one, one with its units and assets, and every step until its results hold."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.notices.forms import NoticeForm
from registry.approvals.notices.photos import photo_in
from registry.approvals.notices.queries import find_last_notice
from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.services import add_first_photo, post_notice
from registry.approvals.notices.tables import pasted
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing, Overtaken
from registry.permissions import Permission, may
from registry.places.queries import list_children, names_of
from registry.policy.queries import policy_for
from registry.regions import Level, covers, is_code, level_of
from registry.supervision.evaluation.concluding import (
    conclude,
    confirm_evaluation,
    notice_case,
    send_back,
    set_subsidy,
    submit_evaluation,
)
from registry.supervision.evaluation.criteria import Grade, points_text
from registry.supervision.evaluation.forms import OpeningForm, OpinionForm, SubsidyForm, VoidForm
from registry.supervision.evaluation.frozen import table_of
from registry.supervision.evaluation.models import Evaluation
from registry.supervision.evaluation.outcomes import count_supported, list_supported, list_to_mend
from registry.supervision.evaluation.publishing import result_table, score_text
from registry.supervision.evaluation.queries import (
    PAGE_ROWS,
    LineFilter,
    get_evaluation,
    list_evaluations,
    list_lines,
    regions_of,
)
from registry.supervision.evaluation.rules import check_confirmed
from registry.supervision.evaluation.services import open_evaluation, void_evaluation
from registry.supervision.evaluation.showing import shown_evaluation, shown_rescored
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("evaluation", __name__)
_P = Permission


def _url(evaluation_id: int) -> str:
    return url_for("evaluation.show", evaluation_id=evaluation_id)


def _county() -> str:
    """Return one's county; elsewhere there is no such page (Missing)."""
    if level_of(actor().unit_code) is not Level.COUNTY:
        raise Missing
    return actor().unit_code


@blueprint.get("/evaluations")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List evaluations, the newest first."""
    found = list_evaluations(actor(), before=row_number("before"))
    rows, unit = found[:PAGE_ROWS], actor().unit_code
    return page(
        "evaluation/index.html", rows=rows, more=len(found) > PAGE_ROWS, on=today(),
        names=names_of({one.region_code for one in rows}),
        may_open=level_of(unit) is Level.COUNTY and may(actor(), _P.EVALUATION_ENTER, unit),
    )  # fmt: skip


@blueprint.route("/evaluations/new", methods=["GET", "POST"])
@requires(Permission.EVALUATION_ENTER)
def new() -> ResponseReturnValue:
    """Open an evaluation of one's county."""
    region, on = _county(), today()
    form = OpeningForm(data={"year": on.year - 1, "categories": ["OPERATING", "PUBLIC_WELFARE"]})
    form.offer([(unit.region_code, unit.short) for unit in list_children(region)])
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            made = open_evaluation(form.to_opening(region), by=actor(), on=on, policy=policy_for(region, on))
            return finish(_url(made.id), _("评价已开展，%(n)s 项资产的依据已固定。", n=made.assets))
    return page("evaluation/new.html", form, region=region)


@blueprint.get("/evaluations/<int:evaluation_id>")
@requires(Permission.ASSET_READ)
def show(evaluation_id: int) -> ResponseReturnValue:
    """Show an evaluation: its scheme, how its units stand, and what comes next."""
    evaluation = get_evaluation(evaluation_id, actor())
    shown = shown_evaluation(evaluation, actor(), today())
    scheme = evaluation.scheme
    return page(
        "evaluation/show.html", evaluation=evaluation, shown=shown, grades=Grade, points=points_text, said=score_text,
        tables=[(kind, table_of(scheme, kind)) for kind in evaluation.kinds], scheme=scheme,
        names=names_of({one.region_code for one in shown.units} | set(evaluation.units.split())),
    )  # fmt: skip


@blueprint.get("/evaluations/<int:evaluation_id>/lines")
@requires(Permission.ASSET_READ)
def lines(evaluation_id: int) -> ResponseReturnValue:
    """List the assets of an evaluation by unit, page by page."""
    evaluation, args = get_evaluation(evaluation_id, actor()), request.args
    region, grade = args.get("region", ""), args.get("grade", "")
    if region and (not is_code(region) or not covers(evaluation.region_code, region)):
        raise Missing
    chosen, waits = Grade(grade) if grade in set(Grade) else None, args.get("waiting") == "1"
    wanted = LineFilter(evaluation.id, region, chosen, waits, args.get("rescored") == "1", args.get("q", "").strip())
    found = list_lines(wanted, actor(), after=row_number("after"))
    rows = found[:PAGE_ROWS]
    return page(
        "evaluation/lines.html", evaluation=evaluation, wanted=wanted, rows=rows, more=len(found) > PAGE_ROWS,
        grades=Grade, said=score_text, points=points_text, names=names_of({one.region_code for one in rows}),
    )  # fmt: skip


@blueprint.get("/evaluations/<int:evaluation_id>/outcome")
@requires(Permission.ASSET_READ)
def outcome(evaluation_id: int) -> ResponseReturnValue:
    """Show what followed: the support list and the rectification list."""
    evaluation = get_evaluation(evaluation_id, actor())
    order, line = row_number("after"), row_number("mending")
    supported = list_supported(evaluation.id, actor(), after=order, limit=PAGE_ROWS)
    mending = list_to_mend(evaluation.id, actor(), after=line, limit=PAGE_ROWS)
    codes = {one.region_code for one in supported} | {one.region_code for one, _finding in mending}
    return page(
        "evaluation/outcome.html", evaluation=evaluation, supported=supported[:PAGE_ROWS], said=score_text,
        mending=mending[:PAGE_ROWS], more_supported=len(supported) > PAGE_ROWS, more_mending=len(mending) > PAGE_ROWS,
        count=count_supported(evaluation.id, actor()), order=order, line=line, names=names_of(codes), on=today(),
        shown=shown_evaluation(evaluation, actor(), today()),
    )  # fmt: skip


@blueprint.post("/evaluations/<int:evaluation_id>/submit")
@requires(Permission.EVALUATION_ENTER)
def submit(evaluation_id: int) -> ResponseReturnValue:
    """Hand an evaluation to the second person."""
    with transaction(get_evaluation(evaluation_id, actor(), _P.EVALUATION_ENTER).region_code):
        submit_evaluation(get_evaluation(evaluation_id, actor(), _P.EVALUATION_ENTER), by=actor())
        return finish(_url(evaluation_id), _("已提交，等另一个人复核。"))


@blueprint.route("/evaluations/<int:evaluation_id>/void", methods=["GET", "POST"])
@requires(Permission.EVALUATION_ENTER)
def void(evaluation_id: int) -> ResponseReturnValue:
    """Give up an evaluation that is still being made."""
    evaluation, form = get_evaluation(evaluation_id, actor(), _P.EVALUATION_ENTER), VoidForm()
    region = evaluation.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            evaluation = get_evaluation(evaluation_id, actor(), _P.EVALUATION_ENTER)
            void_evaluation(evaluation, form.reason.data, by=actor())
            return finish(_url(evaluation_id), _("已作废，这些资产可以重新评价。"))
    evaluation = get_evaluation(evaluation_id, actor(), _P.EVALUATION_ENTER)
    return page("evaluation/void.html", form, evaluation=evaluation)


@blueprint.route("/evaluations/<int:evaluation_id>/confirm", methods=["GET", "POST"])
@requires(Permission.EVALUATION_CONFIRM)
def confirm(evaluation_id: int) -> ResponseReturnValue:
    """Confirm an evaluation, or what was re-scored; or send it back."""
    evaluation, form = get_evaluation(evaluation_id, actor(), _P.EVALUATION_CONFIRM), OpinionForm()
    region = evaluation.region_code
    if form.validate_on_submit():
        with form.guard(Overtaken), transaction(region):
            evaluation = get_evaluation(evaluation_id, actor(), _P.EVALUATION_CONFIRM)
            form.check_seen(evaluation.version_id)
            agrees = form.answer.data == "agree"
            (confirm_evaluation if agrees else send_back)(evaluation, form.opinion.data or "", by=actor())
            return finish(_url(evaluation_id), _("已复核。") if agrees else _("已退回。"))
    evaluation = get_evaluation(evaluation_id, actor(), _P.EVALUATION_CONFIRM)
    form.show(evaluation.version_id)
    shown = shown_evaluation(evaluation, actor(), today())
    return page(
        "evaluation/confirm.html", form, evaluation=evaluation, shown=shown, grades=Grade,
        rescored=shown_rescored(evaluation_id, actor(), PAGE_ROWS), points=points_text,
    )  # fmt: skip


def _confirmed(evaluation_id: int, permission: Permission) -> Evaluation:
    """Return an evaluation that lies between confirmation and effect. Raises Missing, NotConfirmed."""
    evaluation = get_evaluation(evaluation_id, actor(), permission)
    check_confirmed(evaluation.state)
    return evaluation


@blueprint.route("/evaluations/<int:evaluation_id>/notice", methods=["GET", "POST"])
@requires(Permission.NOTICE_POST)
def post(evaluation_id: int) -> ResponseReturnValue:
    """Post the results on the board of the county."""
    evaluation, form, on = _confirmed(evaluation_id, _P.NOTICE_POST), NoticeForm(), today()
    region = evaluation.region_code
    if form.validate_on_submit():
        with form.guard():
            photo = photo_in(form.file)
            proposer = (evaluation.submitted_by_id, evaluation.submitted_by_text)
            facts = form.to_facts(NoticeKind.EVALUATION, region, case=notice_case(evaluation), proposer=proposer)
            with transaction(region):
                notice = post_notice(facts, by=actor(), on=on, policy=policy_for(region, on))
                if photo:
                    add_first_photo(notice, photo, by=actor(), on=on)
                return finish(url_for("notices.notice", notice_id=notice.id), _("公示已张贴，请到公示栏贴出纸质件。"))
    elif not form.is_submitted():
        _begin(form, evaluation)
    return page("evaluation/notice.html", form, evaluation=_confirmed(evaluation_id, _P.NOTICE_POST))


def _begin(form: NoticeForm, evaluation: Evaluation) -> None:
    """Begin the notice with the results."""
    form.carry_over(find_last_notice(evaluation.region_code))
    form.title.data = _("%(title)s结果", title=evaluation.title)
    form.body.data = _(
        "现将 %(year)s 年度扶贫项目资产绩效评价结果公布如下。对结果有异议的，请在公示期内提出，按异议复议。",
        year=evaluation.year,
    )
    form.table.data = pasted(result_table(evaluation, actor()))


@blueprint.post("/evaluations/<int:evaluation_id>/conclude")
@requires(Permission.EVALUATION_CONFIRM)
def end(evaluation_id: int) -> ResponseReturnValue:
    """Let the results hold."""
    on, regions = today(), regions_of(get_evaluation(evaluation_id, actor(), _P.EVALUATION_CONFIRM))
    with transaction(*regions):
        evaluation = get_evaluation(evaluation_id, actor(), _P.EVALUATION_CONFIRM)
        conclude(evaluation, by=actor(), on=on, policy=policy_for(evaluation.region_code, on))
        return finish(
            url_for("evaluation.outcome", evaluation_id=evaluation_id), _("评价结果已生效，支持名单和整改清单已生成。")
        )


@blueprint.route("/evaluations/<int:evaluation_id>/subsidy", methods=["GET", "POST"])
@requires(Permission.EVALUATION_ENTER)
def subsidise(evaluation_id: int) -> ResponseReturnValue:
    """Split the total that the county says over the support list."""
    evaluation, form = get_evaluation(evaluation_id, actor(), _P.EVALUATION_ENTER), SubsidyForm()
    regions = regions_of(evaluation)
    if form.validate_on_submit():
        with form.guard(Overtaken), transaction(*regions):
            evaluation = get_evaluation(evaluation_id, actor(), _P.EVALUATION_ENTER)
            form.check_seen(evaluation.version_id)
            set_subsidy(evaluation, form.total.data or 0, form.basis.data or "", by=actor())
            return finish(url_for("evaluation.outcome", evaluation_id=evaluation_id), _("支持金额已拟定。"))
    evaluation = get_evaluation(evaluation_id, actor(), _P.EVALUATION_ENTER)
    form.show(evaluation.version_id)
    if not form.is_submitted():
        form.total.data, form.basis.data = evaluation.subsidy_fen, evaluation.subsidy_basis
    count = count_supported(evaluation.id, actor())
    return page("evaluation/subsidy.html", form, evaluation=evaluation, count=count)
