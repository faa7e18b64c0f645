"""What is public of a unit, read from the kept sums, closed books, agreed plans and the board."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, cast, func, or_, select

from registry.approvals.notices.models import Notice
from registry.approvals.requests.models import ApprovalRequest
from registry.assets.register.cards.models import Asset, AssetRelation, Rollup
from registry.assets.register.cards.parts import RelationKind
from registry.database import db
from registry.errors import Missing
from registry.kinds import Category
from registry.ledger.books.models import Book
from registry.ledger.distribution.plans.models import Plan, PlanUse
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.operation.receipts.kinds import KINDS, IncomeKind
from registry.ledger.operation.receipts.models import IncomeSum
from registry.places.models import Region
from registry.places.queries import list_children
from registry.regions import Level, code_range, is_code, level_of
from registry.reports.public.figures import AssetRow, Care, Held, YearRow
from registry.reports.public.rules import (
    IN_CARE,
    PUBLIC_NOTICES,
    PUBLIC_PLANS,
    PUBLIC_STAGE,
    RESULTS,
    closed_until,
    first_month,
)
from registry.reports.summary import OWNER_LEVELS, owner_level

YEARS = 5
MOST_FOUND, MOST_RESULTS = 50, 10
_REGION = Region.__table__.c
_HEIR_OF = _REGION.successor_code == bindparam("code")
#: Written once: this question stands before every answer.
_PLACE: Select[Any] = select(
    _REGION.successor_code, select(func.count()).select_from(Region.__table__).where(_HEIR_OF).scalar_subquery()
).where(_REGION.region_code == bindparam("code"))
_EARNED = [kind.value for kind in IncomeKind if KINDS[kind].is_earned]
_CARRIED = UseKind.CARRIED
_HUNG = [state.value for state in PUBLIC_NOTICES]


@dataclass(frozen=True)
class Place:
    """Whether a unit still stands, and how many were merged into it: what they managed came with them."""

    stands: bool
    heirs: int


def place_of(region_code: str) -> Place:
    """Return whether a unit still stands, and how many were merged into it; raises Missing."""
    row = db.session.execute(_PLACE, {"code": region_code}).one_or_none() if is_code(region_code) else None
    if row is None:
        raise Missing
    return Place(row[0] is None, int(row[1]))


def find_units(text: str, limit: int = MOST_FOUND) -> list[Region]:
    """Return standing units whose name holds a text, villages last to first by level: in code order."""
    if not text:
        return []
    rows = select(Region).where(Region.name.contains(text, autoescape=True), Region.ended_on.is_(None))
    return list(db.session.scalars(rows.order_by(Region.region_code).limit(limit)))


def list_results(region_code: str, limit: int = MOST_RESULTS) -> list[Notice]:
    """Return the latest results that a unit published by notice."""
    rows = select(Notice).where(
        Notice.region_code == region_code, Notice.state.in_(_HUNG), Notice.kind.in_([one.value for one in RESULTS])
    )
    return list(db.session.scalars(rows.order_by(Notice.id.desc()).limit(limit)))


# ---- Assets


def list_assets(region_code: str) -> tuple[AssetRow, ...]:
    """Return the confirmed assets of a unit and all beneath by category; below the city by level of owner too."""
    whole = _kept(region_code)
    owners = {} if level_of(region_code) is Level.MUNICIPALITY else _by_owner(region_code)
    return tuple(
        AssetRow(one.value, whole[one.value], tuple(owners.get(one.value, {}).items()))
        for one in Category
        if whole.get(one.value, Held()).count
    )


def _kept(region_code: str) -> dict[str, Held]:
    """Return count and value by category from the sums that are kept; the municipality is the sum of its counties."""
    units = [region_code]
    if level_of(region_code) is Level.MUNICIPALITY:
        units += [one.region_code for one in list_children(region_code)]
    rows = select(Rollup.category, func.sum(Rollup.assets), func.sum(Rollup.original_value_fen)).where(
        Rollup.region_code.in_(units), Rollup.stage == PUBLIC_STAGE.value
    )
    found = db.session.execute(rows.group_by(Rollup.category))
    return {str(category): Held(int(count), int(fen)) for category, count, fen in found}


def _by_owner(region_code: str) -> dict[str, dict[str, Held]]:
    """Return count and value by category and level of owner, along the index that holds them all."""
    keys: tuple[Any, ...] = (Asset.category, Asset.owner_kind)
    rows: Select[Any] = select(*keys, func.count(), func.sum(Asset.original_value_fen)).where(
        Asset.region_code.between(*code_range(region_code)), Asset.stage == PUBLIC_STAGE.value
    )
    sums: dict[tuple[str, int], tuple[int, int]] = {}
    for category, kind, count, fen in db.session.execute(rows.group_by(*keys)):
        place = (category, owner_level(kind))
        held = sums.get(place, (0, 0))
        sums[place] = (held[0] + count, held[1] + int(fen))
    found: dict[str, dict[str, Held]] = defaultdict(dict)
    for category, level in sorted(sums):
        found[category][OWNER_LEVELS[level]] = Held(*sums[category, level])
    return found


def count_care(region_code: str) -> Care:
    """Return how many assets of a unit are to be looked after, and for how many somebody does."""
    kept = (
        Asset.region_code.between(*code_range(region_code)),
        Asset.stage == PUBLIC_STAGE.value,
        Asset.category.in_([one.value for one in IN_CARE]),
    )
    cared = select(AssetRelation.asset_id).where(
        AssetRelation.asset_id == Asset.id,
        AssetRelation.kind == RelationKind.CUSTODIAN.value,
        AssetRelation.valid_to.is_(None),
    )
    count = select(func.count()).select_from(Asset).where(*kept)
    return Care(db.session.scalar(count) or 0, db.session.scalar(count.where(cared.exists())) or 0)


# ---- Income and its distribution


def closed_month_of(region_code: str) -> int | None:
    """Return the last month (YYYYMM) that all books of a unit have closed."""
    rows = select(Book.closed_month).where(Book.region_code == region_code)
    return closed_until(list(db.session.scalars(rows)))


def list_years(region_code: str, until: int | None, on: date) -> tuple[YearRow, ...]:
    """Return the latest years in which something came in up to a closed month, or was distributed; newest first."""
    income, plans = _income(region_code, until, on), _distributed(region_code, on)
    return tuple(
        replace(plans.get(year, YearRow(year, 0)), income_fen=income.get(year, 0))
        for year in sorted({*income, *plans}, reverse=True)
    )


def _income(region_code: str, until: int | None, on: date) -> dict[int, int]:
    if until is None:
        return {}
    rows = select(IncomeSum.month, func.sum(IncomeSum.amount_fen)).where(
        IncomeSum.region_code == region_code,
        IncomeSum.month.between(first_month(on, YEARS), until),
        IncomeSum.kind.in_(_EARNED),
    )
    found: dict[int, int] = defaultdict(int)
    for month, fen in db.session.execute(rows.group_by(IncomeSum.month)):
        found[month // 100] += int(fen)
    return found


def _distributed(region_code: str, on: date) -> dict[int, YearRow]:
    """Return by year what agreed plans that were published give to the fund and to each use."""
    asked = select(cast(ApprovalRequest.id, String)).where(
        ApprovalRequest.case_table == Plan.__tablename__, ApprovalRequest.case_id == cast(Plan.id, String)
    )
    about = or_(
        and_(Notice.case_table == Plan.__tablename__, Notice.case_id == cast(Plan.id, String)),
        and_(Notice.case_table == ApprovalRequest.__tablename__, Notice.case_id.in_(asked)),
    )
    hung = select(Notice.id).where(about, Notice.region_code == region_code, Notice.state.in_(_HUNG))
    agreed = (
        Plan.region_code == region_code,
        Plan.status.in_([one.value for one in PUBLIC_PLANS]),
        Plan.year > on.year - YEARS,
        hung.exists(),
    )
    funds = select(Plan.year, func.sum(Plan.fund_fen)).where(*agreed).group_by(Plan.year)
    uses = select(Plan.year, PlanUse.kind, func.sum(PlanUse.amount_fen)).join(PlanUse, PlanUse.plan_id == Plan.id)
    given: dict[int, dict[UseKind, int]] = defaultdict(dict)
    for year, kind, fen in db.session.execute(uses.where(*agreed).group_by(Plan.year, PlanUse.kind)):
        given[year][UseKind(kind)] = int(fen)
    return {
        year: YearRow(
            year, 0, int(fund),
            tuple((kind.label, given[year][kind]) for kind in UseKind if kind in given[year] and kind is not _CARRIED),
            given[year].get(_CARRIED, 0),
        )
        for year, fund in db.session.execute(funds)
    }  # fmt: skip
