"""Pages of work records: the list, entering one, one record and its verification."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.cards.models import Asset
from registry.clock import today
from registry.database import db, transaction
from registry.errors import Missing
from registry.ledger.distribution.rolls.queries import list_roll
from registry.ledger.distribution.work.forms import VerifyForm, WorkForm, write_days
from registry.ledger.distribution.work.queries import PAGE_ROWS, WorkFilter, get_work, list_work
from registry.ledger.distribution.work.rules import WorkStatus
from registry.ledger.distribution.work.services import check_record, enter_work
from registry.permissions import Permission, may
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("work_records", __name__)
_P = Permission


@blueprint.get("/distributions/work")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List the work of a unit and below."""
    args, region = request.args, request.args.get("region") or actor().unit_code
    if not may(actor(), _P.LEDGER_READ, region):
        raise Missing
    status = WorkStatus(args["status"]) if args.get("status", "") in set(WorkStatus) else None
    rows = list_work(WorkFilter(region, status), actor(), after=row_number("after"))
    return page(
        "work/index.html", rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS, region=region,
        chosen=args.get("status", ""), statuses=WorkStatus, days=write_days,
    )  # fmt: skip


@blueprint.route("/distributions/work/new", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def new() -> ResponseReturnValue:
    """Enter somebody's work."""
    region = request.args.get("region") or actor().unit_code
    if not may(actor(), _P.DISTRIBUTION_ENTER, region):
        raise Missing
    form, roll = WorkForm(), list_roll(region, today(), by=actor(), permission=_P.DISTRIBUTION_ENTER)
    form.offer([(one.household_id, f"{one.head_name} {one.group_name}".strip()) for one in roll])
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            row = enter_work(form.to_facts(region), by=actor(), on=today())
            return finish(url_for("work_records.show", work_id=row.id), _("已登记，等另一个人核实。"))
    return page("work/new.html", form, region=region)


@blueprint.route("/distributions/work/<int:work_id>", methods=["GET", "POST"])
@requires(Permission.LEDGER_READ)
def show(work_id: int) -> ResponseReturnValue:
    """Show one record; another person says whether it is true."""
    work, form = get_work(work_id, actor()), VerifyForm()
    region = work.region_code
    may_check = work.state is WorkStatus.ENTERED and may(actor(), _P.PAYOUT_RELEASE, region)
    may_check = may_check and actor().id != work.entered_by_id
    if form.is_submitted() and not may(actor(), _P.PAYOUT_RELEASE, region):
        raise Missing
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            row = get_work(work_id, actor(), _P.PAYOUT_RELEASE)
            check_record(row, form.reason.data or "", agrees=form.answer.data == "agree", by=actor())
            return finish(url_for("work_records.show", work_id=work_id), _("已记下核实意见。"))
    work = get_work(work_id, actor())
    asset = db.session.get(Asset, work.asset_id) if work.asset_id else None
    return page("work/work.html", form, work=work, asset=asset, may_check=may_check, days=write_days(work.half_days))
