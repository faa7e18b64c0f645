"""Putting households on the roll, and taking note of the yearly review."""

from collections.abc import Iterator, Sequence
from datetime import date

from registry.approvals.requests.services import signature
from registry.audit.actions import Action
from registry.audit.services import record
from registry.bulk import add_many
from registry.clock import now
from registry.database import db
from registry.ledger.distribution.rolls.changes import ReasonCode, ReviewVerdict
from registry.ledger.distribution.rolls.enrolling import Enrolment, check_enrolment
from registry.ledger.distribution.rolls.models import BeneficiaryStatus, RollReview
from registry.ledger.distribution.rolls.queries import find_review
from registry.ledger.distribution.rolls.refusals import NobodyPicked, ReviewedAlready
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, effective_from
from registry.parties.households.founding import Founding, add_households
from registry.parties.households.models import Household, Person
from registry.parties.households.queries import get_household
from registry.parties.households.rules import HouseholdStatus
from registry.parties.households.services import confirm_household
from registry.permissions import Actor, Permission
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy


def enrol_household(enrolment: Enrolment, *, by: Actor, on: date, policy: Policy) -> Household:
    """Register a household with its classes; it stands on the roll once a second person has confirmed it."""
    [household] = enter_households([enrolment], by=by, on=on, policy=policy)
    record(Action.HOUSEHOLD_ENTERED, household, by=by, reason=enrolment.basis.strip())
    return household


def enter_households(enrolments: Sequence[Enrolment], *, by: Actor, on: date, policy: Policy) -> list[Household]:
    """Add households with their classes; the caller's record() carries them, one deed for many."""
    for enrolment in enrolments:
        check_enrolment(enrolment, on)
    added = add_households([Founding(one.household, one.recognised_on, one.basis) for one in enrolments], by=by)
    delay = policy.number(Parameter.BENEFICIARY_DELAY_MONTHS)
    add_many(
        [
            row
            for enrolment, (household, people) in zip(enrolments, added, strict=True)
            for row in _first_classes(enrolment, household, people, effective_from(enrolment.recognised_on, delay))
        ]
    )
    return [household for household, _ in added]


def _first_classes(
    enrolment: Enrolment, household: Household, people: Sequence[Person], starts: date
) -> Iterator[BeneficiaryStatus]:
    day, why = enrolment.recognised_on, ReasonCode.ENROLLED
    for one in (enrolment.standing, *sorted(enrolment.relief)):
        yield _status(household, one, day, starts, why)
    for facts, person in zip(enrolment.household.persons, people, strict=True):
        if facts.is_member:
            yield _status(household, BeneficiaryClass.MEMBER, day, starts, why, person_id=person.id)


def begin_class(
    household: Household,
    beneficiary_class: BeneficiaryClass,
    event_on: date,
    starts: date,
    reason: ReasonCode,
    *,
    person_id: int | None = None,
    change_id: int | None = None,
) -> None:
    """Let a household, or a person of it, hold a class from a day on."""
    db.session.add(
        _status(household, beneficiary_class, event_on, starts, reason, person_id=person_id, change_id=change_id)
    )
    db.session.flush()


def _status(
    household: Household,
    beneficiary_class: BeneficiaryClass,
    event_on: date,
    starts: date,
    reason: ReasonCode,
    *,
    person_id: int | None = None,
    change_id: int | None = None,
) -> BeneficiaryStatus:
    return BeneficiaryStatus(
        household_id=household.id, region_code=household.region_code, person_id=person_id,
        beneficiary_class=beneficiary_class.value, event_on=event_on, valid_from=starts, reason=reason.value,
        change_id=change_id,
    )  # fmt: skip


def confirm_households(household_ids: Sequence[int], *, by: Actor) -> int:
    """Confirm, as the second person, households that were looked over on one list; returns how many."""
    if not household_ids:
        raise NobodyPicked(field="households")
    for household_id in household_ids:
        confirm_household(get_household(household_id, by, Permission.ASSET_CONFIRM), by=by)
    return len(household_ids)


def review_households(household_ids: Sequence[int], note: str, year: int, *, by: Actor) -> int:
    """Note that households were looked at in a year and stay as they are; returns how many. Raises ReviewedAlready."""
    if not household_ids:
        raise NobodyPicked(field="households")
    for household_id in household_ids:
        household = get_household(household_id, by, Permission.BENEFICIARY_ENTER)
        if household.state is not HouseholdStatus.CONFIRMED or find_review(household_id, year) is not None:
            raise ReviewedAlready(head=household.party.name)
        note_review(household, year, ReviewVerdict.KEPT, note.strip(), by=by)
        record(Action.ROLL_REVIEWED, household, by=by, reason=note.strip())
    return len(household_ids)


def note_review(
    household: Household, year: int, verdict: ReviewVerdict, note: str, *, by: Actor, change_id: int | None = None
) -> None:
    """Note what the look at a household found; the caller's record() carries the row."""
    db.session.add(
        RollReview(
            household_id=household.id, region_code=household.region_code, year=year, verdict=verdict.value,
            change_id=change_id, note=note[:200], by_id=by.id, by_text=signature(by), at=now(),
        )
    )  # fmt: skip
    db.session.flush()
