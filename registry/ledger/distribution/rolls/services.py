"""Putting households on the roll, and taking note of the yearly review."""

from datetime import date

from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db
from registry.ledger.distribution.rolls.changes import ReasonCode
from registry.ledger.distribution.rolls.enrolling import Enrolment, check_enrolment
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, effective_from
from registry.parties.households.models import Household
from registry.parties.households.services import add_household
from registry.permissions import Actor
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
