"""Questions about households, the people in them and their shares."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from registry.bulk import chunks
from registry.database import db
from registry.errors import Missing
from registry.parties.households.models import Household, Person, ShareHolding, Stay
from registry.parties.households.rules import COUNTED, HouseholdData, HouseholdStatus, Known, Relation, ShareKind
from registry.parties.models import Party
from registry.parties.queries import unsealed as unsealed_party
from registry.permissions import Actor, Permission
from registry.regions import Level, ancestor, code_range
from registry.scope import within
from registry.sealing import blind_index, masked_id, masked_phone, unseal


def get_household(household_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> Household:
    """Return a household within the actor's reach; raises Missing."""
    rows = select(Household).where(Household.id == household_id, within(Household, actor, permission))
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def get_person(person_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> Person:
    """Return a person within the actor's reach; raises Missing."""
    found = db.session.scalar(select(Person).where(Person.id == person_id, within(Person, actor, permission)))
    if found is None:
        raise Missing
    return found


def next_serial(region_code: str) -> int:
    """Return the number of the next household of a village; asked under the log's lock."""
    last = select(func.max(Household.serial)).where(Household.region_code == region_code)
    return (db.session.scalar(last) or 0) + 1


def find_known(resident_ids: Iterable[str], region_code: str) -> dict[str, Known]:
    """Return which of these identity numbers stand in a household of the county already, and where."""
    by_index = {blind_index(number): number for number in resident_ids if number}
    found: dict[str, Known] = {}
    rows = (
        select(Person.resident_index, Household.region_code, Household.group_name, Party.name)
        .join(Stay, Stay.person_id == Person.id)
        .join(Household, Household.id == Stay.household_id)
        .join(Party, Party.id == Household.party_id)
        .where(
            Stay.valid_to.is_(None),
            Household.status.in_([status.value for status in COUNTED]),
            Household.region_code.between(*code_range(ancestor(region_code, Level.COUNTY))),
        )
    )
    for some in chunks(sorted(by_index)):
        for index, region, group, head in db.session.execute(rows.where(Person.resident_index.in_(some))):
            found[by_index[index]] = Known(region, group, head)
    return found


def stays_of(household: Household, on: date) -> list[Stay]:
    """Return who lives in a household on a day, the head first."""
    there = [one for one in household.stays if holds(one.valid_from, one.valid_to, on)]
    return sorted(there, key=lambda one: (one.kinship is not Relation.HEAD, one.id))


def holds(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Say whether a dated row holds on a day: from the first day on, up to but not including the last."""
    return valid_from <= on and (valid_to is None or on < valid_to)


def holding_on(on: date) -> ColumnElement[bool]:
    """Return the condition that keeps the shares held on a day."""
    last = or_(ShareHolding.valid_to.is_(None), ShareHolding.valid_to > on)
    return (ShareHolding.valid_from <= on) & last


def shares_of(person_ids: Collection[int], on: date) -> dict[tuple[int, ShareKind], int]:
    """Return the hundredths of shares of each kind that persons hold on a day."""
    rows = select(ShareHolding).where(ShareHolding.person_id.in_(person_ids), holding_on(on))
    sums: dict[tuple[int, ShareKind], int] = defaultdict(int)
    for one in db.session.scalars(rows):
        sums[one.person_id, one.share_kind] += one.hundredths
    return dict(sums)


def list_holdings(person_ids: Collection[int]) -> list[ShareHolding]:
    """Return all holdings of persons, past and present, in order of entry."""
    rows = select(ShareHolding).where(ShareHolding.person_id.in_(person_ids)).order_by(ShareHolding.id)
    return list(db.session.scalars(rows))


def open_holdings(person_id: int, kind: ShareKind | None = None) -> list[ShareHolding]:
    """Return the holdings of a person that nothing has ended."""
    rows = select(ShareHolding).where(ShareHolding.person_id == person_id, ShareHolding.valid_to.is_(None))
    rows = rows.where(ShareHolding.kind == kind.value) if kind else rows
    return list(db.session.scalars(rows.order_by(ShareHolding.id)))


def list_waiting_households(actor: Actor, region_code: str, limit: int) -> list[Household]:
    """Return households of a unit and below that wait for their second person and were not entered by this one."""
    rows = select(Household).where(
        within(Household, actor, Permission.ASSET_CONFIRM),
        Household.region_code.between(*code_range(region_code)),
        Household.status == HouseholdStatus.SUBMITTED.value,
        Household.entered_by_id != actor.id,
    )
    return list(db.session.scalars(rows.order_by(Household.region_code, Household.serial).limit(limit)))


def unsealed(household: Household) -> HouseholdData:
    """Return what is sealed of a household; only for a reveal that is recorded, or to be masked at once."""
    head = unsealed_party(household.party)
    account = household.bank_account
    plain = unseal(account, table="household", row=household.uid, column="bank_account") if account else ""
    return HouseholdData(head.resident_id, head.phone, plain)


def masked_of(household: Household) -> HouseholdData:
    """Return what any reader of the roll sees of a household's personal data."""
    data = unsealed(household)
    return HouseholdData(masked_id(data.resident_id), masked_phone(data.phone), masked_id(data.bank_account))


def number_of(person: Person) -> str:
    """Return a person's identity number whole; only for a reveal that is recorded, or to be masked at once."""
    stored = person.resident_id
    return unseal(stored, table="person", row=person.uid, column="resident_id") if stored else ""


def masked_number(person: Person) -> str:
    """Return the last four characters of a person's identity number."""
    return masked_id(number_of(person))
