"""Questions about reviews and yearly results."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import UseStatus
from registry.assets.register.registration import Stage
from registry.database import db
from registry.kinds import Category
from registry.ledger.operation.reviews.models import IndustryReview, OperatingResult
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20


@dataclass(frozen=True)
class ReviewFilter:
    """Operating assets of a unit and below: of one group, idle ones only, those not reviewed for a year."""

    region_code: str
    group: str = ""
    idle: bool = False
    unreviewed_year: int | None = None


def list_operating(wanted: ReviewFilter, actor: Actor, *, after: int = 0, limit: int = PAGE_ROWS) -> list[Asset]:
    """Return confirmed operating assets in order of entry; one more than a page."""
    rows = select(Asset).where(
        within(Asset, actor, Permission.LEDGER_READ),
        Asset.region_code.between(*code_range(wanted.region_code)),
        Asset.category == Category.OPERATING.value,
        Asset.stage == Stage.CONFIRMED.value,
        Asset.id > after,
    )
    if wanted.group:
        rows = rows.where(Asset.industry_class == wanted.group)
    if wanted.idle:
        rows = rows.where(Asset.use_status.in_((UseStatus.IDLE.value, UseStatus.STOPPED.value)))
    if wanted.unreviewed_year is not None:
        reviewed = select(IndustryReview.asset_id).where(IndustryReview.year >= wanted.unreviewed_year)
        rows = rows.where(Asset.id.not_in(reviewed))
    return list(db.session.scalars(rows.order_by(Asset.id).limit(limit + 1)))


def latest_reviews(asset_ids: Iterable[int]) -> dict[int, IndustryReview]:
    """Return the newest review of each asset: of the latest year, and of that the last entered."""
    rows = select(IndustryReview).where(IndustryReview.asset_id.in_(set(asset_ids)))
    found = db.session.scalars(rows.order_by(IndustryReview.year, IndustryReview.id))
    return {one.asset_id: one for one in found}


def list_reviews_of(asset_id: int, limit: int = PAGE_ROWS) -> list[IndustryReview]:
    """Return the reviews of an asset the caller has been allowed to see, the latest first."""
    rows = select(IndustryReview).where(IndustryReview.asset_id == asset_id)
    return list(db.session.scalars(rows.order_by(IndustryReview.year.desc(), IndustryReview.id.desc()).limit(limit)))


def list_results_of(contract_id: int, limit: int = PAGE_ROWS) -> list[OperatingResult]:
    """Return the yearly results of a contract the caller has been allowed to see, the latest first."""
    rows = select(OperatingResult).where(OperatingResult.contract_id == contract_id)
    return list(db.session.scalars(rows.order_by(OperatingResult.year.desc(), OperatingResult.id.desc()).limit(limit)))


def count_by_group(wanted: ReviewFilter, actor: Actor) -> dict[str, int]:
    """Return how many operating assets of a unit and below stand in each group; the empty group has none yet."""
    rows = (
        select(Asset.industry_class, func.count().label("assets"))
        .where(
            within(Asset, actor, Permission.LEDGER_READ),
            Asset.region_code.between(*code_range(wanted.region_code)),
            Asset.category == Category.OPERATING.value,
            Asset.stage == Stage.CONFIRMED.value,
        )
        .group_by(Asset.industry_class)
    )
    return {row.industry_class: row.assets for row in db.session.execute(rows)}
