"""Adding households with their people, one or a whole village: a few statements in all, not a few for each person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from uuid import uuid4

from registry.approvals.requests.services import signature
from registry.bulk import add_many
from registry.clock import now
from registry.kinds import OwnerKind
from registry.parties.households.models import Household, Person, ShareHolding, Stay
from registry.parties.households.queries import find_known, next_serial
from registry.parties.households.rules import (
    HouseholdFacts,
    HouseholdStatus,
    Known,
    PersonFacts,
    ShareKind,
    check_household,
    refuse_known,
)
from registry.parties.models import Party
from registry.parties.rules import PartyFacts
from registry.parties.services import household_parties
from registry.permissions import Actor
from registry.sealing import blind_index, seal


@dataclass(frozen=True)
class Founding:
    """A household to be added: as it is said to be, since which day, on what basis."""

    facts: HouseholdFacts
    on: date
    basis: str


def add_households(foundings: Sequence[Founding], *, by: Actor) -> list[tuple[Household, list[Person]]]:
    """Add households with their people, waiting for their second person; the caller's record() carries the rows.

    Raises what check_household raises, KnownHere, KnownElsewhere.
    """
    _check(foundings)
    households = found_households(foundings, by=by)
    people = [[person_row(one, founding.facts.region_code) for one in founding.facts.persons] for founding in foundings]
    add_many([person for some in people for person in some])
    made = list(zip(foundings, households, people, strict=True))
    add_many([stay for one in made for stay in _stays(*one)])
    add_many([holding for one in made for holding in _holdings(*one)])
    return list(zip(households, people, strict=True))


def _check(foundings: Sequence[Founding]) -> None:
    """Raise unless every household is in order and nobody in it stands in another, here or on the same list."""
    by_region: dict[str, list[str]] = {}
    for founding in foundings:
        check_household(founding.facts)
        numbers = [one.resident_id for one in founding.facts.persons]
        by_region.setdefault(founding.facts.region_code, []).extend(numbers)
    known = {region: find_known(numbers, region) for region, numbers in by_region.items()}
    for founding in foundings:
        facts = founding.facts
        for person in facts.persons:
            if person.resident_id in known[facts.region_code]:
                raise refuse_known(person.name, known[facts.region_code][person.resident_id], facts.region_code)
        here = Known(facts.region_code, facts.group_name, facts.head.name)
        for found in known.values():
            found |= {one.resident_id: here for one in facts.persons if one.resident_id}


def found_households(foundings: Sequence[Founding], *, by: Actor) -> list[Household]:
    """Add households without people, waiting for their second person."""
    parties = household_parties([_party_facts(one.facts) for one in foundings])
    serials = {code: count(next_serial(code)) for code in {one.facts.region_code for one in foundings}}
    households = [_household_row(*one, serials, by) for one in zip(foundings, parties, strict=True)]
    add_many(households)
    return households


def _party_facts(facts: HouseholdFacts) -> PartyFacts:
    head = facts.head
    return PartyFacts(
        OwnerKind.HOUSEHOLD, head.name, facts.region_code, resident_id=head.resident_id, phone=facts.phone
    )


def _household_row(founding: Founding, party: Party, serials: dict[str, "count[int]"], by: Actor) -> Household:
    uid, facts = uuid4().hex, founding.facts
    return Household(
        uid=uid, region_code=facts.region_code, party_id=party.id, serial=next(serials[facts.region_code]),
        group_name=facts.group_name.strip(), bank_name=facts.bank_name.strip(),
        bank_account=sealed_cell("household", uid, "bank_account", facts.bank_account), is_cadre=facts.is_cadre,
        unnamed=facts.unnamed, status=HouseholdStatus.SUBMITTED.value, basis=founding.basis.strip(),
        formed_on=founding.on, entered_by_id=by.id, entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip


def person_row(facts: PersonFacts, region_code: str) -> Person:
    """Return the row of a person, of a household or an heir from outside."""
    uid = uuid4().hex
    return Person(
        uid=uid, region_code=region_code, name=facts.name.strip(), labour=facts.labour.value,
        resident_id=sealed_cell("person", uid, "resident_id", facts.resident_id),
        resident_index=blind_index(facts.resident_id) if facts.resident_id else "",
    )  # fmt: skip


def holding_row(
    person: Person, kind: ShareKind, hundredths: int, on: date, basis: str, origin_id: int | None = None
) -> ShareHolding:
    """Return the row of shares that a person holds from a day on."""
    return ShareHolding(
        person=person, region_code=person.region_code, kind=kind.value, hundredths=hundredths, valid_from=on,
        basis=basis[:200], origin_id=origin_id,
    )  # fmt: skip


def shares_told(facts: PersonFacts) -> list[tuple[ShareKind, int]]:
    """Return the shares that are said of a person, by kind, in hundredths."""
    told = [(ShareKind.MEMBER, facts.share_hundredths), (ShareKind.ASSISTANCE, facts.assistance_hundredths)]
    return [(kind, hundredths) for kind, hundredths in told if hundredths]


def _stays(founding: Founding, household: Household, people: Sequence[Person]) -> Iterator[Stay]:
    """Rows are named by their keys: through the household's own list each would be read and compared again."""
    for facts, person in zip(founding.facts.persons, people, strict=True):
        yield Stay(
            household_id=household.id, person_id=person.id, region_code=household.region_code,
            relation=facts.relation.value, valid_from=founding.on,
        )  # fmt: skip


def _holdings(founding: Founding, household: Household, people: Sequence[Person]) -> Iterator[ShareHolding]:
    for facts, person in zip(founding.facts.persons, people, strict=True):
        for kind, hundredths in shares_told(facts):
            yield holding_row(person, kind, hundredths, founding.on, household.basis)


def sealed_cell(table: str, uid: str, column: str, plain: str) -> str:
    """Seal what is known; what is not stays empty."""
    return seal(plain, table=table, row=uid, column=column) if plain else ""
