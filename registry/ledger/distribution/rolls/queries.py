"""The roll of a unit on a day, and of a year for a plan to freeze."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from registry.audit.canonical import JsonValue, encode
from registry.bulk import chunks
from registry.database import db
from registry.ledger.distribution.rolls.models import BeneficiaryStatus, RollReview
from registry.ledger.distribution.rolls.rules import (
    BeneficiaryClass,
    Held,
    RollEntry,
    RollPerson,
    RollSnapshot,
    classes_on,
    entitled_months,
)
from registry.parties.households.models import Household, Person, ShareHolding, Stay
from registry.parties.households.queries import holding_on, holds
from registry.parties.households.rules import ABLE, HouseholdStatus, Labour, Parting, Relation, ShareKind
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within
from registry.sealing import masked_id, unseal

_P = Permission
_ROLLED = [HouseholdStatus.CONFIRMED.value, HouseholdStatus.ENDED.value]


@dataclass(frozen=True)
class _Facts:
    """What was read of a stretch of villages, by household or person."""

    people: dict[int, list[tuple[Stay, Person]]]
    statuses: dict[int, list[Held]]
    shares: dict[tuple[int, str], int]


def list_roll(
    region_code: str,
    on: date,
    classes: Iterable[BeneficiaryClass] | None = None,
    *,
    by: Actor,
    permission: Permission = _P.LEDGER_READ,
) -> list[RollEntry]:
    """Return the households of a unit and below that stand on the roll of a day, in the order of their numbers.

    ``classes`` keeps those that hold one of them on that day.
    """
    wanted = frozenset(classes) if classes is not None else None
    entries = entries_of(_households(region_code, by, permission), on)
    here = [one for one in entries if one.ended_on is None or on < one.ended_on]
    return [one for one in here if wanted is None or wanted.intersection(one.classes)]


def list_entitled(
    region_code: str, year: int, *, by: Actor, until: date | None = None, permission: Permission = _P.LEDGER_READ
) -> list[RollEntry]:
    """Return every household that is entitled in a month of the year, also those that left the roll in it.

    A household that died out stays as long as an heir from outside holds its shares. ``until`` is the day whose people
    and shares count: the last of the year, unless the year still runs.
    """
    day = min(until or date(year, 12, 31), date(year, 12, 31))
    entries = entries_of(_households(region_code, by, permission), day)
    return [one for one in entries if one.months or (one.heir_id and one.share_hundredths)]


def snapshot(region_code: str, year: int, *, by: Actor, until: date | None = None) -> RollSnapshot:
    """Return the roll of a year as canonical text with its digest: what a plan freezes and can be recomputed from."""
    entries = list_entitled(region_code, year, by=by, until=until)
    text = encode({"region": region_code, "year": year, "households": [entry_json(one) for one in entries]})
    return RollSnapshot(region_code, year, text, sha256(text.encode()).hexdigest(), tuple(entries))


def entry_json(entry: RollEntry) -> JsonValue:
    """Return a household of a roll as it is frozen: masked, with everything a plan weighs by."""
    return {
        "household": entry.household_id,
        "party": entry.party_id,
        "region": entry.region_code,
        "sort": entry.sort_key,
        "group": entry.group_name,
        "head": entry.head_name,
        "number": entry.masked_id,
        "classes": [one.value for one in entry.classes],
        "size": entry.size,
        "members": entry.members,
        "labour": entry.labour,
        "shares": entry.share_hundredths,
        "assistance_shares": entry.assistance_hundredths,
        "months": {one.value: [*sorted(months)] for one, months in entry.months},
        "bank": entry.bank_known,
        "cadre": entry.is_cadre,
        "ended_on": entry.ended_on.isoformat() if entry.ended_on else None,
        "parting": entry.parting,
        "successor": entry.successor_id,
        "heir": entry.heir_id,
        "persons": [
            {
                "person": one.person_id,
                "name": one.name,
                "relation": one.relation,
                "labour": one.labour,
                "member": one.is_member,
                "shares": one.share_hundredths,
                "assistance_shares": one.assistance_hundredths,
                "died_on": one.died_on.isoformat() if one.died_on else None,
                "heir": one.heir_id,
            }
            for one in entry.persons
        ],
    }


def entry_of(household: Household, on: date) -> RollEntry:
    """Return one household as the roll of a day shows it."""
    rows = select(Household, Party).join(Party, Party.id == Household.party_id).where(Household.id == household.id)
    return entries_of(rows, on)[0]


def find_review(household_id: int, year: int) -> RollReview | None:
    """Return what the look at a household in a year found; None if nobody looked yet."""
    return db.session.scalar(select(RollReview).where(RollReview.household_id == household_id, RollReview.year == year))


def _households(region_code: str, by: Actor, permission: Permission) -> Select[*tuple[Any, ...]]:
    return (
        select(Household, Party)
        .join(Party, Party.id == Household.party_id)
        .where(
            within(Household, by, permission),
            Household.region_code.between(*code_range(region_code)),
            Household.status.in_(_ROLLED),
        )
        .order_by(Household.region_code, Household.serial)
    )


def entries_of(rows: Select[*tuple[Any, ...]], on: date) -> list[RollEntry]:
    """Return households, selected with their parties, as the roll of a day shows them."""
    found = list(db.session.execute(rows).all())
    ids = [household.id for household, _ in found]
    facts = _facts(ids, on)
    return [_entry(household, party, facts, on) for household, party in found]


def _facts(ids: Sequence[int], on: date) -> _Facts:
    people: dict[int, list[tuple[Stay, Person]]] = defaultdict(list)
    statuses: dict[int, list[Held]] = defaultdict(list)
    shares: dict[tuple[int, str], int] = defaultdict(int)
    for some in chunks(ids):
        stays = select(Stay, Person).join(Person, Person.id == Stay.person_id).where(Stay.household_id.in_(some))
        for stay, person in db.session.execute(stays.order_by(Stay.id)):
            people[stay.household_id].append((stay, person))
        held = select(BeneficiaryStatus).where(BeneficiaryStatus.household_id.in_(some))
        for status in db.session.scalars(held.order_by(BeneficiaryStatus.id)):
            statuses[status.household_id].append(status.held)
        holders = ShareHolding.person_id.in_(select(Stay.person_id).where(Stay.household_id.in_(some)))
        for holding in db.session.scalars(select(ShareHolding).where(holding_on(on), holders)):
            shares[holding.person_id, holding.kind] += holding.hundredths
        for person_id, kind, hundredths in db.session.execute(_held_outside(some, on)):
            shares[person_id, kind] += hundredths
    return _Facts(people, statuses, shares)


def _held_outside(ids: Sequence[int], on: date) -> Select[*tuple[Any, ...]]:
    """What heirs who live in no household hold counts where it came from: no other roll has them."""
    origin = aliased(ShareHolding)
    return (
        select(origin.person_id, ShareHolding.kind, ShareHolding.hundredths)
        .join(origin, origin.id == ShareHolding.origin_id)
        .where(
            holding_on(on),
            origin.person_id.in_(select(Stay.person_id).where(Stay.household_id.in_(ids))),
            origin.person_id != ShareHolding.person_id,
            ~exists().where(Stay.person_id == ShareHolding.person_id),
        )
    )


def _entry(household: Household, party: Party, facts: _Facts, on: date) -> RollEntry:
    held = facts.statuses[household.id]
    present = [one for one in facts.people[household.id] if holds(one[0].valid_from, one[0].valid_to, on)]
    persons = tuple(_person(stay, person, held, facts, on) for stay, person in _shown(household, facts, on))
    alive = {person.id for _, person in present}
    here = [one for one in persons if one.person_id in alive]
    ended = household.ended_on
    return RollEntry(
        household_id=household.id,
        party_id=party.id,
        region_code=household.region_code,
        sort_key=f"{household.region_code}-{household.serial:06d}",
        group_name=household.group_name,
        head_name=party.name,
        masked_id=_masked(party),
        classes=classes_on(held, on),
        size=len(here) + (household.unnamed if ended is None or on < ended else 0),
        members=sum(one.is_member for one in here),
        labour=sum(Labour(one.labour) in ABLE for one in here),
        share_hundredths=sum(one.share_hundredths for one in persons),
        assistance_hundredths=sum(one.assistance_hundredths for one in persons),
        months=_months(held, on.year),
        bank_known=bool(household.bank_account),
        is_cadre=household.is_cadre,
        persons=persons,
        ended_on=ended,
        parting=household.parting,
        successor_id=household.successor_id,
        heir_id=_heir(household, facts.people[household.id]),
    )


def _months(held: Collection[Held], year: int) -> tuple[tuple[BeneficiaryClass, frozenset[int]], ...]:
    """Ends of classes are stored with the delay in them already, so no death or move is told a second time."""
    by_class = {
        one: entitled_months([h for h in held if h.beneficiary_class is one], (), (), year) for one in BeneficiaryClass
    }
    return tuple((one, months) for one, months in by_class.items() if months)


def _shown(household: Household, facts: _Facts, on: date) -> list[tuple[Stay, Person]]:
    """Who is named on the roll of a day: who is there, who died in its year, and who died and is not yet inherited."""
    return [
        (stay, person)
        for stay, person in facts.people[household.id]
        if holds(stay.valid_from, stay.valid_to, on) or _counts_dead(stay, person, facts, on)
    ]


def _counts_dead(stay: Stay, person: Person, facts: _Facts, on: date) -> bool:
    if stay.parting != Parting.DIED.value or person.died_on is None or person.died_on > on:
        return False
    holds_still = any(facts.shares.get((person.id, kind.value)) for kind in ShareKind)
    return person.died_on.year == on.year or holds_still


def _person(stay: Stay, person: Person, held: Collection[Held], facts: _Facts, on: date) -> RollPerson:
    own = [one for one in held if one.person_id == person.id and one.holds_on(on)]
    return RollPerson(
        person_id=person.id,
        name=person.name,
        relation=stay.relation,
        labour=person.labour,
        is_member=any(one.beneficiary_class is BeneficiaryClass.MEMBER for one in own),
        share_hundredths=facts.shares[person.id, ShareKind.MEMBER.value],
        assistance_hundredths=facts.shares[person.id, ShareKind.ASSISTANCE.value],
        died_on=person.died_on,
        heir_id=person.heir_id,
    )


def _heir(household: Household, people: list[tuple[Stay, Person]]) -> int | None:
    """Return who inherits of a household that died out: the heir its last head named."""
    if household.ended_by is not Parting.DIED:
        return None
    dead = [person for stay, person in people if person.heir_id and stay.parting == Parting.DIED.value]
    heads = [person for stay, person in people if person in dead and stay.kinship is Relation.HEAD]
    last = max(heads or dead, key=lambda person: (person.died_on or date.min, person.id), default=None)
    return last.heir_id if last else None


def _masked(party: Party) -> str:
    stored = party.resident_id
    return masked_id(unseal(stored, table="party", row=party.uid, column="resident_id")) if stored else ""
