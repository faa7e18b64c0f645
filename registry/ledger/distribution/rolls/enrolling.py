"""What is said when a household is put on the roll for the first time. Pure."""

from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Kept:
    """What is sealed of an earlier registration: what is left empty when it is entered again stays as it was."""

    numbers: dict[str, str] = field(default_factory=dict)
    bank_account: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Earlier:
    """What an earlier registration said: whole, with the keys of its people in their order."""

    enrolment: Enrolment
    person_ids: tuple[int, ...]

    @property
    def kept(self) -> Kept:
        facts = self.enrolment.household
        numbers = {str(key): one.resident_id for key, one in zip(self.person_ids, facts.persons, strict=True)}
        return Kept(numbers, facts.bank_account, facts.phone)


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
