"""JSON resources of faults: found on patrol, repaired, accepted by another person."""

from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.queries import FaultFilter, get_fault, list_faults
from registry.assets.custody.faults.rules import FaultStatus, Repair, Severity, Stop
from registry.assets.custody.faults.schemas import (
    AcceptanceEntry,
    FaultArguments,
    FaultPage,
    FaultRow,
    RepairEntry,
    StartEntry,
    StopEntry,
)
from registry.assets.custody.faults.services import (
    accept_repair,
    reopen_fault,
    report_repair,
    start_repair,
    stop_repair,
)
from registry.assets.register.cards.models import Asset
from registry.audit.services import thing_of
from registry.clock import today
from registry.database import db
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.rules import EvidenceKind
from registry.evidence.schemas import AttachmentArguments, AttachmentFile, AttachmentPage, AttachmentRow
from registry.evidence.services import Caption, attach, take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("faults", __name__, "报修和验收")
_P, _S = Permission, Scope
_COMPUTED = frozenset({"asset_no", "overdue_days"})
_PLAIN = tuple(field.attribute or name for name, field in FaultRow().fields.items() if name not in _COMPUTED)


def _row(fault: Fault, asset: Asset | None = None) -> Body:
    plain = {name: getattr(fault, name) for name in _PLAIN}
    asset_no = (asset or db.session.get_one(Asset, fault.asset_id)).asset_no
    row: Body = FaultRow().dump({**plain, "asset_no": asset_no, "overdue_days": fault.overdue_days(today())})
    return row


def _got(fault_id: int, permission: Permission) -> Fault:
    """Return a fault as the caller has seen it, if they say which version that was."""
    fault = get_fault(fault_id, actor(), permission)
    check_match(_row(fault), needed=False)
    return fault


def _region(fault_id: int, permission: Permission) -> str:
    return get_fault(fault_id, actor(), permission).region_code


@resources.get("/faults", "列报修，默认列没有办结的")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.arguments(FaultArguments, location="query")
@resources.response(200, FaultPage)
def index(args: dict[str, Any]) -> Response:
    """List the faults of a unit and below in order of entry."""
    status = FaultStatus(args["status"]) if "status" in args else None
    severity = Severity(args["severity"]) if "severity" in args else None
    wanted = FaultFilter(args.get("region") or actor().unit_code, status, severity, args["overdue"])
    found = list_faults(wanted, actor(), today(), after=number_after(args), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda pair: pair[0].id)
    return listed([_row(fault, asset) for fault, asset in rows], after)


@resources.get("/faults/<int:fault_id>", "读一件报修")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.response(200, FaultRow)
def one(fault_id: int) -> Response:
    """Show a fault."""
    return shown(_row(get_fault(fault_id, actor(), _P.ASSET_READ)))


@resources.post("/faults/<int:fault_id>/start", "开始维修")
@api_requires(_P.PATROL_RECORD, scope=_S.CUSTODY_WRITE)
@resources.arguments(StartEntry)
@resources.response(200, FaultRow)
def start(body: dict[str, Any], fault_id: int) -> Response:
    """Note that repair has begun."""
    with deed(_region(fault_id, _P.PATROL_RECORD)):
        fault = _got(fault_id, _P.PATROL_RECORD)
        start_repair(fault, body["repairer"], by=actor())
        return done(_row(fault))


@resources.post("/faults/<int:fault_id>/repair", "报修好，等另一个人验收")
@api_requires(_P.PATROL_RECORD, scope=_S.CUSTODY_WRITE)
@resources.arguments(RepairEntry)
@resources.response(200, FaultRow)
def repair(told: Repair, fault_id: int) -> Response:
    """Report a fault as repaired; photos and receipts are attached to it."""
    with deed(_region(fault_id, _P.PATROL_RECORD)):
        fault = _got(fault_id, _P.PATROL_RECORD)
        report_repair(fault, told, [], by=actor(), on=today())
        return done(_row(fault))


@resources.post("/faults/<int:fault_id>/stop", "停止维修，问题照旧等维修")
@api_requires(_P.PATROL_RECORD, scope=_S.CUSTODY_WRITE)
@resources.arguments(StopEntry)
@resources.response(200, FaultRow)
def stop(told: Stop, fault_id: int) -> Response:
    """Give up a repair that nobody is owed for."""
    with deed(_region(fault_id, _P.PATROL_RECORD)):
        fault = _got(fault_id, _P.PATROL_RECORD)
        stop_repair(fault, told, [], by=actor(), on=today())
        return done(_row(fault))


@resources.post("/faults/<int:fault_id>/accept", "验收通过（另一个人）")
@api_requires(_P.PATROL_CHECK, scope=_S.CUSTODY_WRITE)
@resources.arguments(AcceptanceEntry)
@resources.response(200, FaultRow)
def accept(body: dict[str, Any], fault_id: int) -> Response:
    """Accept a repair as another person."""
    with deed(_region(fault_id, _P.PATROL_CHECK)):
        fault = _got(fault_id, _P.PATROL_CHECK)
        accept_repair(fault, body["opinion"], by=actor())
        return done(_row(fault))


@resources.post("/faults/<int:fault_id>/reopen", "验收不通过，退回重修")
@api_requires(_P.PATROL_CHECK, scope=_S.CUSTODY_WRITE)
@resources.arguments(AcceptanceEntry)
@resources.response(200, FaultRow)
def reopen(body: dict[str, Any], fault_id: int) -> Response:
    """Send a repair back; the days run anew."""
    region = _region(fault_id, _P.PATROL_CHECK)
    with deed(region):
        fault, policy = _got(fault_id, _P.PATROL_CHECK), policy_for(region, today())
        reopen_fault(fault, body["opinion"], by=actor(), on=today(), policy=policy)
        return done(_row(fault))


@resources.get("/faults/<int:fault_id>/attachments", "列报修的照片和票据")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.response(200, AttachmentPage)
def attachments(fault_id: int) -> Response:
    """List the photos and receipts of a fault."""
    fault = get_fault(fault_id, actor(), _P.ASSET_READ)
    return listed(AttachmentRow(many=True).dump(list_attachments("fault", str(fault.id))))


@resources.post("/faults/<int:fault_id>/attachments", "上传报修的照片、票据")
@api_requires(_P.PATROL_RECORD, scope=_S.CUSTODY_WRITE)
@resources.arguments(AttachmentArguments, location="query")
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, AttachmentPage)
def attach_file(args: dict[str, Any], files: dict[str, FileStorage], fault_id: int) -> Response:
    """Attach a photo or a receipt to a fault."""
    region = _region(fault_id, _P.PATROL_RECORD)
    kept = take_in(files["file"].stream.read(), files["file"].filename or "")
    caption = Caption(EvidenceKind(args["kind"]), args["caption"], args["taken_on"])
    with deed(region):
        thing = thing_of(get_fault(fault_id, actor(), _P.PATROL_RECORD))
        attach([kept], caption, to=thing, by=actor())
        rows = AttachmentRow(many=True).dump(list_attachments("fault", thing.id)[-1:])
        return done({"items": rows}, 201)


@resources.get("/faults/<int:fault_id>/attachments/<int:attachment_id>", "下载报修的照片、票据")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def attachment(fault_id: int, attachment_id: int) -> Response:
    """Give out a photo or a receipt."""
    fault = get_fault(fault_id, actor(), _P.ASSET_READ)
    return given_out(get_attachment(attachment_id, "fault", str(fault.id)))
