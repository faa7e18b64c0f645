"""What was seen of the assets of the demo county, and how the faults that were found were repaired."""

from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select

from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.rules import FaultStatus, Finding, Payer, Repair, Severity
from registry.assets.custody.faults.services import accept_repair, reopen_fault, report_repair, start_repair
from registry.assets.custody.patrols.models import Patrol
from registry.assets.custody.patrols.rules import Observation, PatrolKind, PatrolResult
from registry.assets.custody.patrols.services import record_patrol, record_round
from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.demo.places import CLERKS, UnitRow, units, units_by_code
from registry.demo.tables import labelled
from registry.demo.telling import Telling
from registry.money import parse_fen


class PatrolRow(NamedTuple):
    """What was seen alike of some assets; rows of one short name are one round."""

    key: str
    day: str
    username: str
    unit_name: str
    names: str
    kind: str
    result: str
    severity: str
    note: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]

    @property
    def seen(self) -> Observation:
        finding = Finding(labelled(Severity, self.severity), self.note) if self.severity else None
        return Observation(labelled(PatrolKind, self.kind), labelled(PatrolResult, self.result), self.note, finding)


class RepairRow(NamedTuple):
    """How a fault was repaired, and what was said of the repair."""

    patrol: str
    name: str
    repairer: str
    repaired_on: str
    work: str
    cost: str
    payer: str
    username: str
    opinion: str
    status: str


def rounds(rows: tuple[PatrolRow, ...]) -> list[list[PatrolRow]]:
    """Return the rows of each patrol or round together."""
    return [list(group) for _key, group in groupby(rows, key=lambda row: row.key)]


def tell_patrol(rows: list[PatrolRow], told: Telling) -> None:
    """Note one look at one asset, or a whole round."""
    first, on = rows[0], told.day(rows[0].day)
    by, policy = told.staff.named(first.username), told.policy(first.unit.code, on)
    seen = [(asset, row.seen) for row in rows for asset in told.assets_of(row.unit, row.names)]
    if len(seen) == 1:
        asset, one = seen[0]
        photos = [told.pictures["问题"]] if one.finding else []
        record_patrol(asset, one, photos, by=by, on=on, policy=policy)
    else:
        record_round(seen, by=by, on=on, policies={first.unit.code: policy})
    _remember_faults(first.key, [asset for asset, one in seen if one.finding], told)


def _remember_faults(key: str, assets: list[Asset], told: Telling) -> None:
    for asset in assets:
        newest = select(Patrol.fault_id).where(Patrol.asset_id == asset.id, Patrol.fault_id.is_not(None))
        fault_id = db.session.scalar(newest.order_by(Patrol.id.desc()).limit(1))
        told.faults[key, asset.name] = db.session.get_one(Fault, fault_id)


def tell_repair(row: RepairRow, told: Telling) -> None:
    """Begin a repair and carry it as far as the table says."""
    fault, wanted = told.faults[row.patrol, row.name], labelled(FaultStatus, row.status)
    unit = units_by_code()[fault.region_code]
    clerk = told.staff.holding(CLERKS[unit.level], unit)
    start_repair(fault, row.repairer, by=clerk)
    if wanted is FaultStatus.REPAIRING:
        return
    on = told.day(row.repaired_on)
    repair = Repair(row.work, on, row.repairer, parse_fen(row.cost), labelled(Payer, row.payer))
    report_repair(fault, repair, [told.pictures["修好"]], by=clerk, on=on)
    if wanted is FaultStatus.ACCEPTED:
        accept_repair(fault, row.opinion, by=told.staff.named(row.username))
    elif wanted is FaultStatus.REOPENED:
        policy = told.policy(fault.region_code, on)
        reopen_fault(fault, row.opinion, by=told.staff.named(row.username), on=on, policy=policy)
