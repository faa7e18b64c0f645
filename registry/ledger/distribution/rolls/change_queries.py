"""Questions about changes asked for: what a household is now, what runs, what was done."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import exists, or_, select

from registry.approvals.requests.models import ApprovalRequest
from registry.database import db
from registry.errors import Missing
from registry.ledger.distribution.rolls.changes import ChangeStatus, Present
from registry.ledger.distribution.rolls.models import BeneficiaryStatus, RollChange, RollChangeLine
from registry.ledger.distribution.rolls.rules import Held
from registry.parties.households.models import Household, Person, Stay
from registry.parties.households.queries import holds, shares_of
from registry.parties.households.rules import COUNTED
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 50
#: A stay that lasts, in a household that stands in the register or waits to.
_LIVES = (
    Stay.valid_to.is_(None),
    Household.id == Stay.household_id,
    Household.status.in_([status.value for status in COUNTED]),
)


def get_change(change_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> RollChange:
    """Return a request for changes within the actor's reach; raises Missing."""
    rows = select(RollChange).where(RollChange.id == change_id, within(RollChange, actor, permission))
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def change_of_request(request: ApprovalRequest) -> RollChange:
    """Return the changes that a request is about, whoever asks: who sees the request sees them."""
    return db.session.get_one(RollChange, int(request.case_id))


def find_request(change: RollChange) -> ApprovalRequest | None:
    """Return the request that carries a change."""
    rows = select(ApprovalRequest).where(
        ApprovalRequest.case_table == "roll_change", ApprovalRequest.case_id == str(change.id)
    )
    return db.session.scalar(rows.order_by(ApprovalRequest.id.desc()).limit(1))


def list_changes(actor: Actor, region_code: str, *, after: int = 0, limit: int = PAGE_ROWS) -> list[RollChange]:
    """Return the changes of a unit and below, the latest first, one more than a page to show that there are more."""
    rows = select(RollChange).where(
        within(RollChange, actor, Permission.LEDGER_READ), RollChange.region_code.between(*code_range(region_code))
    )
    rows = rows.where(RollChange.id < after) if after else rows
    return list(db.session.scalars(rows.order_by(RollChange.id.desc()).limit(limit + 1)))


def list_lines_of(household: Household) -> list[tuple[RollChangeLine, RollChange]]:
    """Return what was ever asked for of a household, the latest first."""
    rows = (
        select(RollChangeLine, RollChange)
        .join(RollChange, RollChange.id == RollChangeLine.change_id)
        .where(RollChangeLine.household_id == household.id)
        .order_by(RollChangeLine.id.desc())
    )
    return [(line, change) for line, change in db.session.execute(rows)]


def busy_households(household_ids: Collection[int]) -> frozenset[int]:
    """Return which of these households stand in a request that is running."""
    rows = (
        select(RollChangeLine.household_id)
        .join(RollChange, RollChange.id == RollChangeLine.change_id)
        .where(RollChangeLine.household_id.in_(household_ids), RollChange.status == ChangeStatus.ASKED.value)
    )
    return frozenset(db.session.scalars(rows))


def list_statuses(household_id: int) -> list[BeneficiaryStatus]:
    """Return every class a household and its people ever held, in order of entry."""
    rows = select(BeneficiaryStatus).where(BeneficiaryStatus.household_id == household_id)
    return list(db.session.scalars(rows.order_by(BeneficiaryStatus.id)))


def held_by(household: Household) -> tuple[tuple[int, Held], ...]:
    """Return the classes of a household and its people with their rows."""
    return tuple((row.id, row.held) for row in list_statuses(household.id))


def present_of(household: Household, on: date) -> Present:
    """Return a household as a change finds it."""
    people = [one for one in household.stays if holds(one.valid_from, one.valid_to, on)]
    ids = frozenset(one.person_id for one in people)
    return Present(
        head_name=household.party.name,
        formed_on=household.formed_on,
        held=held_by(household),
        people=ids,
        shares=shares_of(ids, on),
        unnamed=household.unnamed,
    )


def find_living(person_id: int, region_code: str) -> Person | None:
    """Return a living person of the very village, to be an heir or to receive shares; of a household that counts.

    Who lives in no household of the register can be an heir from outside all the same.
    """
    lived = exists().where(Stay.person_id == Person.id)
    rows = select(Person).where(
        Person.id == person_id,
        Person.region_code == region_code,
        Person.died_on.is_(None),
        or_(~lived, lived.where(*_LIVES)),
    )
    return db.session.scalar(rows)


def list_living(household: Household, but: int | None = None) -> list[tuple[int, str, str]]:
    """Return id, name and household head of everybody who lives in the village, those of a household first.

    Left out are whoever died, whose registration was sent back or has ended, and the one whom a change is about.
    """
    rows = (
        select(Person.id, Person.name, Party.name)
        .join(Stay, Stay.person_id == Person.id)
        .join(Household, Household.id == Stay.household_id)
        .join(Party, Party.id == Household.party_id)
        .where(Person.region_code == household.region_code, Person.died_on.is_(None), *_LIVES)
        .order_by(Household.id != household.id, Household.serial, Stay.id)
    )
    return [(key, name, head) for key, name, head in db.session.execute(rows) if key != but]
