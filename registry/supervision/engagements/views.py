"""Pages of engagements: the list, a new one, one with its report and the findings that follow from it."""

from datetime import timedelta

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import needed_in, taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission, may
from registry.places.looking import has_to_look, look_up, still_offered
from registry.places.queries import names_of, offered_below, offered_units, unit_meant
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.supervision.engagements.forms import AgencyReportForm, EngagementForm, RaisedForm
from registry.supervision.engagements.models import Engagement
from registry.supervision.engagements.queries import (
    PAGE_ROWS,
    TABLE,
    get_engagement,
    list_assets,
    list_engagements,
    list_units,
)
from registry.supervision.engagements.refusals import NotReportedYet
from registry.supervision.engagements.rules import EngagementStatus
from registry.supervision.engagements.services import engage, take_report
from registry.supervision.findings.queries import list_raised
from registry.supervision.findings.rules import Origin, counties_only, only_unit
from registry.supervision.findings.services import enter_finding
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("engagements", __name__)
_P = Permission


def _url(engagement_id: int) -> str:
    return url_for("engagements.show", engagement_id=engagement_id)


@blueprint.get("/engagements")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List the engagements of a unit and below, the newest first."""
    region = unit_meant(request.args.get("region"), actor())
    found = list_engagements(region, actor(), before=row_number("before"))
    rows = found[:PAGE_ROWS]
    return page(
        "engagements/index.html", rows=rows, more=len(found) > PAGE_ROWS, region=region, on=today(),
        names=names_of({one.region_code for one in rows}),
    )  # fmt: skip


@blueprint.route("/engagements/new", methods=["GET", "POST"])
@requires(Permission.SAMPLE_DRAW)
def new() -> ResponseReturnValue:
    """Enter that one's unit engages somebody."""
    region, on = actor().unit_code, today()
    form = EngagementForm(data={"signed_on": on})
    chosen = still_offered(form.units.data or (), actor(), _P.SAMPLE_DRAW)
    form.offer(look_up(form, actor(), _P.SAMPLE_DRAW), [*chosen, *offered_units(actor(), region, _P.SAMPLE_DRAW)])
    if not form.looks and form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                made = engage(form.to_facts(region), files, by=actor(), on=on)
                return finish(_url(made.id), _("委托已登记：%(number)s。", number=made.number))
    return page("engagements/new.html", form, region=region, looks=has_to_look(actor(), _P.SAMPLE_DRAW))


@blueprint.get("/engagements/<int:engagement_id>")
@requires(Permission.ASSET_READ)
def show(engagement_id: int) -> ResponseReturnValue:
    """Show an engagement, its report, and what follows from it."""
    engagement = get_engagement(engagement_id, actor())
    findings, units = list_raised(TABLE, [engagement.id], actor()), list_units(engagement.id)
    mine = may(actor(), _P.SAMPLE_DRAW, engagement.region_code)
    raises = may(actor(), _P.FINDING_ENTER, engagement.region_code)
    reported = engagement.state is EngagementStatus.REPORTED
    return page(
        "engagements/show.html", engagement=engagement, units=units, assets=list_assets(engagement.id),
        files=list_attachments(TABLE, str(engagement.id)), findings=findings, on=today(),
        names=names_of({*units, engagement.region_code, *(one.region_code for one in findings)}),
        may_report=mine and not reported, may_raise=raises and reported,
    )  # fmt: skip


@blueprint.get("/engagements/<int:engagement_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def file(engagement_id: int, attachment_id: int) -> Response:
    """Give out the contract or the report."""
    engagement = get_engagement(engagement_id, actor())
    return given_out(get_attachment(attachment_id, TABLE, str(engagement.id)))


@blueprint.route("/engagements/<int:engagement_id>/report", methods=["GET", "POST"])
@requires(Permission.SAMPLE_DRAW)
def report(engagement_id: int) -> ResponseReturnValue:
    """Take in the report."""
    region = get_engagement(engagement_id, actor(), _P.SAMPLE_DRAW).region_code
    form, on = AgencyReportForm(data={"reported_on": today()}), today()
    if form.validate_on_submit():
        with form.guard():
            files = needed_in(form.file)
            with transaction(region):
                engagement = get_engagement(engagement_id, actor(), _P.SAMPLE_DRAW)
                take_report(engagement, form.to_report(), files, by=actor(), on=on)
                return finish(_url(engagement_id), _("报告已登记。报告提出的问题，请逐条登记、交办整改。"))
    return page("engagements/report.html", form, engagement=get_engagement(engagement_id, actor(), _P.SAMPLE_DRAW))


@blueprint.route("/engagements/<int:engagement_id>/findings", methods=["GET", "POST"])
@requires(Permission.FINDING_ENTER)
def raise_finding(engagement_id: int) -> ResponseReturnValue:
    """Enter a problem that the report names."""
    engagement, form = _reported(engagement_id), RaisedForm()
    here = request.values.get("region_code") or request.args.get("region") or _scope(engagement)
    units = offered_below(actor(), here, _P.FINDING_ENTER)
    if not form.is_submitted():
        _begin(form, engagement, only_unit(here, units))
    form.offer(units)
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(form.region_code.data):
                facts = form.to_facts(Origin(TABLE, _reported(engagement_id).id))
                made = enter_finding(facts, files, by=actor(), on=today())
                return finish(_url(engagement_id), _("问题已登记，已转整改责任单位：%(number)s。", number=made.number))
    return page(
        "engagements/raise.html", form, engagement=_reported(engagement_id), counties=counties_only(units),
    )  # fmt: skip


def _scope(engagement: Engagement) -> str:
    """Return the one unit that an engagement is about, or that which engages if there are several, or assets only."""
    units = list_units(engagement.id)
    return units[0] if len(units) == 1 else engagement.region_code


def _reported(engagement_id: int) -> Engagement:
    engagement = get_engagement(engagement_id, actor(), _P.FINDING_ENTER)
    if engagement.state is not EngagementStatus.REPORTED:
        raise NotReportedYet
    return engagement


def _begin(form: RaisedForm, engagement: Engagement, region_code: str) -> None:
    on = today()
    form.found_on.data, form.region_code.data = engagement.reported_on, region_code
    form.basis.data = f"{engagement.agency} {engagement.report_no}".strip()
    days = policy_for(engagement.region_code, on).number(Parameter.FINDING_DAYS)
    form.due_on.data = on + timedelta(days=days)
