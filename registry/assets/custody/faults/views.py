"""Pages of faults: the list, one fault with its repair and acceptance."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.custody.faults.forms import AcceptanceForm, RepairForm, StartForm, StopForm
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.queries import PAGE_ROWS, FaultFilter, get_fault, list_faults
from registry.assets.custody.faults.rules import STOPPABLE, UNREPAIRED, FaultStatus, Severity
from registry.assets.custody.faults.services import (
    accept_repair,
    reopen_fault,
    report_repair,
    start_repair,
    stop_repair,
)
from registry.assets.register.cards.models import Asset
from registry.clock import today
from registry.database import db, transaction
from registry.errors import Missing
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.web import BaseForm, actor, finish, page, requires, row_number

blueprint = Blueprint("faults", __name__)
_P = Permission


def _url(fault_id: int) -> str:
    return url_for("faults.show", fault_id=fault_id)


@blueprint.get("/custody/faults")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List the faults of a unit that are not over, or those of one status."""
    args, region = request.args, request.args.get("region") or actor().unit_code
    if not may(actor(), _P.ASSET_READ, region):
        raise Missing
    wanted = FaultFilter(
        region,
        FaultStatus(args["status"]) if args.get("status", "") in set(FaultStatus) else None,
        Severity(args["severity"]) if args.get("severity", "") in set(Severity) else None,
        overdue=args.get("overdue") == "1",
    )
    rows = list_faults(wanted, actor(), today(), after=row_number("after"))
    return page(
        "faults/index.html",
        rows=rows[:PAGE_ROWS],
        more=len(rows) > PAGE_ROWS,
        wanted=wanted,
        statuses=FaultStatus,
        severities=Severity,
        on=today(),
    )


@blueprint.get("/custody/faults/<int:fault_id>")
@requires(Permission.ASSET_READ)
def show(fault_id: int) -> ResponseReturnValue:
    """Show one fault with what may be done about it."""
    return _shown(get_fault(fault_id, actor(), _P.ASSET_READ))


def _shown(fault: Fault, form: BaseForm | None = None) -> ResponseReturnValue:
    """Draw the page; the form that was refused stands in for its blank one."""
    me, region = actor(), fault.region_code
    repair = form if isinstance(form, RepairForm) else RepairForm(formdata=None, repaired_on=today())
    check = form if isinstance(form, AcceptanceForm) else AcceptanceForm(formdata=None)
    return page(
        "faults/fault.html",
        form,
        fault=fault,
        asset=db.session.get_one(Asset, fault.asset_id),
        files=list_attachments("fault", str(fault.id)),
        start=StartForm(formdata=None),
        repair=repair,
        stop=form
        if isinstance(form, StopForm)
        else StopForm(formdata=None, cost=fault.cost_fen or None, payer=fault.payer),
        check=check,
        may_repair=may(me, _P.PATROL_RECORD, region) and fault.state in UNREPAIRED,
        may_stop=may(me, _P.PATROL_RECORD, region) and fault.state in STOPPABLE,
        may_check=may(me, _P.PATROL_CHECK, region)
        and fault.state is FaultStatus.REPAIRED
        and me.id != fault.repaired_by_id,
        statuses=FaultStatus,
        on=today(),
    )


@blueprint.post("/custody/faults/<int:fault_id>/start")
@requires(Permission.PATROL_RECORD)
def start(fault_id: int) -> ResponseReturnValue:
    """Note that repair has begun."""
    region, form = get_fault(fault_id, actor(), _P.PATROL_RECORD).region_code, StartForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            fault = get_fault(fault_id, actor(), _P.PATROL_RECORD)
            start_repair(fault, form.repairer.data or "", by=actor())
            return finish(_url(fault_id), _("已记下：开始维修。"))
    return _shown(get_fault(fault_id, actor(), _P.PATROL_RECORD), form)


@blueprint.post("/custody/faults/<int:fault_id>/repair")
@requires(Permission.PATROL_RECORD)
def repair(fault_id: int) -> ResponseReturnValue:
    """Report a fault as repaired."""
    region, form = get_fault(fault_id, actor(), _P.PATROL_RECORD).region_code, RepairForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                fault = get_fault(fault_id, actor(), _P.PATROL_RECORD)
                report_repair(fault, form.to_repair(), files, by=actor(), on=today())
                return finish(_url(fault_id), _("已报修好，等另一个人验收。"))
    return _shown(get_fault(fault_id, actor(), _P.PATROL_RECORD), form)


@blueprint.post("/custody/faults/<int:fault_id>/stop")
@requires(Permission.PATROL_RECORD)
def stop(fault_id: int) -> ResponseReturnValue:
    """Give up a repair."""
    region, form = get_fault(fault_id, actor(), _P.PATROL_RECORD).region_code, StopForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                fault = get_fault(fault_id, actor(), _P.PATROL_RECORD)
                stop_repair(fault, form.to_stop(), files, by=actor(), on=today())
                return finish(_url(fault_id), _("已停止维修，问题照旧等维修。"))
    return _shown(get_fault(fault_id, actor(), _P.PATROL_RECORD), form)


@blueprint.post("/custody/faults/<int:fault_id>/check")
@requires(Permission.PATROL_CHECK)
def check(fault_id: int) -> ResponseReturnValue:
    """Accept a repair, or send it back."""
    region, form = get_fault(fault_id, actor(), _P.PATROL_CHECK).region_code, AcceptanceForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            fault, opinion = get_fault(fault_id, actor(), _P.PATROL_CHECK), form.opinion.data or ""
            if form.answer.data == "accept":
                accept_repair(fault, opinion, by=actor())
                return finish(_url(fault_id), _("已验收通过。"))
            reopen_fault(fault, opinion, by=actor(), on=today(), policy=policy_for(region, today()))
            return finish(_url(fault_id), _("已退回重修。"))
    return _shown(get_fault(fault_id, actor(), _P.PATROL_CHECK), form)


@blueprint.get("/custody/faults/<int:fault_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def file(fault_id: int, attachment_id: int) -> Response:
    """Give out a photo or receipt of a repair."""
    fault = get_fault(fault_id, actor(), _P.ASSET_READ)
    return given_out(get_attachment(attachment_id, "fault", str(fault.id)))
