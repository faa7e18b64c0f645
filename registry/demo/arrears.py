"""What is overdue in the demo county: demands sent for it, what is asked to be given up; and how contracts end."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from registry.approvals.requests.queries import find_request
from registry.demo.tables import labelled
from registry.demo.telling import Telling
from registry.ledger.operation.arrears.models import WriteOff
from registry.ledger.operation.arrears.rules import Demand, DemandWay, GivingUp
from registry.ledger.operation.arrears.services import note_demand, propose_write_off
from registry.ledger.operation.contracts.ending import EndFacts, end_contract
from registry.ledger.operation.contracts.kinds import UseAfter
from registry.ledger.operation.contracts.services import void_contract
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.queries import list_dues_of
from registry.ledger.operation.kinds import OUTSTANDING
from registry.money import parse_fen
from registry.permissions import Actor


class ArrearsRow(NamedTuple):
    """A deed on the oldest open due of a contract, or on the contract itself."""

    key: str
    contract: str
    day: str
    deed: str
    username: str
    way: str
    until: str
    amount: str
    text: str


def tell_arrears(row: ArrearsRow, told: Telling) -> None:
    """Do what a row of the table says."""
    _DEEDS[row.deed](row, told, told.staff.named(row.username), told.day(row.day))


def _oldest(row: ArrearsRow, told: Telling) -> Due:
    dues = list_dues_of(contract_id=told.contracts[row.contract].id)
    return min((due for due in dues if due.state in OUTSTANDING), key=lambda due: (due.due_on, due.id))


def _demand(row: ArrearsRow, told: Telling, by: Actor, on: date) -> None:
    demand = Demand(labelled(DemandWay, row.way), on, told.day(row.until), row.text)
    note_demand(_oldest(row, told), demand, [told.pictures["催缴"]], by=by, on=on)


def _give_up(row: ArrearsRow, told: Telling, by: Actor, on: date) -> None:
    due, facts = _oldest(row, told), GivingUp(parse_fen(row.amount), row.text)
    policy = told.policy(due.region_code, on)
    case = propose_write_off(due, facts, [told.pictures["核销"]], by=by, on=on, policy=policy)
    request = find_request(WriteOff.__tablename__, str(case.id))
    if request is not None:
        told.requests[row.key] = request


def _end(row: ArrearsRow, told: Telling, by: Actor, on: date) -> None:
    returned = parse_fen(row.amount) if row.amount else 0
    facts = EndFacts(told.day(row.until), row.text, returned, labelled(UseAfter, row.way))
    end_contract(told.contracts[row.contract], facts, [told.pictures["合同"]], by=by, on=on)


def _void(row: ArrearsRow, told: Telling, by: Actor, _on: date) -> None:
    void_contract(told.contracts[row.contract], row.text, by=by)


_DEEDS: dict[str, Callable[[ArrearsRow, Telling, Actor, date], None]] = {
    "催缴": _demand,
    "核销": _give_up,
    "了结": _end,
    "作废": _void,
}
