"""Asking for changes of the roll: one line or a whole sheet, checked, described, and submitted for agreement."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from registry.approvals.requests.rules import Capacity, InterestedPerson
from registry.approvals.requests.services import Application, signature, submit_request
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue, encode
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.errors import Invalid
from registry.kinds import RollDeed, Subject
from registry.ledger.distribution.rolls.change_queries import busy_households, find_living, present_of
from registry.ledger.distribution.rolls.changes import (
    BY_VOTE,
    MOST_LINES,
    ChangeStatus,
    LineFacts,
    Present,
    ReasonCode,
    ReviewVerdict,
    check_line,
)
from registry.ledger.distribution.rolls.describing import Names, describe
from registry.ledger.distribution.rolls.models import RollChange, RollChangeLine
from registry.ledger.distribution.rolls.queries import find_review
from registry.ledger.distribution.rolls.refusals import (
    BasisMissing,
    HouseholdBusy,
    HouseholdTwice,
    NoLines,
    NotInRegister,
    TargetMissing,
)
from registry.ledger.distribution.rolls.rules import effective_from
from registry.ledger.distribution.rolls.services import note_review
from registry.parties.households.models import Household, Person
from registry.parties.households.queries import find_known, get_household, holds
from registry.parties.households.rules import HouseholdStatus, check_person, refuse_known
from registry.permissions import Actor, Permission
from registry.places.queries import names_of
from registry.policy.parameters import Parameter
from registry.policy.procedures import Circumstances
from registry.policy.rules import Policy
from registry.sealing import masked_name, seal
from registry.text import N_

_P = Permission


@dataclass(frozen=True)
class ChangeFacts:
    """What is asked for: the village, on what basis, household by household."""

    region_code: str
    basis: str
    lines: tuple[LineFacts, ...]


@dataclass(frozen=True)
class Checked:
    """A line that makes sense, with the household as it stands and how people read the change."""

    facts: LineFacts
    household: Household
    effective_on: date
    before: str
    after: str


def check_change(facts: ChangeFacts, *, by: Actor, on: date, policy: Policy) -> list[Checked]:
    """Return the lines with what is before and after; raises what the first wrong line breaks, naming its household."""
    if not 0 < len(facts.lines) <= MOST_LINES:
        raise NoLines(field="lines", most=MOST_LINES)
    if not facts.basis.strip():
        raise BasisMissing(field="basis")
    busy = busy_households([line.household_id for line in facts.lines])
    seen: set[int] = set()
    found = []
    for line in facts.lines:
        household = get_household(line.household_id, by, _P.BENEFICIARY_ENTER)
        head = household.party.name
        if household.region_code != facts.region_code or household.state is not HouseholdStatus.CONFIRMED:
            raise NotInRegister(field="lines", head=head)
        if household.id in busy:
            raise HouseholdBusy(field="lines", head=head)
        if household.id in seen:
            raise HouseholdTwice(field="lines", head=head)
        seen.add(household.id)
        found.append(_checked(line, household, by=by, on=on, policy=policy))
    return found


def _checked(line: LineFacts, household: Household, *, by: Actor, on: date, policy: Policy) -> Checked:
    present = present_of(household, on)
    check_line(line, present, on)
    _check_others(line, household, by)
    if line.newcomer is not None:
        check_person(line.newcomer)
        known = find_known([line.newcomer.resident_id], household.region_code)
        if known and line.reason is ReasonCode.PERSON_ADDED:
            raise refuse_known(line.newcomer.name, known[line.newcomer.resident_id], household.region_code)
    before, after = describe(line, present, _names(line, household, by))
    effective = effective_from(line.event_on, policy.number(Parameter.BENEFICIARY_DELAY_MONTHS))
    return Checked(line, household, effective, before, after)


def _check_others(line: LineFacts, household: Household, by: Actor) -> None:
    """The other side of a merger, an heir, a receiver of shares: of the same village, and there."""
    words = {"head": household.party.name, "reason": line.reason.label}
    if line.heir_id is not None and find_living(line.heir_id, household.region_code) is None:
        raise TargetMissing(field="heir_id", **words)
    if line.target_id is not None:
        target = get_household(line.target_id, by, _P.BENEFICIARY_ENTER)
        if target.state is not HouseholdStatus.CONFIRMED or target.region_code != household.region_code:
            raise TargetMissing(field="target_id", **words)
        if busy_households([target.id]):
            raise HouseholdBusy(field="target_id", head=target.party.name)


def _names(line: LineFacts, household: Household, by: Actor) -> Names:
    """People are named as notices name them; heads of households stand on the roll by name."""
    asked = {*line.people, *([line.person_id] if line.person_id else []), *([line.heir_id] if line.heir_id else [])}
    people = {one: masked_name(db.session.get_one(Person, one).name) for one in sorted(asked)}
    target = get_household(line.target_id, by).party.name if line.target_id else ""
    return Names(people, target)


def ask_change(facts: ChangeFacts, *, by: Actor, on: date, policy: Policy) -> RollChange:
    """Ask for changes of a village's roll and submit them for agreement. Raises what check_change raises."""
    lines = check_change(facts, by=by, on=on, policy=policy)
    change = RollChange(
        uid=uuid4().hex, region_code=facts.region_code, title=_title(facts, lines), status=ChangeStatus.ASKED.value,
        basis=facts.basis.strip(), asked_by_id=by.id, asked_by_text=signature(by), asked_at=now(),
    )  # fmt: skip
    change.lines = [_line(position, one) for position, one in enumerate(lines)]
    db.session.add(change)
    db.session.flush()
    for one in lines:
        if find_review(one.household.id, on.year) is None:
            note_review(one.household, on.year, ReviewVerdict.CHANGE_ASKED, change.title, by=by, change_id=change.id)
    record(Action.ROLL_CHANGE_ASKED, change, by=by, reason=change.basis)
    _submit(change, lines, by=by, on=on, policy=policy)
    return change


def _title(facts: ChangeFacts, lines: list[Checked]) -> str:
    unit = names_of([facts.region_code]).get(facts.region_code, "")
    if len(lines) == 1:
        words = {"unit": unit, "head": lines[0].household.party.name, "reason": lines[0].facts.reason.label}
        return N_("%(unit)s受益对象调整：%(head)s户%(reason)s") % words
    return N_("%(unit)s受益对象动态调整（%(n)s 户）") % {"unit": unit, "n": len(lines)}


def _line(position: int, one: Checked) -> RollChangeLine:
    uid, newcomer = uuid4().hex, one.facts.newcomer
    number = newcomer.resident_id if newcomer else ""
    return RollChangeLine(
        uid=uid, region_code=one.household.region_code, position=position, household_id=one.household.id,
        person_id=one.facts.person_id, reason=one.facts.reason.value, event_on=one.facts.event_on,
        effective_on=one.effective_on, content=encode(line_json(one.facts)),
        resident_id=seal(number, table="roll_change_line", row=uid, column="resident_id") if number else "",
        before=one.before[:500], after=one.after[:500], note=one.facts.note.strip(),
    )  # fmt: skip


def line_json(line: LineFacts) -> JsonValue:
    """Return what a line carries out, without the identity number of somebody new."""
    newcomer = line.newcomer
    return {
        "new_class": line.new_class.value if line.new_class else None,
        "heir": line.heir_id,
        "target": line.target_id,
        "people": [*line.people],
        "shares": line.share_hundredths,
        "newcomer": {
            "name": newcomer.name.strip(),
            "relation": newcomer.relation.value,
            "labour": newcomer.labour.value,
            "member": newcomer.is_member,
            "shares": newcomer.share_hundredths,
        }
        if newcomer
        else None,
    }


def content_of(change: RollChange) -> JsonValue:
    """Return exactly what a request decides on; people are named as notices name them."""
    return {
        "change": change.uid,
        "basis": change.basis,
        "lines": [
            {
                "household": one.household_id,
                "head": masked_name(one.household.party.name),
                "reason": one.reason,
                "event_on": one.event_on.isoformat(),
                "effective_on": one.effective_on.isoformat(),
                "before": one.before,
                "after": one.after,
                "note": one.note,
            }
            for one in change.lines
        ],
    }


def _submit(change: RollChange, lines: list[Checked], *, by: Actor, on: date, policy: Policy) -> None:
    deed = RollDeed.CLASSES if any(one.facts.reason in BY_VOTE for one in lines) else RollDeed.EVENTS
    circumstances = Circumstances(Subject.BENEFICIARY, deed.value)
    heads = dict.fromkeys(one.household.party.name for one in lines)
    application = Application(
        circumstances, change.region_code, thing_of(change), change.title, content_of(change), (change.region_code,),
        interested=tuple(InterestedPerson(head, Capacity.RELIEF) for head in heads),
    )  # fmt: skip
    submit_request(application, by=by, on=on, policy=policy)


def present_on(household: Household, on: date) -> Present:
    """Return a household as a page shows it beside the choices of a change. Raises Invalid for an ended one."""
    if not holds(household.formed_on, household.ended_on, on):
        raise Invalid(N_("这一户已经销户。"))
    return present_of(household, on)
