"""A registration that its checker sent back, entered again: what was typed stands there, the wrong is mended."""

from datetime import date

from sqlalchemy import select

from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db
from registry.ledger.distribution.rolls.enrolling import Earlier, Enrolment
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.distribution.rolls.refusals import EnteredAgain
from registry.ledger.distribution.rolls.rules import RELIEF, STANDING, BeneficiaryClass
from registry.ledger.distribution.rolls.services import enter_households
from registry.parties.households.models import Household, Stay
from registry.parties.households.queries import get_household, number_of, shares_of, unsealed
from registry.parties.households.rules import HouseholdFacts, HouseholdStatus, PersonFacts, ShareKind
from registry.permissions import Actor, Permission
from registry.policy.rules import Policy


def get_sent_back(household_id: int, by: Actor) -> Household:
    """Return a registration that was sent back and not entered again. Raises Missing, EnteredAgain."""
    household = get_household(household_id, by, Permission.BENEFICIARY_ENTER)
    if household.state is not HouseholdStatus.SENT_BACK or household.successor_id is not None:
        raise EnteredAgain
    return household


def earlier_of(household: Household) -> Earlier:
    """Return what a registration said, to be put before whoever mends it; what is sealed is shown masked."""
    data, stays = unsealed(household), household.stays
    held = select(BeneficiaryStatus).where(BeneficiaryStatus.household_id == household.id)
    statuses = list(db.session.scalars(held.order_by(BeneficiaryStatus.id)))
    members = {one.person_id for one in statuses if one.held.beneficiary_class is BeneficiaryClass.MEMBER}
    classes = [one.held.beneficiary_class for one in statuses if one.person_id is None]
    shares = shares_of([one.person_id for one in stays], household.formed_on)
    facts = HouseholdFacts(
        region_code=household.region_code, group_name=household.group_name,
        persons=tuple(_person(one, shares, is_member=one.person_id in members) for one in stays),
        bank_name=household.bank_name, bank_account=data.bank_account, phone=data.phone,
        is_cadre=household.is_cadre, unnamed=household.unnamed,
    )  # fmt: skip
    standing = next((one for one in classes if one in STANDING), BeneficiaryClass.ORDINARY)
    relief = frozenset(one for one in classes if one in RELIEF)
    enrolment = Enrolment(facts, household.formed_on, household.basis, standing, relief)
    return Earlier(enrolment, tuple(one.person_id for one in stays))


def _person(stay: Stay, shares: dict[tuple[int, ShareKind], int], *, is_member: bool) -> PersonFacts:
    person = stay.person
    return PersonFacts(
        person.name, stay.kinship, number_of(person), person.ability, is_member,
        shares.get((person.id, ShareKind.MEMBER), 0), shares.get((person.id, ShareKind.ASSISTANCE), 0),
    )  # fmt: skip


def enrol_again(household_id: int, enrolment: Enrolment, *, by: Actor, on: date, policy: Policy) -> Household:
    """Enter a household again whose registration was sent back; the earlier one points to it.

    Raises EnteredAgain, and what enter_households raises.
    """
    earlier = get_sent_back(household_id, by)
    [household] = enter_households([enrolment], by=by, on=on, policy=policy)
    earlier.successor_id = household.id
    record(Action.HOUSEHOLD_ENTERED, household, by=by, reason=enrolment.basis.strip())
    return household
