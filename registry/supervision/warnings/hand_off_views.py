"""Pages of what is handed to a unit: handing on, the unit's answer, what the desk says to it."""

from datetime import timedelta

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.evidence.queries import get_attachment
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.kinds import Sector
from registry.permissions import Permission
from registry.places.queries import names_of, unit_around
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.supervision.warnings.forms import AnswerForm, HandOffForm, VerdictForm, WithdrawForm
from registry.supervision.warnings.models import WarningHandOff
from registry.supervision.warnings.queries import (
    PAGE_ROWS,
    WORD_TABLE,
    HandOffFilter,
    count_hand_offs,
    get_hand_off,
    get_warning,
    get_word,
    list_hand_offs,
)
from registry.supervision.warnings.refusals import SaidAnew
from registry.supervision.warnings.rules import HandOffState, unit_on_duty, units_on_the_way
from registry.supervision.warnings.services import answer_hand_off, hand_off, judge_answer, withdraw_hand_off
from registry.supervision.warnings.showing import figures_of, mending_page, shown_hand_offs, title_of
from registry.web import BaseForm, actor, finish, page, requires, row_number

blueprint = Blueprint("warning_hand_offs", __name__)
_P = Permission
_TERMS = ("region", "state", "sector", "overdue", "desk")


@blueprint.get("/warnings/hand-offs")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List what was handed to a unit and to those below it."""
    args, region, on = request.args, unit_around(request.args.get("region"), actor()), today()
    state, sector, desk = args.get("state", ""), args.get("sector", ""), args.get("desk", "")
    overdue = args.get("overdue") == "1"
    wanted = HandOffFilter(
        region, HandOffState(state) if state in set(HandOffState) else None,
        Sector(sector) if sector in set(Sector) else None, on if overdue else None, desk if is_code(desk) else "",
    )  # fmt: skip
    found = list_hand_offs(wanted, actor(), before=row_number("before"))
    rows = found[:PAGE_ROWS]
    names = names_of({code for row in rows for code in (row.region_code, row.from_code)})
    return page(
        "warnings/hand_offs.html", rows=rows, names=names, wanted=wanted, states=HandOffState, today=on,
        total=count_hand_offs(wanted, actor()), terms={key: args[key] for key in _TERMS if args.get(key)},
        next_place=rows[-1].id if len(found) > PAGE_ROWS else 0, title_of=title_of,
    )  # fmt: skip


@blueprint.route("/warnings/<int:warning_id>/hand-off", methods=["GET", "POST"])
@requires(Permission.WARNING_HAND_OFF)
def new(warning_id: int) -> ResponseReturnValue:
    """Hand a warning to its unit, or to a level between."""
    warning, form, on = get_warning(warning_id, actor(), _P.WARNING_HAND_OFF), HandOffForm(), today()
    region, units = warning.region_code, units_on_the_way(warning.region_code, actor())
    form.offer(units, unit_on_duty(warning.row.duty, region, units))
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            handed = hand_off(
                get_warning(warning_id, actor(), _P.WARNING_HAND_OFF), form.to_handing(), by=actor(), on=on
            )
            return finish(url_for("warning_hand_offs.show", hand_off_id=handed.id), _("已交办。"))
    if not form.is_submitted():
        days = policy_for(region, on).number(Parameter.HAND_OFF_DAYS)
        form.due_on.data, form.text.data = on + timedelta(days=days), _(warning.row.remedy)
    return page(
        "warnings/new_hand_off.html", form, warning=warning, figures=figures_of(warning), units=units,
        title_of=title_of,
    )  # fmt: skip


@blueprint.get("/warnings/hand-offs/<int:hand_off_id>")
@requires(Permission.ASSET_READ)
def show(hand_off_id: int) -> ResponseReturnValue:
    """Show what was handed on, everything that was said of it, and what is next."""
    return _shown(get_hand_off(hand_off_id, actor()))


def _shown(handed: WarningHandOff, form: BaseForm | None = None) -> ResponseReturnValue:
    one = shown_hand_offs([handed], actor())[0]
    days = policy_for(handed.region_code, today()).number(Parameter.HAND_OFF_DAYS)
    blank = VerdictForm(formdata=None, due_on=today() + timedelta(days=days))
    verdict = form if isinstance(form, VerdictForm) else blank
    verdict.catch_up(handed)
    return page(
        "warnings/hand_off.html", form, one=one, handed=handed, figures=figures_of(handed), today=today(),
        mending=mending_page(handed.warning), names=names_of({handed.region_code, handed.from_code}),
        answer=form if isinstance(form, AnswerForm) else AnswerForm(formdata=None),
        verdict=verdict, title_of=title_of,
    )  # fmt: skip


@blueprint.post("/warnings/hand-offs/<int:hand_off_id>/answer")
@requires(Permission.WARNING_ANSWER)
def answer(hand_off_id: int) -> ResponseReturnValue:
    """Say for the unit what was done."""
    handed, form = get_hand_off(hand_off_id, actor(), _P.WARNING_ANSWER), AnswerForm()
    region = handed.region_code
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                handed = get_hand_off(hand_off_id, actor(), _P.WARNING_ANSWER)
                answer_hand_off(handed, form.text.data or "", files, by=actor(), on=today())
                here = url_for("warning_hand_offs.show", hand_off_id=hand_off_id)
                return finish(here, _("已回复，等交办单位核实。"))
    return _shown(get_hand_off(hand_off_id, actor(), _P.WARNING_ANSWER), form)


@blueprint.post("/warnings/hand-offs/<int:hand_off_id>/verdict")
@requires(Permission.WARNING_HAND_OFF)
def judge(hand_off_id: int) -> ResponseReturnValue:
    """Take an answer, or send it back."""
    handed, form, on = get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF), VerdictForm(), today()
    region = handed.region_code
    if form.validate_on_submit():
        with form.guard(SaidAnew), transaction(region):
            handed, verdict = get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF), form.to_verdict()
            judge_answer(handed, verdict, by=actor(), on=on)
            here = url_for("warning_hand_offs.show", hand_off_id=hand_off_id)
            return finish(here, _("已办结。") if verdict.takes else _("已退回重办。"))
    return _shown(get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF), form)


@blueprint.route("/warnings/hand-offs/<int:hand_off_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.WARNING_HAND_OFF)
def withdraw(hand_off_id: int) -> ResponseReturnValue:
    """Take back what was handed on by mistake."""
    handed, form = get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF), WithdrawForm()
    region = handed.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            handed = get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF)
            withdraw_hand_off(handed, form.reason.data or "", by=actor())
            here = url_for("warning_hand_offs.show", hand_off_id=hand_off_id)
            return finish(here, _("已撤回，承办单位不用再办。"))
    handed = get_hand_off(hand_off_id, actor(), _P.WARNING_HAND_OFF)
    return page("warnings/withdraw.html", form, handed=handed, title_of=title_of, names=names_of({handed.region_code}))


@blueprint.get("/warnings/hand-offs/<int:hand_off_id>/words/<int:word_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def file(hand_off_id: int, word_id: int, attachment_id: int) -> Response:
    """Give out what proves an answer."""
    word = get_word(word_id, get_hand_off(hand_off_id, actor()))
    return given_out(get_attachment(attachment_id, WORD_TABLE, str(word.id)))
