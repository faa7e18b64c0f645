"""What pages show of a household beside its row: people with masked numbers and shares, what would be entered."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from registry.ledger.distribution.rolls.changes import BY_VOTE, EFFECTS, About, ReasonCode
from registry.ledger.distribution.rolls.enrolling import Earlier, Enrolment, check_enrolment
from registry.parties.households.models import Household, Stay
from registry.parties.households.queries import find_known, holds, masked_number, shares_of
from registry.parties.households.rules import PersonFacts, ShareKind, check_household, refuse_known, shares_text
from registry.sealing import masked_id, masked_phone
from registry.text import N_


@dataclass(frozen=True)
class PersonLine:
    """A person of a household as its page shows them."""

    stay: Stay
    number: str
    shares: str
    assistance: str
    is_here: bool


def people_of(household: Household, on: date) -> list[PersonLine]:
    """Return everybody who ever lived in a household, those who do first."""
    shares = shares_of({one.person_id for one in household.stays}, on)
    lines = [
        PersonLine(
            stay=one,
            number=masked_number(one.person),
            shares=_shares(shares.get((one.person_id, ShareKind.MEMBER), 0)),
            assistance=_shares(shares.get((one.person_id, ShareKind.ASSISTANCE), 0)),
            is_here=holds(one.valid_from, one.valid_to, on),
        )
        for one in household.stays
    ]
    return sorted(lines, key=lambda line: (not line.is_here, line.stay.id))


def _shares(hundredths: int) -> str:
    return shares_text(hundredths) if hundredths else ""


def names_within(household: Household) -> dict[int, str]:
    """Return the names of a household's people by person, for naming whose a class is."""
    return {one.person_id: one.person.name for one in household.stays}


def check_rows(made: Enrolment, *, on: date) -> list[tuple[str, str, bool]]:
    """Return what would be entered, numbers masked; raises what a rule refuses."""
    check_enrolment(made, on)
    facts = made.household
    check_household(facts)
    known = find_known([one.resident_id for one in facts.persons], facts.region_code)
    for person in facts.persons:
        if person.resident_id in known:
            raise refuse_known(person.name, known[person.resident_id], facts.region_code)
    classes = "、".join(_(one.label) for one in (made.standing, *sorted(made.relief)))
    return [
        (_("组"), facts.group_name, False),
        (_("类别"), classes, False),
        (_("认定日期"), made.recognised_on.isoformat(), False),
        (_("认定依据"), made.basis, False),
        (_("人口"), str(len(facts.persons) + facts.unnamed), False),
        (_("开户行"), facts.bank_name, False),
        (_("银行账号"), masked_id(facts.bank_account), False),
        (_("电话"), masked_phone(facts.phone), False),
        (_("村干部家庭"), _("是") if facts.is_cadre else _("否"), False),
    ]


def masked_people(made: Enrolment) -> list[tuple[PersonFacts, str]]:
    """Return the people who would be entered, each with the number as it will be shown."""
    return [(one, masked_id(one.resident_id)) for one in made.household.persons]


def known_of(earlier: Earlier) -> dict[str, str]:
    """Return, masked, what is sealed of an earlier registration: by person, and of the household by its name."""
    kept = earlier.kept
    numbers = {key: masked_id(number) for key, number in kept.numbers.items()}
    return {**numbers, "bank_account": masked_id(kept.bank_account), "phone": masked_phone(kept.phone)}


def groups_of_reasons() -> list[tuple[str, list[ReasonCode]]]:
    """Return the reasons as they are offered: those a meeting votes on, and what happened to people."""
    voted = [one for one in EFFECTS if one in BY_VOTE and EFFECTS[one].about is not About.PERSON]
    held = [one for one in EFFECTS if one in BY_VOTE and EFFECTS[one].about is About.PERSON]
    events = [one for one in EFFECTS if one not in BY_VOTE]
    return [(N_("类别调整"), voted), (N_("成员身份和股份"), held), (N_("人口变动"), events)]
