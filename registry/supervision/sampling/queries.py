"""Questions about samples; what lies outside the asker's reach does not exist (404)."""

from datetime import date

from sqlalchemy import func, select

from registry.counting import last_number
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.regions import code_range, log_of
from registry.scope import within
from registry.supervision.sampling.models import Sample, SampleItem

PAGE_ROWS = 50
TABLE, ITEM_TABLE = "sample", "sample_item"
_READ = Permission.ASSET_READ


def get_sample(sample_id: int, actor: Actor, permission: Permission = _READ) -> Sample:
    """Return a sample within the actor's reach; raises Missing."""
    found = db.session.scalar(select(Sample).where(Sample.id == sample_id, within(Sample, actor, permission)))
    if found is None:
        raise Missing
    return found


def list_samples(region_code: str, actor: Actor, *, before: int = 0, limit: int = PAGE_ROWS) -> list[Sample]:
    """Return samples of a unit and below, the newest first; one more than a page to show that there are more."""
    rows = select(Sample).where(within(Sample, actor, _READ))
    if region_code:
        rows = rows.where(Sample.region_code.between(*code_range(region_code)))
    rows = rows.where(Sample.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(Sample.id.desc()).limit(limit + 1)))


def list_items(sample_id: int) -> list[SampleItem]:
    """Return what was drawn, in the order of the worksheet; a sample is bounded."""
    rows = select(SampleItem).where(SampleItem.sample_id == sample_id).order_by(SampleItem.ordinal)
    return list(db.session.scalars(rows))


def get_item(item_id: int, actor: Actor, permission: Permission = _READ) -> SampleItem:
    """Return an item of a sample within the actor's reach; raises Missing."""
    rows = select(SampleItem).where(SampleItem.id == item_id, within(SampleItem, actor, permission))
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def count_unchecked(sample_id: int) -> int:
    """Return how many items of a sample have no result."""
    rows = select(func.count()).where(SampleItem.sample_id == sample_id, SampleItem.result == "")
    return db.session.scalar(rows) or 0


def tallies(sample_ids: list[int]) -> dict[int, dict[str, int]]:
    """Return by sample how many items have which result; an empty result has not been checked."""
    rows = (
        select(SampleItem.sample_id, SampleItem.result, func.count())
        .where(SampleItem.sample_id.in_(sample_ids))
        .group_by(SampleItem.sample_id, SampleItem.result)
    )
    found: dict[int, dict[str, int]] = {key: {} for key in sample_ids}
    for key, result, count in db.session.execute(rows):
        found[key][result] = count
    return found


def next_number(region_code: str, on: date) -> str:
    """Return the next number of a county's samples of a year: CY500240-2026-001. Call it under the log's lock."""
    start = f"CY{log_of(region_code)}-{on.year}-"
    return f"{start}{last_number(Sample.number, start) + 1:03d}"
