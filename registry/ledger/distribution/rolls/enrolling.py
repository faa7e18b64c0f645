"""What is said when a household is put on the roll for the first time. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.errors import Invalid
from registry.ledger.distribution.rolls.refusals import BasisMissing, OneStanding, RecognisedAhead
from registry.ledger.distribution.rolls.rules import RELIEF, STANDING, BeneficiaryClass
from registry.parties.households.rules import HouseholdFacts
from registry.text import N_

MOST_BASIS = 200


@dataclass(frozen=True)
class Enrolment:
    """A household with the classes it was recognised in, since when, and the paper that says so.

    ``standing`` is the one class in which it stands; ``relief`` what civil affairs grants the whole household.
    Membership of the collective is said of each person.
    """

    household: HouseholdFacts
    recognised_on: date
    basis: str
    standing: BeneficiaryClass = BeneficiaryClass.ORDINARY
    relief: frozenset[BeneficiaryClass] = frozenset()


def check_enrolment(enrolment: Enrolment, on: date) -> None:
    """Raise unless classes, day and paper of a first registration are in order."""
    if enrolment.standing not in STANDING:
        raise OneStanding(field="standing")
    if not enrolment.relief <= RELIEF:
        raise Invalid(N_("低保、特困之外的类别不能兼有。"), field="relief")
    if enrolment.recognised_on > on:
        raise RecognisedAhead(field="recognised_on")
    if not 0 < len(enrolment.basis.strip()) <= MOST_BASIS:
        raise BasisMissing(field="basis")
