"""The roll page by page, what waits for a second person, and what is due for the yearly review."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, tuple_
from sqlalchemy.orm import joinedload

from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.ledger.distribution.rolls.models import BeneficiaryStatus, RollReview
from registry.ledger.distribution.rolls.queries import entries_of
from registry.ledger.distribution.rolls.rules import ASSISTED, BeneficiaryClass, RollEntry
from registry.parties.households.models import Household
from registry.parties.households.rules import HouseholdStatus
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.regions import code_range, is_code
from registry.scope import within

PAGE_ROWS = 50
MOST_REVIEWED = 500
_P = Permission


@dataclass(frozen=True)
class RollFilter:
    """Which households a page shows: of a unit and below, in a class, in a state, whose head's name holds a text."""

    region_code: str
    beneficiary_class: BeneficiaryClass | None = None
    status: HouseholdStatus = HouseholdStatus.CONFIRMED
    text: str = ""


def place_of(entry: RollEntry) -> str:
    """Return where a page goes on after a household."""
    return entry.sort_key


def parse_place(text: str) -> tuple[str, int] | None:
    """Read where a page goes on; None for the first. Raises Missing for what is no place."""
    if not text:
        return None
    region, _, serial = text.partition("-")
    if not (is_code(region) and serial.isascii() and serial.isdigit() and len(serial) < 16):
        raise Missing
    return region, int(serial)


def page_of_roll(
    wanted: RollFilter,
    on: date,
    by: Actor,
    *,
    after: str = "",
    limit: int = PAGE_ROWS,
    permission: Permission = _P.LEDGER_READ,
) -> list[RollEntry]:
    """Return a page of the roll, one household more to show that there are more."""
    rows = _filtered(wanted, on, by, permission)
    place = parse_place(after)
    if place is not None:
        rows = rows.where(tuple_(Household.region_code, Household.serial) > place)
    return entries_of(rows.order_by(Household.region_code, Household.serial).limit(limit + 1), on)


def count_roll(wanted: RollFilter, on: date, by: Actor, most: int) -> int:
    """Return how many households a filter holds, counting up to a number."""
    return count_up_to(_filtered(wanted, on, by, _P.LEDGER_READ), most)


def _filtered(wanted: RollFilter, on: date, by: Actor, permission: Permission) -> Select[*tuple[Any, ...]]:
    rows = (
        select(Household, Party)
        .join(Party, Party.id == Household.party_id)
        .where(
            within(Household, by, permission),
            Household.region_code.between(*code_range(wanted.region_code)),
            Household.status == wanted.status.value,
        )
    )
    if wanted.beneficiary_class is not None:
        rows = rows.where(_holds(on, [wanted.beneficiary_class]))
    return rows.where(Party.name.contains(wanted.text, autoescape=True)) if wanted.text else rows


def _holds(on: date, classes: list[BeneficiaryClass]) -> ColumnElement[bool]:
    return exists().where(
        BeneficiaryStatus.household_id == Household.id,
        BeneficiaryStatus.beneficiary_class.in_([one.value for one in classes]),
        BeneficiaryStatus.valid_from <= on,
        or_(BeneficiaryStatus.valid_to.is_(None), BeneficiaryStatus.valid_to > on),
    )


def list_waiting(by: Actor, region_code: str, limit: int = PAGE_ROWS) -> list[RollEntry]:
    """Return households of a unit and below that wait for this person as the second, by number."""
    rows = _waiting(by).where(Household.region_code.between(*code_range(region_code)))
    return entries_of(rows.order_by(Household.region_code, Household.serial).limit(limit + 1), date.max)


def waiting_by_village(by: Actor, most: int) -> list[Household]:
    """Return the first waiting household of each village for this person as the second, the longest waiting first."""
    rows = select(Household).where(_waits(by)).order_by(Household.entered_at, Household.id).limit(most * 50)
    first: dict[str, Household] = {}
    for one in db.session.scalars(rows):
        first.setdefault(one.region_code, one)
    return list(first.values())[:most]


def count_waiting(by: Actor, most: int) -> int:
    """Return in how many villages households wait for this person as the second."""
    return count_up_to(select(Household.region_code).where(_waits(by)).distinct(), most)


def _waits(by: Actor) -> ColumnElement[bool]:
    return and_(
        within(Household, by, _P.ASSET_CONFIRM),
        Household.status == HouseholdStatus.SUBMITTED.value,
        or_(Household.entered_by_id.is_(None), Household.entered_by_id != by.id),
    )


def _waiting(by: Actor) -> Select[*tuple[Any, ...]]:
    return select(Household, Party).join(Party, Party.id == Household.party_id).where(_waits(by))


def _sent_back(by: Actor) -> Select[*tuple[Any, ...]]:
    return select(Household).where(
        within(Household, by, _P.BENEFICIARY_ENTER),
        Household.status == HouseholdStatus.SENT_BACK.value,
        Household.successor_id.is_(None),
    )


def list_households_sent_back(by: Actor, most: int) -> list[Household]:
    """Return households whose registration was sent back and not entered again, the oldest first."""
    rows = _sent_back(by).order_by(Household.entered_at, Household.id).options(joinedload(Household.party))
    return list(db.session.scalars(rows.limit(most)))


def count_households_sent_back(by: Actor, most: int) -> int:
    """Return how many registrations were sent back and not entered again, counting up to a number."""
    return count_up_to(_sent_back(by), most)


# ---- The yearly review


def review_due(year: int, policy: Policy) -> date:
    """Return until when the households of a year are to be looked at."""
    month, day = policy.text(Parameter.BENEFICIARY_REVIEW).split("-")
    return date(year, int(month), int(day))


def _to_review(by: Actor, year: int, on: date) -> ColumnElement[bool]:
    seen = exists().where(RollReview.household_id == Household.id, RollReview.year == year)
    return and_(
        within(Household, by, _P.BENEFICIARY_ENTER),
        Household.status == HouseholdStatus.CONFIRMED.value,
        _holds(on, sorted(ASSISTED)),
        ~seen,
    )


def list_to_review(by: Actor, region_code: str, year: int, on: date, limit: int = MOST_REVIEWED) -> list[RollEntry]:
    """Return assisted households of a unit and below that nobody has looked at this year, by number."""
    rows = (
        select(Household, Party)
        .join(Party, Party.id == Household.party_id)
        .where(_to_review(by, year, on), Household.region_code.between(*code_range(region_code)))
    )
    return entries_of(rows.order_by(Household.region_code, Household.serial).limit(limit + 1), on)


def villages_to_review(by: Actor, year: int, on: date, most: int) -> list[str]:
    """Return the villages that still have households to look at this year."""
    rows = select(Household.region_code).where(_to_review(by, year, on)).distinct().order_by(Household.region_code)
    return list(db.session.scalars(rows.limit(most)))


def is_to_review(by: Actor, year: int, on: date) -> bool:
    """Say whether the actor's own unit still has households to look at this year."""
    rows = select(Household.id).where(_to_review(by, year, on), Household.region_code == by.unit_code)
    return db.session.scalar(rows.limit(1)) is not None


def list_reviews(household_id: int) -> list[RollReview]:
    """Return when a household was looked at, the latest first."""
    rows = select(RollReview).where(RollReview.household_id == household_id).order_by(RollReview.year.desc())
    return list(db.session.scalars(rows))
