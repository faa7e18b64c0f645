"""Who benefits of a year: households to which standing plans give something, counted by their own units.

A household lies in one unit, whatever plans it stands in: each is counted once, and a unit's number is the sum of what
lies below it. The sums are kept in the transaction in which a plan begins to stand or ceases to, or a unit goes over.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import aliased

from registry.assets.register.cards.stock import summed_units
from registry.database import db
from registry.ledger.distribution.plans.models import BenefitSum, Plan, PlanLine
from registry.ledger.distribution.plans.queries import STANDING
from registry.ledger.distribution.rolls.listing import parse_place
from registry.parties.households.models import Household
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import whole_reach, within
from registry.summing import add_rows

PAGE_ROWS = 50
_GIVEN = PlanLine.amount_fen > 0
_KEY = tuple_(Household.region_code, Household.serial)


def begin_benefits(plan: Plan) -> None:
    """Count the households of a plan whose lines have just been written."""
    add_rows(BenefitSum, [(code, (plan.year,), (households,)) for code, households in _alone(plan)])


def cease_benefits(plan: Plan) -> None:
    """Count the households of a plan that is stopped no more, but for those that stand in another of the year."""
    add_rows(BenefitSum, [(code, (plan.year,), (-households,)) for code, households in _alone(plan)])


def _alone(plan: Plan) -> list[tuple[str, int]]:
    """Return by unit how many households a plan gives something and no other standing plan of its year does."""
    line, other = aliased(PlanLine), aliased(Plan)
    elsewhere = (
        select(line.id)
        .join(other, other.id == line.plan_id)
        .where(
            line.household_id == Household.id, line.amount_fen > 0, other.year == plan.year,
            other.status.in_(STANDING), other.id != plan.id,
        )
    )  # fmt: skip
    rows = (
        select(Household.region_code, func.count(Household.id.distinct()))
        .join(PlanLine, PlanLine.household_id == Household.id)
        .where(PlanLine.plan_id == plan.id, _GIVEN, ~elsewhere.exists())
        .group_by(Household.region_code)
    )
    return [(code, int(households)) for code, households in db.session.execute(rows)]


@contextmanager
def moving_benefits(old: str, new: str) -> Iterator[None]:
    """Bring the sums along while the households of a unit go over to another."""
    rows = (
        select(Plan.year, func.count(Household.id.distinct()))
        .join(PlanLine, PlanLine.plan_id == Plan.id)
        .join(Household, Household.id == PlanLine.household_id)
        .where(Household.region_code == old, _GIVEN, Plan.status.in_(STANDING))
        .group_by(Plan.year)
    )
    found = [(int(year), int(households)) for year, households in db.session.execute(rows)]
    yield
    taken = [(old, (year,), (-households,)) for year, households in found]
    add_rows(BenefitSum, [*taken, *((new, (year,), (households,)) for year, households in found)])


def benefiting_by(units: Sequence[str], year: int) -> dict[str, int]:
    """Return how many households benefit of a year in exactly these units and below, from the kept sums alone."""
    rows = select(BenefitSum.region_code, BenefitSum.households).where(
        BenefitSum.region_code.in_(units), BenefitSum.year == year
    )
    return {code: households for code, households in db.session.execute(rows)}  # noqa: C416 - rows are typed so


def count_benefiting(region_code: str, year: int, actor: Actor) -> int:
    """Return how many households a list shows; none to whoever sees a sector only, as a household belongs to none."""
    reach = whole_reach(region_code, actor, Permission.LEDGER_READ)
    if reach is None or reach.sector is not None:
        return 0
    return sum(benefiting_by(summed_units(region_code), year).values())


@dataclass(frozen=True, slots=True)
class Benefit:
    """A household that benefits: in how many plans of the year it stands, and what they give it (fen)."""

    household: Household
    head_name: str
    plans: int
    amount_fen: int

    @property
    def place(self) -> str:
        """Where a page goes on after it."""
        return f"{self.household.region_code}-{self.household.serial}"


def _benefiting(region_code: str, year: int, actor: Actor) -> tuple[ColumnElement[bool], ...]:
    # Units in which nobody benefits need not be looked through household by household.
    units = select(BenefitSum.region_code).where(
        BenefitSum.region_code.between(*code_range(region_code)), BenefitSum.year == year
    )
    return within(Household, actor, Permission.LEDGER_READ), Household.region_code.in_(units), _stands(year)


def list_benefits(
    region_code: str, year: int, actor: Actor, *, after: str = "", limit: int = PAGE_ROWS
) -> list[Benefit]:
    """Return households of a unit and below that benefit of a year, by their numbers; one more than a page."""
    place = parse_place(after)
    here = _benefiting(region_code, year, actor)
    rows = _rows().where(*here) if place is None else _rows().where(*here, place < _KEY)
    return _read(rows.order_by(Household.region_code, Household.serial).limit(limit + 1), year)


def list_benefits_before(
    region_code: str, year: int, actor: Actor, *, before: str = "", limit: int = PAGE_ROWS
) -> list[Benefit]:
    """Return the page of households that ends before a place, by their numbers; without one the last page."""
    place = parse_place(before)
    here = _benefiting(region_code, year, actor)
    rows = _rows().where(*here) if place is None else _rows().where(*here, place > _KEY)
    return _read(rows.order_by(Household.region_code.desc(), Household.serial.desc()).limit(limit), year)[::-1]


def count_benefits_before(region_code: str, year: int, actor: Actor, place: str) -> int:
    """Return how many households stand in the list before a place."""
    key = parse_place(place)
    rows = select(func.count()).select_from(Household).where(*_benefiting(region_code, year, actor))
    return int(db.session.scalar(rows.where(key > _KEY)) or 0) if key else 0


def _rows() -> Select[Household, str]:
    return select(Household, Party.name).join(Party, Party.id == Household.party_id)


def _read(rows: Select[Household, str], year: int) -> list[Benefit]:
    found = [(one, name) for one, name in db.session.execute(rows)]
    given = _given_to([one.id for one, _name in found], year)
    return [Benefit(one, name, *given[one.id]) for one, name in found]


def _of_year(year: int) -> ColumnElement[bool]:
    return and_(_GIVEN, Plan.year == year, Plan.status.in_(STANDING))


def _stands(year: int) -> ColumnElement[bool]:
    lines = select(PlanLine.id).join(Plan, Plan.id == PlanLine.plan_id)
    return lines.where(PlanLine.household_id == Household.id, _of_year(year)).exists()


def _given_to(household_ids: Sequence[int], year: int) -> dict[int, tuple[int, int]]:
    rows = (
        select(PlanLine.household_id, func.count(Plan.id.distinct()), func.sum(PlanLine.amount_fen))
        .join(Plan, Plan.id == PlanLine.plan_id)
        .where(PlanLine.household_id.in_(household_ids), _of_year(year))
        .group_by(PlanLine.household_id)
    )
    return {int(key): (int(plans), int(fen)) for key, plans, fen in db.session.execute(rows) if key is not None}
