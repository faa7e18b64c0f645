"""From a finding to the accepted repair, or to the end of the asset itself."""

from collections.abc import Sequence
from datetime import date

from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.queries import list_unsettled
from registry.assets.custody.faults.rules import (
    REPAIR_DAYS,
    FaultStatus,
    Finding,
    OpinionMissing,
    Repair,
    Stop,
    check_acceptance,
    check_finding,
    check_repair,
    check_start,
    check_stop,
)
from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.care import current_custodian
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.permissions import Actor
from registry.policy.rules import Policy


def add_fault(asset: Asset, finding: Finding, *, by: Actor, on: date, policy: Policy) -> Fault:
    """Add the row of a fault with its last day of repair; the caller records, so that a round is one event."""
    check_finding(finding)
    fault = Fault(
        region_code=asset.region_code, asset_id=asset.id, sector=asset.sector,
        severity=finding.severity.value, description=finding.description.strip(), status=FaultStatus.OPEN.value,
        found_on=on, found_by_id=by.id,
        found_by_text=signature(by), due_on=policy.due_on(on, REPAIR_DAYS[finding.severity]),
    )  # fmt: skip
    db.session.add(fault)
    db.session.flush()
    return fault


def start_repair(fault: Fault, repairer: str, *, by: Actor) -> None:
    """Note that repair has begun and by whom. Raises AlreadyRepairing."""
    check_start(fault.state)
    fault.status, fault.repairer = FaultStatus.REPAIRING.value, repairer.strip()
    record(Action.FAULT_REPAIRING, fault, by=by)


def report_repair(fault: Fault, repair: Repair, files: list[KeptFile], *, by: Actor, on: date) -> None:
    """Report a fault as repaired, with cost and payer; somebody else accepts it. Raises what check_repair raises."""
    check_repair(fault.state, repair, found_on=fault.found_on, on=on)
    fault.status, fault.work, fault.repaired_on = FaultStatus.REPAIRED.value, repair.work.strip(), repair.repaired_on
    fault.repairer = repair.repairer.strip() or fault.repairer
    fault.cost_fen, fault.payer = repair.cost_fen, repair.payer.value if repair.payer else ""
    fault.repaired_by_id, fault.repaired_by_text, fault.reported_at = by.id, signature(by), now()
    record(Action.FAULT_REPAIRED, fault, by=by, reason=fault.work)
    if files:
        attach(files, Caption(EvidenceKind.REPAIR, fault.work[:200], repair.repaired_on), to=thing_of(fault), by=by)


def stop_repair(fault: Fault, told: Stop, files: list[KeptFile], *, by: Actor, on: date) -> None:
    """Give up a repair that nobody is owed for: what is wrong waits as before. Raises what check_stop raises."""
    check_stop(fault.state, told, known_fen=fault.cost_fen)
    fault.status, fault.stopped_on, fault.stop_reason = FaultStatus.OPEN.value, on, told.reason.strip()
    fault.cost_fen, fault.payer = told.cost_fen, told.payer.value if told.payer else ""
    # What was said to be mended, and was not, must not count as a day of repair.
    fault.repaired_on = None
    record(Action.FAULT_STOPPED, fault, by=by, reason=fault.stop_reason)
    if files:
        attach(files, Caption(EvidenceKind.REPAIR, fault.stop_reason, on), to=thing_of(fault), by=by)


def accept_repair(fault: Fault, opinion: str, *, by: Actor) -> None:
    """Accept a repair as another person. Raises NotRepaired, OwnRepair."""
    _checked(fault, FaultStatus.ACCEPTED, opinion, by)
    record(Action.FAULT_ACCEPTED, fault, by=by, reason=fault.opinion)


def reopen_fault(fault: Fault, opinion: str, *, by: Actor, on: date, policy: Policy) -> None:
    """Send a repair back: it is still not right, and the days run anew. Raises OpinionMissing, OwnRepair."""
    if not opinion.strip():
        raise OpinionMissing(field="opinion")
    _checked(fault, FaultStatus.REOPENED, opinion, by)
    fault.due_on = policy.due_on(on, REPAIR_DAYS[fault.grade])
    record(Action.FAULT_REOPENED, fault, by=by, reason=fault.opinion)


def _checked(fault: Fault, status: FaultStatus, opinion: str, by: Actor) -> None:
    held = current_custodian(fault.asset_id)
    check_acceptance(fault.state, by, repaired_by_id=fault.repaired_by_id, custodian_id=held.user_id if held else None)
    fault.status, fault.opinion = status.value, opinion.strip()
    fault.checked_by_id, fault.checked_by_text, fault.checked_at = by.id, signature(by), now()


def end_faults(asset_ids: Sequence[int], reason: str, *, by: Actor, on: date) -> None:
    """Let what is wrong with assets that are gone be over: nobody has to repair it, nor to accept a repair."""
    for fault in list_unsettled(asset_ids):
        fault.status, fault.end_reason = FaultStatus.ENDED.value, reason
        fault.ended_on = max(on, fault.found_on)
        record(Action.FAULT_ENDED, fault, by=by, reason=reason)


def carry_faults(asset: Asset, heir: Asset, reason: str, *, by: Actor) -> None:
    """Let what is wrong with an asset that is divided be wrong with what stays of it, until it is repaired there."""
    for fault in list_unsettled([asset.id]):
        fault.asset_id = heir.id
        record(Action.FAULT_CARRIED, fault, by=by, reason=reason)
