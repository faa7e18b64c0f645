"""Putting households on the roll, and taking note of the yearly review."""

from collections.abc import Sequence
from datetime import date

from registry.approvals.requests.services import signature
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.ledger.distribution.rolls.changes import ReasonCode, ReviewVerdict
from registry.ledger.distribution.rolls.enrolling import Enrolment, check_enrolment
from registry.ledger.distribution.rolls.models import BeneficiaryStatus, RollReview
from registry.ledger.distribution.rolls.queries import find_review
from registry.ledger.distribution.rolls.refusals import NobodyPicked, ReviewedAlready
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, effective_from
from registry.parties.households.models import Household
from registry.parties.households.queries import get_household
from registry.parties.households.rules import HouseholdStatus
from registry.parties.households.services import add_household, confirm_household
from registry.permissions import Actor, Permission
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy


def enrol_household(enrolment: Enrolment, *, by: Actor, on: date, policy: Policy) -> Household:
    """Register a household with its classes; it stands on the roll once a second person has confirmed it."""
    household = enter_household(enrolment, by=by, on=on, policy=policy)
    record(Action.HOUSEHOLD_ENTERED, household, by=by, reason=enrolment.basis.strip())
    return household


def enter_household(enrolment: Enrolment, *, by: Actor, on: date, policy: Policy) -> Household:
    """Add a household with its classes; the caller's record() carries it, one deed for many."""
    check_enrolment(enrolment, on)
    day = enrolment.recognised_on
    household, people = add_household(enrolment.household, enrolment.basis, on=day, by=by)
    starts = effective_from(day, policy.number(Parameter.BENEFICIARY_DELAY_MONTHS))
    for one in (enrolment.standing, *sorted(enrolment.relief)):
        begin_class(household, one, day, starts, ReasonCode.ENROLLED)
    for facts, person in zip(enrolment.household.persons, people, strict=True):
        if facts.is_member:
            begin_class(household, BeneficiaryClass.MEMBER, day, starts, ReasonCode.ENROLLED, person_id=person.id)
    return household


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
        BeneficiaryStatus(
            household_id=household.id, region_code=household.region_code, person_id=person_id,
            beneficiary_class=beneficiary_class.value, event_on=event_on, valid_from=starts, reason=reason.value,
            change_id=change_id,
        )
    )  # fmt: skip
    db.session.flush()


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
