"""Carrying out what was agreed to: classes from the month after, people and shares where they go."""

from dataclasses import dataclass
from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.services import mark_executed
from registry.approvals.requests.states import RequestStatus
from registry.audit.actions import Action
from registry.audit.canonical import decode
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.ledger.distribution.rolls.change_queries import change_of_request, present_of
from registry.ledger.distribution.rolls.changes import (
    ChangeStatus,
    LineFacts,
    Present,
    ReasonCode,
    carried,
    is_over,
    moves_of,
    standing_of,
)
from registry.ledger.distribution.rolls.models import BeneficiaryStatus, RollChange, RollChangeLine
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.ledger.distribution.rolls.services import begin_class
from registry.parties.households.founding import Founding, found_households
from registry.parties.households.models import Household, Person
from registry.parties.households.queries import number_of
from registry.parties.households.rules import (
    HouseholdFacts,
    HouseholdStatus,
    Labour,
    Parting,
    PersonFacts,
    Relation,
    ShareKind,
)
from registry.parties.households.services import (
    add_person,
    end_household,
    hold_shares,
    move_in,
    move_shares,
    new_person,
    part,
    pass_on_shares,
)
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.sealing import unseal

_R = ReasonCode


@dataclass(frozen=True)
class Deed:
    """One line on its way: its rows, what it says, the household as it was found, and who carries it out."""

    change: RollChange
    line: RollChangeLine
    facts: LineFacts
    found: Present
    by: Actor

    @property
    def household(self) -> Household:
        return self.line.household

    @property
    def basis(self) -> str:
        return self.change.title


def follow_change_request(request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Carry changes out once everybody agreed; close them if they were refused or taken back."""
    change = change_of_request(request)
    if change.state is not ChangeStatus.ASKED:
        return
    if request.state is RequestStatus.APPROVED:
        carry_out(change, by=by)
        mark_executed(request, by=by, on=on, policy=policy)
    elif request.state in {RequestStatus.REJECTED, RequestStatus.WITHDRAWN}:
        change.status, change.decided_at = ChangeStatus.REFUSED.value, now()
        change.end_reason = request.end_reason
        record(Action.ROLL_CHANGE_REFUSED, change, by=by, reason=request.end_reason)


def carry_out(change: RollChange, *, by: Actor) -> None:
    """Carry out every line; each is felt from the first of its month."""
    for line in change.lines:
        facts = facts_of(line)
        _carry(Deed(change, line, facts, present_of(line.household, line.event_on), by))
    change.status, change.decided_at = ChangeStatus.DONE.value, now()
    record(Action.ROLL_CHANGED, change, by=by)


def facts_of(line: RollChangeLine) -> LineFacts:
    """Read back what a line carries out."""
    said = decode(line.content)
    if not isinstance(said, dict):
        raise TypeError("a line is an object")
    people, new_class = said["people"], said["new_class"]
    return LineFacts(
        household_id=line.household_id,
        reason=line.why,
        event_on=line.event_on,
        person_id=line.person_id,
        new_class=BeneficiaryClass(str(new_class)) if new_class else None,
        heir_id=_number(said["heir"]),
        target_id=_number(said["target"]),
        people=tuple(int(str(one)) for one in people) if isinstance(people, list) else (),
        newcomer=_newcomer(line, said["newcomer"]),
        share_hundredths=_number(said["shares"]) or 0,
        note=line.note,
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _newcomer(line: RollChangeLine, said: object) -> PersonFacts | None:
    if not isinstance(said, dict):
        return None
    stored = line.resident_id
    number = unseal(stored, table="roll_change_line", row=line.uid, column="resident_id") if stored else ""
    return PersonFacts(
        said["name"], Relation(said["relation"]), number, Labour(said["labour"]), said["member"], said["shares"]
    )


def _carry(deed: Deed) -> None:
    _move_classes(deed)
    {
        _R.DIED: _die,
        _R.MOVED_OUT: _move_out,
        _R.PERSON_ADDED: _join,
        _R.SPLIT: _split,
        _R.MERGED: _merge,
        _R.SHARES_MOVED: _move_shares,
        _R.MEMBER_JOINED: _become_member,
        _R.MEMBER_LEFT: _cease_as_member,
        _R.CADRE_REVIEW: _mark_cadre,
    }.get(deed.facts.reason, _nothing_more)(deed)
    db.session.flush()


def _move_classes(deed: Deed) -> None:
    moves = moves_of(deed.facts, deed.found)
    for row in moves.ends:
        end_class(db.session.get_one(BeneficiaryStatus, row), deed)
    for one, person_id in moves.starts:
        _begin(deed, deed.household, one, person_id)


def end_class(status: BeneficiaryStatus, deed: Deed) -> None:
    """Let a class end on the day a change is felt; one that would have begun later is empty."""
    status.valid_to = max(deed.line.effective_on, status.valid_from)
    status.end_reason, status.end_change_id = deed.facts.reason.value, deed.change.id


def _begin(deed: Deed, household: Household, one: BeneficiaryClass, person_id: int | None) -> None:
    begin_class(
        household, one, deed.facts.event_on, deed.line.effective_on, deed.facts.reason, person_id=person_id,
        change_id=deed.change.id,
    )  # fmt: skip


def _nothing_more(_deed: Deed) -> None:
    """A change of class alone moves nobody."""


def _die(deed: Deed) -> None:
    """Inheritance opens with the death; while no heir is named the shares stay in the name of the deceased."""
    person = part(deed.household, _person_id(deed), Parting.DIED, deed.facts.event_on)
    heir = _heir(deed)
    if heir is not None:
        person.heir_id = heir.id
        pass_on_shares(person, heir, deed.facts.event_on, deed.basis)
    if is_over(deed.facts, deed.found):
        end_household(deed.household, Parting.DIED, deed.facts.event_on)


def _heir(deed: Deed) -> Person | None:
    """Return who inherits: a person of the village, or somebody from outside who is entered for it."""
    if deed.facts.heir_id is not None:
        return db.session.get_one(Person, deed.facts.heir_id)
    if deed.facts.newcomer is not None:
        return new_person(deed.facts.newcomer, deed.household.region_code)
    return None


def _person_id(deed: Deed) -> int:
    return deed.facts.person_id or 0


def _move_out(deed: Deed) -> None:
    """Who moves away keeps the shares; a household that moves is paid what it had earned."""
    whole = deed.facts.person_id is None
    for person_id in sorted(deed.found.people) if whole else [_person_id(deed)]:
        part(deed.household, person_id, Parting.MOVED, deed.facts.event_on, follow=not whole)
    if is_over(deed.facts, deed.found):
        end_household(deed.household, Parting.MOVED, deed.facts.event_on)


def _join(deed: Deed) -> None:
    newcomer = deed.facts.newcomer
    if newcomer is None:
        return
    person = add_person(deed.household, newcomer, deed.facts.event_on, deed.line.effective_on)
    if newcomer.is_member:
        _begin(deed, deed.household, BeneficiaryClass.MEMBER, person.id)


def _split(deed: Deed) -> None:
    """Some people found a household of their own; it stands in the same class until it is looked at."""
    old, event_on = deed.household, deed.facts.event_on
    head = db.session.get_one(Person, deed.facts.people[0])
    facts = HouseholdFacts(
        old.region_code, old.group_name, (PersonFacts(head.name, Relation.HEAD, number_of(head), head.ability),),
        is_cadre=old.is_cadre,
    )  # fmt: skip
    new = _agreed(found_households([Founding(facts, event_on, deed.basis)], by=deed.by)[0], deed)
    for person_id in deed.facts.people:
        person = part(old, person_id, Parting.SPLIT, event_on)
        move_in(new, person, Relation.HEAD if person is head else Relation.OTHER, event_on)
    _begin(deed, new, standing_of(deed.found.held), None)
    _carry_along(deed, new, deed.facts.people)


def _agreed(household: Household, deed: Deed) -> Household:
    """A household that a request founded needs no second person more: it was agreed to by several."""
    household.status = HouseholdStatus.CONFIRMED.value
    household.entered_by_id, household.entered_by_text = deed.change.asked_by_id, deed.change.asked_by_text
    household.confirmed_at, household.confirmed_by_text = now(), deed.by.name
    return household


def _carry_along(deed: Deed, to: Household, people: tuple[int, ...]) -> None:
    for _row, one in carried(deed.found.held, people):
        _begin(deed, to, one.beneficiary_class, one.person_id)


def _merge(deed: Deed) -> None:
    """Everybody moves into the other household, which keeps its own class."""
    old, event_on = deed.household, deed.facts.event_on
    target = db.session.get_one(Household, deed.facts.target_id)
    people = tuple(sorted(deed.found.people))
    for person_id in people:
        move_in(target, part(old, person_id, Parting.MERGED, event_on, follow=False), Relation.OTHER, event_on)
    target.unnamed += old.unnamed
    _carry_along(deed, target, people)
    end_household(old, Parting.MERGED, event_on, target.id)


def _move_shares(deed: Deed) -> None:
    giver, taker = db.session.get_one(Person, _person_id(deed)), db.session.get_one(Person, deed.facts.heir_id)
    move_shares(giver, taker, deed.facts.share_hundredths, deed.line.effective_on, deed.basis)


def _become_member(deed: Deed) -> None:
    if deed.facts.share_hundredths:
        person = db.session.get_one(Person, _person_id(deed))
        hold_shares(person, ShareKind.MEMBER, deed.facts.share_hundredths, deed.line.effective_on, deed.basis)


def _cease_as_member(deed: Deed) -> None:
    """Member shares go to whoever is named, else back to the collective."""
    person = db.session.get_one(Person, _person_id(deed))
    pass_on_shares(person, _heir(deed), deed.line.effective_on, deed.basis, ShareKind.MEMBER)


def _mark_cadre(deed: Deed) -> None:
    deed.household.is_cadre = True
