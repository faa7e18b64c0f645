"""Households for tests: 谭正国's of four, monitored; and others like it with numbers of their own."""

from dataclasses import replace
from datetime import date

from registry.codes import _RESIDENT_CHECKS, _RESIDENT_WEIGHTS
from registry.database import db, transaction
from registry.ledger.distribution.rolls.enrolling import Enrolment
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.ledger.distribution.rolls.services import enrol_household
from registry.parties.households.models import Household
from registry.parties.households.rules import HouseholdFacts, Labour, PersonFacts, Relation
from registry.parties.households.services import confirm_household
from registry.policy.queries import policy_for
from tests.factories import TODAY, VILLAGE, person

RECOGNISED = date(2024, 3, 5)


def number(serial: int, born: str = "19660415") -> str:
    """Return an identity number with its check character, one for each serial."""
    body = f"500240{born}{serial:03d}"
    total = sum(int(c) * w for c, w in zip(body, _RESIDENT_WEIGHTS, strict=True))
    return body + _RESIDENT_CHECKS[total % 11]


def household(serial: int = 1, **changes: object) -> HouseholdFacts:
    """A household of four: head and wife are members with shares, a son who works away, a mother who cannot work."""
    facts = HouseholdFacts(
        region_code=VILLAGE,
        group_name="3组",
        persons=(
            PersonFacts("谭正国", Relation.HEAD, number(serial), Labour.FULL, True, 100),
            PersonFacts("向素珍", Relation.SPOUSE, number(serial + 300), Labour.WEAK, True, 100),
            PersonFacts("谭小军", Relation.CHILD, number(serial + 600, "19940809"), Labour.SKILLED),
            PersonFacts("马国芝", Relation.PARENT, "", Labour.NONE),
        ),
        bank_name="重庆农村商业银行中益支行",
        bank_account=f"62170037{serial:011d}",
        phone="13996057184",
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def enrolment(serial: int = 1, **changes: object) -> Enrolment:
    """The household as monitored since March 2024."""
    about = {key: changes.pop(key) for key in [*changes] if key in HouseholdFacts.__dataclass_fields__}
    facts = Enrolment(household(serial, **about), RECOGNISED, "石农领办〔2024〕8号", standing=BeneficiaryClass.UNSTABLE)
    return replace(facts, **changes)  # type: ignore[arg-type]


def enrolled(serial: int = 1, *, by: str = "village_clerk", **changes: object) -> int:
    """A household that waits for its second person."""
    facts = enrolment(serial, **changes)
    region = facts.household.region_code
    with transaction(region):
        return enrol_household(facts, by=person(by), on=TODAY, policy=policy_for(region, TODAY)).id


def on_roll(serial: int = 1, **changes: object) -> int:
    """A household that a second person has confirmed."""
    household_id = enrolled(serial, **changes)
    with transaction(VILLAGE):
        confirm_household(db.session.get_one(Household, household_id), by=person("township_clerk"))
    return household_id
