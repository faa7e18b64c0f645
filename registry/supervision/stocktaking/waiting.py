"""What waits for whom in a count."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from registry.assets.register.cards.models import Asset
from registry.counting import count_up_to
from registry.database import db
from registry.permissions import Actor, Permission
from registry.scope import below, within
from registry.supervision.stocktaking.models import StockCampaign, StockDifference, StockLine, StockMark, StockSheet
from registry.supervision.stocktaking.rules import CampaignStatus, DifferenceState, SheetStatus

_P = Permission
_RUNNING = select(StockCampaign.id).where(StockCampaign.status == CampaignStatus.OPEN.value)


def _sheets(status: SheetStatus, *conditions: ColumnElement[bool]) -> Select[StockSheet]:
    return select(StockSheet).where(
        StockSheet.status == status.value, StockSheet.campaign_id.in_(_RUNNING), *conditions
    )


def _to_count(actor: Actor) -> Select[StockSheet]:
    """Sheets on which a line waits that is the actor's to count: of one's own unit, or in one's own care."""
    mine = or_(StockLine.region_code == actor.unit_code, StockLine.cared_for_by(actor.id))
    waits = exists().where(StockLine.sheet_id == StockSheet.id, StockLine.outcome == "", mine,
                           within(StockLine, actor, _P.STOCKTAKE_COUNT))  # fmt: skip
    return _sheets(SheetStatus.COUNTING, waits)


def list_to_count(actor: Actor, limit: int) -> Sequence[tuple[StockSheet, int]]:
    """Return sheets that the actor has to count on, with how many lines wait there, the oldest first."""
    rows = _to_count(actor).order_by(StockSheet.id).limit(limit)
    return [(sheet, _uncounted(sheet, actor)) for sheet in db.session.scalars(rows)]


def _uncounted(sheet: StockSheet, actor: Actor) -> int:
    rows = select(func.count()).where(
        StockLine.sheet_id == sheet.id, StockLine.outcome == "", within(StockLine, actor, _P.STOCKTAKE_COUNT)
    )
    return db.session.scalar(rows) or 0


def count_to_count(actor: Actor, most: int) -> int:
    """Return on how many sheets the actor has to count."""
    return count_up_to(_to_count(actor).with_only_columns(StockSheet.id), most)


def _to_submit(actor: Actor) -> Select[StockSheet]:
    """Sheets of one's own unit that are counted and wait to be handed on."""
    left = exists().where(StockLine.sheet_id == StockSheet.id, StockLine.outcome == "")
    own = and_(StockSheet.region_code == actor.unit_code, within(StockSheet, actor, _P.ASSET_ENTER))
    return _sheets(SheetStatus.COUNTING, own, ~left)


def list_to_submit(actor: Actor, limit: int) -> Sequence[StockSheet]:
    """Return counted sheets that the actor may submit."""
    return list(db.session.scalars(_to_submit(actor).order_by(StockSheet.id).limit(limit)))


def count_to_submit(actor: Actor, most: int) -> int:
    """Return how many counted sheets the actor may submit."""
    return count_up_to(_to_submit(actor).with_only_columns(StockSheet.id), most)


def _to_confirm(actor: Actor) -> Select[StockSheet]:
    counted = exists().where(StockMark.sheet_id == StockSheet.id, StockMark.by_id == actor.id)
    own = StockSheet.submitted_by_id.is_distinct_from(actor.id)
    return _sheets(SheetStatus.SUBMITTED, within(StockSheet, actor, _P.STOCKTAKE_CONFIRM), ~counted, own)


def list_to_confirm(actor: Actor, limit: int) -> Sequence[StockSheet]:
    """Return submitted sheets that the actor may confirm: those on which they did not count."""
    return list(db.session.scalars(_to_confirm(actor).order_by(StockSheet.submitted_at, StockSheet.id).limit(limit)))


def count_to_confirm(actor: Actor, most: int) -> int:
    """Return how many submitted sheets the actor may confirm."""
    return count_up_to(_to_confirm(actor).with_only_columns(StockSheet.id), most)


def _to_report(actor: Actor) -> Select[StockSheet]:
    """Confirmed sheets of one's own unit: differences, notice, meeting and report are the clerk's next steps."""
    own = and_(StockSheet.region_code == actor.unit_code, within(StockSheet, actor, _P.ASSET_ENTER))
    return _sheets(SheetStatus.CONFIRMED, own)


def list_to_report(actor: Actor, limit: int) -> Sequence[tuple[StockSheet, int]]:
    """Return confirmed sheets that the actor has to bring to the report, with how many differences are open."""
    rows = _to_report(actor).order_by(StockSheet.confirmed_at, StockSheet.id).limit(limit)
    return [(sheet, _open_differences(sheet)) for sheet in db.session.scalars(rows)]


def _open_differences(sheet: StockSheet) -> int:
    rows = select(func.count()).where(
        StockDifference.sheet_id == sheet.id, StockDifference.state == DifferenceState.OPEN.value
    )
    return db.session.scalar(rows) or 0


def count_to_report(actor: Actor, most: int) -> int:
    """Return how many confirmed sheets the actor has to bring to the report."""
    return count_up_to(_to_report(actor).with_only_columns(StockSheet.id), most)


def _to_receive(actor: Actor) -> Select[StockSheet]:
    counted = exists().where(StockMark.sheet_id == StockSheet.id, StockMark.by_id == actor.id)
    own = or_(StockSheet.confirmed_by_id == actor.id, StockSheet.submitted_by_id == actor.id)
    return _sheets(SheetStatus.REPORTED, below(StockSheet, actor, _P.STOCKTAKE_CONFIRM), ~counted, ~own)


def list_to_receive(actor: Actor, limit: int) -> Sequence[StockSheet]:
    """Return reported sheets that the actor may take in."""
    return list(db.session.scalars(_to_receive(actor).order_by(StockSheet.reported_at, StockSheet.id).limit(limit)))


def count_to_receive(actor: Actor, most: int) -> int:
    """Return how many reported sheets the actor may take in."""
    return count_up_to(_to_receive(actor).with_only_columns(StockSheet.id), most)


def _to_close(actor: Actor, on: date) -> Select[StockCampaign]:
    """Campaigns whose sheets are all in, or whose last day has passed."""
    out = exists().where(StockSheet.campaign_id == StockCampaign.id, StockSheet.status != SheetStatus.RECEIVED.value)
    return select(StockCampaign).where(
        StockCampaign.status == CampaignStatus.OPEN.value,
        within(StockCampaign, actor, _P.STOCKTAKE_OPEN),
        or_(~out, StockCampaign.report_by < on),
    )


def list_to_close(actor: Actor, on: date, limit: int) -> Sequence[StockCampaign]:
    """Return campaigns that the actor has to close."""
    return list(db.session.scalars(_to_close(actor, on).order_by(StockCampaign.id).limit(limit)))


def count_to_close(actor: Actor, on: date, most: int) -> int:
    """Return how many campaigns the actor has to close."""
    return count_up_to(_to_close(actor, on).with_only_columns(StockCampaign.id), most)


def open_line_of(asset: Asset) -> StockLine | None:
    """Return the line on which an asset may be counted now."""
    rows = (
        select(StockLine)
        .join(StockSheet, StockSheet.id == StockLine.sheet_id)
        .where(
            StockLine.asset_id == asset.id,
            StockSheet.status == SheetStatus.COUNTING.value,
            StockLine.campaign_id.in_(_RUNNING),
        )
    )
    return db.session.scalar(rows.limit(1))
