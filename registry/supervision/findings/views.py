"""Pages of findings: the register, entering, one with its life, the report of whoever mends, the check above."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.cards.queries import get_asset
from registry.clock import today
from registry.database import transaction
from registry.errors import Overtaken
from registry.evidence.queries import get_attachment
from registry.evidence.services import KeptFile
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.kinds import Sector
from registry.permissions import Permission, may
from registry.places.queries import names_of, offered_below, unit_meant
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.supervision.findings.forms import CheckForm, FindingForm, ReportForm
from registry.supervision.findings.models import Finding
from registry.supervision.findings.origins import DIFFERENCE, OBJECTION, begun_from
from registry.supervision.findings.queries import (
    PAGE_ROWS,
    STEP_TABLE,
    FindingFilter,
    count_findings,
    get_finding,
    get_step,
    list_findings,
    tally,
)
from registry.supervision.findings.rules import FindingStatus, Source, counties_only, usual_source
from registry.supervision.findings.services import check_off, enter_finding, report_mending, send_back
from registry.supervision.findings.showing import shown_finding
from registry.text import N_
from registry.web import actor, finish, page, requires, row_number, whole_number

blueprint = Blueprint("findings", __name__)
_P = Permission
_TERMS = ("region", "state", "source", "sector", "year", "overdue", "q", "asset_no")
_LAST_YEAR = 2199
_YEARS = range(1950, _LAST_YEAR + 1)
#: Table a finding came of → what to call its page, the page, its argument, who may open it.
_ORIGINS: dict[str, tuple[str, str, str, Permission]] = {
    OBJECTION: (N_("看群众异议"), "objections.answer", "objection_id", _P.OBJECTION_ANSWER),
    DIFFERENCE: (N_("看清查差异"), "stock_differences.show", "difference_id", _P.ASSET_READ),
    "evaluation_line": (N_("看绩效评价"), "evaluation_lines.show", "line_id", _P.ASSET_READ),
}


def _url(finding_id: int) -> str:
    return url_for("findings.show", finding_id=finding_id)


@blueprint.get("/findings")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List the findings of a unit and below, the newest first."""
    args, region, on = request.args, unit_meant(request.args.get("region"), actor()), today()
    number = args.get("asset_no", "")
    asset = get_asset(number, actor(), _P.ASSET_READ) if number else None
    state, source, overdue = args.get("state", ""), args.get("source", ""), args.get("overdue") == "1"
    sector, year = args.get("sector", ""), whole_number("year", 0, _LAST_YEAR)
    wanted = FindingFilter(
        "" if asset else region, Source(source) if source in set(Source) else None,
        FindingStatus(state) if state in set(FindingStatus) else None, on if overdue else None,
        asset.id if asset else None, args.get("q", "").strip(),
        Sector(sector) if sector in set(Sector) else None, year if year in _YEARS else None,
    )  # fmt: skip
    found = list_findings(wanted, actor(), before=row_number("before"))
    rows = found[:PAGE_ROWS]
    return page(
        "findings/index.html", rows=rows, more=len(found) > PAGE_ROWS, wanted=wanted, region=region, asset=asset,
        sum=tally(region, actor(), on), total=count_findings(wanted, actor()), sectors=Sector,
        terms={key: args[key] for key in _TERMS if args.get(key)},
        names=names_of({code for one in rows for code in (one.region_code, one.mender_code)}), states=FindingStatus,
        sources=Source, on=on, overdue=overdue,
    )  # fmt: skip


@blueprint.route("/findings/new", methods=["GET", "POST"])
@requires(Permission.FINDING_ENTER)
def new() -> ResponseReturnValue:
    """Enter a finding, maybe one that has come back, or one that an objection or a count led to."""
    form, here = FindingForm(), request.values.get("region_code") or request.args.get("region") or actor().unit_code
    if not form.is_submitted():
        here = _begin(form, here)
    units = offered_below(actor(), here, _P.FINDING_ENTER)
    form.offer(units, here, actor())
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(form.region_code.data):
                finding = _entered(form, files)
                return finish(_url(finding.id), _("问题已登记，已转整改责任单位：%(number)s。", number=finding.number))
    return page("findings/new.html", form, recurs=_earlier(form), counties=counties_only(units))


def _entered(form: FindingForm, files: list[KeptFile]) -> Finding:
    if form.origin:
        begun_from(form.origin.table, form.origin.id, actor())
    return enter_finding(form.to_facts(), files, by=actor(), on=today(), recurs=_earlier(form))


def _earlier(form: FindingForm) -> Finding | None:
    return get_finding(form.recurs_id, actor(), _P.FINDING_ENTER) if form.recurs_id else None


def _begin(form: FindingForm, here: str) -> str:
    """Fill in what is known beforehand; returns the unit in or around which the problem is."""
    on = today()
    form.source.data, form.found_on.data = usual_source(actor()).value, on
    form.sector.data = next((grant.sector.value for grant in actor().grants if grant.sector), "")
    form.due_on.data = on + timedelta(days=policy_for(here, on).number(Parameter.FINDING_DAYS)) if is_code(here) else on
    for name, table in (("objection", OBJECTION), ("difference", DIFFERENCE)):
        if name in request.args:
            _take_over(form, table, row_number(name))
    if "asset_no" in request.args:
        asset = get_asset(request.args["asset_no"], actor(), _P.ASSET_READ)
        form.assets.data, form.region_code.data, form.sector.data = asset.asset_no, asset.region_code, asset.sector
    if "recurs" in request.args:
        _take_again(form, get_finding(row_number("recurs"), actor(), _P.FINDING_ENTER))
    return form.region_code.data or here


def _take_over(form: FindingForm, table: str, key: int) -> None:
    begun = begun_from(table, key, actor())
    form.origin_table.data, form.origin_id.data = begun.origin.table, str(begun.origin.id)
    form.source.data, form.region_code.data, form.problem.data = begun.source.value, begun.region_code, begun.problem
    form.assets.data = "\n".join(begun.assets)


def _take_again(form: FindingForm, earlier: Finding) -> None:
    form.recurs.data, form.region_code.data, form.sector.data = str(earlier.id), earlier.region_code, earlier.sector
    form.problem.data, form.basis.data, form.demand.data = earlier.problem, earlier.basis, earlier.demand
    form.person.data = earlier.person
    form.assets.data = "\n".join(asset.asset_no for asset in shown_finding(earlier, actor()).assets)


@blueprint.get("/findings/<int:finding_id>")
@requires(Permission.ASSET_READ)
def show(finding_id: int) -> ResponseReturnValue:
    """Show a finding with its whole life."""
    finding = get_finding(finding_id, actor())
    return page(
        "findings/show.html", finding=finding, shown=shown_finding(finding, actor()), on=today(),
        origin=_origin(finding),
        names=names_of({finding.region_code, finding.mender_code}),
    )  # fmt: skip


def _origin(finding: Finding) -> tuple[str, str] | None:
    """Return what to call, and where to look at, the row a finding came of; None for what this reader cannot open."""
    label, endpoint, key, permission = _ORIGINS.get(finding.origin_table, ("", "", "", _P.ASSET_READ))
    if not endpoint or not may(actor(), permission, finding.region_code):
        return None
    values: dict[str, Any] = {key: finding.origin_id}
    return _(label), url_for(endpoint, **values)


@blueprint.get("/findings/<int:finding_id>/steps/<int:step_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def file(finding_id: int, step_id: int, attachment_id: int) -> Response:
    """Give out a file that proves a step."""
    step = get_step(step_id, get_finding(finding_id, actor()))
    return given_out(get_attachment(attachment_id, STEP_TABLE, str(step.id)))


@blueprint.route("/findings/<int:finding_id>/report", methods=["GET", "POST"])
@requires(Permission.FINDING_MEND)
def report(finding_id: int) -> ResponseReturnValue:
    """Report what was done."""
    finding, form = get_finding(finding_id, actor(), _P.FINDING_MEND), ReportForm()
    region = finding.region_code
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                finding = get_finding(finding_id, actor(), _P.FINDING_MEND)
                report_mending(finding, form.words.data, files, by=actor(), on=today())
                return finish(_url(finding_id), _("整改情况已上报，等上一级核查销号。"))
    finding = get_finding(finding_id, actor(), _P.FINDING_MEND)
    return page("findings/report.html", form, finding=finding, shown=shown_finding(finding, actor()))


@blueprint.route("/findings/<int:finding_id>/check", methods=["GET", "POST"])
@requires(Permission.FINDING_CHECK)
def check(finding_id: int) -> ResponseReturnValue:
    """Check a finding off, or send it back."""
    finding, form = get_finding(finding_id, actor(), _P.FINDING_CHECK), CheckForm()
    region = finding.region_code
    if form.validate_on_submit():
        with form.guard(Overtaken):
            files, agrees = taken_in(form.file), form.answer.data == "agree"
            with transaction(region):
                finding = get_finding(finding_id, actor(), _P.FINDING_CHECK)
                form.check_seen(finding.version_id)
                (check_off if agrees else send_back)(finding, form.words.data, files, by=actor(), on=today())
                return finish(_url(finding_id), _("已销号。") if agrees else _("已退回，由责任单位继续整改。"))
    finding = get_finding(finding_id, actor(), _P.FINDING_CHECK)
    form.show(finding.version_id)
    return page("findings/check.html", form, finding=finding, shown=shown_finding(finding, actor()))
