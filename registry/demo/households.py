"""The households of the demo county: who stands on the roll, in which class, and what changes of it were asked for."""

from typing import NamedTuple

from registry.approvals.requests.queries import find_request
from registry.demo.places import CLERKS, UnitRow, resident_id, units
from registry.demo.tables import COLON, labelled, split
from registry.demo.telling import Telling
from registry.ledger.distribution.rolls.asking import ChangeFacts, ask_change
from registry.ledger.distribution.rolls.changes import LineFacts, ReasonCode
from registry.ledger.distribution.rolls.enrolling import Enrolment
from registry.ledger.distribution.rolls.models import RollChange
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.ledger.distribution.rolls.services import enrol_household
from registry.parties.households.models import Household
from registry.parties.households.rules import HouseholdFacts, Labour, PersonFacts, Relation, parse_shares
from registry.parties.households.services import confirm_household

#: From which number the identity numbers of the roll are made up, and how many a household may have.
_FIRST_NUMBER, _MOST = 300, 8


class HouseholdRow(NamedTuple):
    """A household on the roll: its people with relation, labour and shares; who entered and who confirmed it."""

    key: str
    unit_name: str
    group: str
    standing: str
    relief: str
    recognised_on: str
    basis: str
    bank: str
    account: str
    phone: str
    cadre: str
    people: str
    entered_by: str
    confirmed_by: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


class AdjustmentRow(NamedTuple):
    """A change of the roll that is asked for; what becomes of it is told move by move."""

    key: str
    unit_name: str
    household: str
    reason: str
    event_on: str
    person: str
    new_class: str
    heir: str
    basis: str
    asked_on: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


def tell_household(row: HouseholdRow, told: Telling) -> None:
    """Put a household on the roll, and let a second person confirm it where the table names one."""
    on = told.day(row.recognised_on)
    enrolment = Enrolment(
        _facts(row, len(told.households)), on, row.basis, labelled(BeneficiaryClass, row.standing),
        frozenset(labelled(BeneficiaryClass, label) for label in split(row.relief)),
    )  # fmt: skip
    by, policy = told.staff.named(row.entered_by), told.policy(row.unit.code, on)
    household = enrol_household(enrolment, by=by, on=on, policy=policy)
    told.households[row.key] = household
    if row.confirmed_by:
        confirm_household(household, by=told.staff.named(row.confirmed_by))


def _facts(row: HouseholdRow, index: int) -> HouseholdFacts:
    first = _FIRST_NUMBER + index * _MOST
    people = tuple(_person(entry, first + place) for place, entry in enumerate(split(row.people)))
    return HouseholdFacts(row.unit.code, row.group, people, row.bank, row.account, row.phone, bool(row.cadre))


def _person(entry: str, number: int) -> PersonFacts:
    """Read 谭登富 户主 普通劳动力 1: name, relation, labour and shares of a member."""
    name, relation, labour, shares = entry.split(" ")
    return PersonFacts(
        name, labelled(Relation, relation), resident_id(number), labelled(Labour, labour), is_member=True,
        share_hundredths=parse_shares(shares),
    )  # fmt: skip


def tell_adjustment(row: AdjustmentRow, told: Telling) -> None:
    """Ask for a change of the roll."""
    on, unit = told.day(row.asked_on), row.unit
    by, policy = told.staff.holding(CLERKS[unit.level], unit), told.policy(unit.code, on)
    facts = ChangeFacts(unit.code, row.basis, (_line(row, told),))
    change = ask_change(facts, by=by, on=on, policy=policy)
    request = find_request(RollChange.__tablename__, str(change.id))
    if request is not None:
        told.requests[row.key] = request


def _line(row: AdjustmentRow, told: Telling) -> LineFacts:
    household = told.households[row.household]
    return LineFacts(
        household.id, labelled(ReasonCode, row.reason), told.day(row.event_on),
        person_id=_named(household, row.person) if row.person else None,
        new_class=labelled(BeneficiaryClass, row.new_class) if row.new_class else None,
        heir_id=_heir(row, told) if row.heir else None,
    )  # fmt: skip


def _heir(row: AdjustmentRow, told: Telling) -> int:
    """Read who inherits: somebody of the household itself, or of another that is named before the colon."""
    other, _, name = row.heir.rpartition(COLON)
    return _named(told.households[other or row.household], name)


def _named(household: Household, name: str) -> int:
    """Return the person of this name in a household. Raises StopIteration."""
    return next(stay.person_id for stay in household.stays if stay.person.name == name)
