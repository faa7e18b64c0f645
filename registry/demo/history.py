"""What happened after confirmation: changes of value, corrections, facts from before go-live, remarks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from registry.assets.register.amendments.history import PastFact, add_comment, add_legacy, confirm_legacy
from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.rules import CorrectionStatus, LegacyKind
from registry.assets.register.amendments.services import (
    ValueFacts,
    ask_correction,
    ask_value_change,
    confirm_correction,
    refuse_correction,
    void_correction,
)
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.registration import Registration, Stage, ValueKind
from registry.demo.people import Staff
from registry.demo.places import ABOVE, CLERKS, SECONDS, UnitRow, units
from registry.demo.tables import labelled, money, quantity_milli
from registry.money import Unit, parse_fen


class ChangeRow(NamedTuple):
    """A change of value that was asked for, and the answer."""

    unit_name: str
    name: str
    kind: str
    effective_on: str
    recorded_on: str
    money: str
    document_no: str
    reason: str
    status: str
    opinion: str


class CorrectionRow(NamedTuple):
    """A correction of one field, and the answer."""

    unit_name: str
    name: str
    field: str
    value: str
    recorded_on: str
    document_no: str
    reason: str
    status: str
    opinion: str


class LegacyRow(NamedTuple):
    """A fact from before go-live."""

    unit_name: str
    name: str
    kind: str
    fact_on: str
    document_no: str
    amount: str
    note: str
    stage: str


class CommentRow(NamedTuple):
    """A remark."""

    username: str
    unit_name: str
    name: str
    body: str


def tell_change(row: ChangeRow, asset: Asset, staff: Staff) -> None:
    """Ask for a change of value and let the level above answer."""
    unit = units()[row.unit_name]
    facts = ValueFacts(
        labelled(ValueKind, row.kind),
        date.fromisoformat(row.effective_on),
        money(row.money),
        row.reason,
        row.document_no,
    )
    asked = ask_value_change(
        asset, facts, by=staff.holding(CLERKS[unit.level], unit), on=date.fromisoformat(row.recorded_on)
    )
    _answer(asked, asset, row, unit, staff)


def tell_correction(row: CorrectionRow, asset: Asset, staff: Staff) -> None:
    """Correct one field of a card; a weighty one gets the answer of the level above."""
    unit = units()[row.unit_name]
    facts = _CHANGED[row.field](registration_of(asset), row.value)
    clerk = staff.holding(CLERKS[unit.level], unit)
    asked = ask_correction(
        asset, facts, reason=row.reason, document_no=row.document_no, by=clerk, on=date.fromisoformat(row.recorded_on)
    )
    _answer(asked, asset, row, unit, staff)


def tell_legacy(row: LegacyRow, asset: Asset, staff: Staff) -> None:
    """Enter a fact of the past and, unless it still waits, confirm it as another person."""
    unit = units()[row.unit_name]
    amount_fen = parse_fen(row.amount, Unit.WAN) if row.amount else None
    past = PastFact(
        labelled(LegacyKind, row.kind), date.fromisoformat(row.fact_on), row.document_no, row.note, amount_fen
    )
    fact = add_legacy(asset, past, by=staff.holding(CLERKS[unit.level], unit))
    if labelled(Stage, row.stage) is Stage.CONFIRMED:
        confirm_legacy(fact, asset, by=staff.holding(SECONDS[unit.level][0], unit))


def tell_comment(row: CommentRow, asset: Asset, staff: Staff) -> None:
    """Remark on an asset."""
    add_comment(asset, row.body, by=staff.named(row.username))


def _answer(asked: Correction, asset: Asset, row: ChangeRow | CorrectionRow, unit: UnitRow, staff: Staff) -> None:
    wanted = labelled(CorrectionStatus, row.status)
    if asked.status == wanted:
        return
    decider = staff.holding(ABOVE[unit.level], unit)
    if wanted is CorrectionStatus.APPLIED:
        confirm_correction(asked, asset, row.opinion, by=decider, on=date.fromisoformat(row.recorded_on))
    elif wanted is CorrectionStatus.REFUSED:
        refuse_correction(asked, asset, row.opinion, by=decider)
    else:
        void_correction(asked, asset, by=staff.holding(CLERKS[unit.level], unit))


def _with_funding(facts: Registration, value: str) -> Registration:
    lines = money(value)
    return replace(facts, funding=lines, original_value_fen=sum(line.amount_fen for line in lines))


#: The fields the table corrects, and how each is brought into the registration.
_CHANGED: dict[str, Callable[[Registration, str], Registration]] = {
    "funding": _with_funding,
    "quantity": lambda facts, value: replace(facts, quantity_milli=quantity_milli(value)[0]),
    "operator": lambda facts, value: replace(facts, operator=value),
    "custodian": lambda facts, value: replace(facts, custodian=value),
    "location_detail": lambda facts, value: replace(facts, location_detail=value),
}
