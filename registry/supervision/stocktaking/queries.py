"""Questions about counts; what lies outside the asker's reach does not exist (404)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager

from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.database import db
from registry.errors import Missing
from registry.kinds import Category
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within, within_county
from registry.supervision.stocktaking.models import StockCampaign, StockDifference, StockLine, StockMark, StockSheet
from registry.supervision.stocktaking.rules import CampaignKind, CampaignStatus, DifferenceState, Outcome

PAGE_ROWS = 50
_READ = Permission.ASSET_READ
TABLE = "stock_sheet"


# ---- Campaigns


def get_campaign(campaign_id: int, actor: Actor, permission: Permission = _READ) -> StockCampaign:
    """Return a campaign that concerns the actor (or that they may open and close); raises Missing."""
    reached = (within_county if permission is _READ else within)(StockCampaign, actor, permission)
    found = db.session.scalar(select(StockCampaign).where(StockCampaign.id == campaign_id, reached))
    if found is None:
        raise Missing
    return found


def list_campaigns(actor: Actor, *, before: int = 0, limit: int = PAGE_ROWS) -> list[StockCampaign]:
    """Return campaigns, the newest first; one more than a page to show that there are more."""
    rows = select(StockCampaign).where(within_county(StockCampaign, actor, _READ))
    rows = rows.where(StockCampaign.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(StockCampaign.id.desc()).limit(limit + 1)))


def find_running(county: str) -> StockCampaign | None:
    """Return the campaign of a county that is not closed."""
    rows = select(StockCampaign).where(
        StockCampaign.region_code == county, StockCampaign.status == CampaignStatus.OPEN.value
    )
    return db.session.scalar(rows.limit(1))


def count_of_year(county: str, year: int, kind: CampaignKind) -> int:
    """Return how many campaigns of a kind a county called for a year."""
    rows = select(func.count()).where(
        StockCampaign.region_code == county, StockCampaign.year == year, StockCampaign.kind == kind.value
    )
    return db.session.scalar(rows) or 0


# ---- Sheets


def get_sheet(sheet_id: int, actor: Actor, permission: Permission = _READ) -> StockSheet:
    """Return a sheet within the actor's reach; raises Missing. A sector sees lines, not sheets."""
    found = db.session.scalar(
        select(StockSheet).where(StockSheet.id == sheet_id, within(StockSheet, actor, permission))
    )
    if found is None:
        raise Missing
    return found


def list_sheets(campaign_id: int, region_code: str, actor: Actor) -> list[StockSheet]:
    """Return the sheets of a campaign in a unit and below, by unit."""
    rows = select(StockSheet).where(
        StockSheet.campaign_id == campaign_id,
        StockSheet.region_code.between(*code_range(region_code)),
        within(StockSheet, actor, _READ),
    )
    return list(db.session.scalars(rows.order_by(StockSheet.region_code, StockSheet.id)))


def all_sheets(campaign_id: int) -> list[StockSheet]:
    """Return every sheet of a campaign, by unit, for who closes it."""
    rows = select(StockSheet).where(StockSheet.campaign_id == campaign_id)
    return list(db.session.scalars(rows.order_by(StockSheet.region_code, StockSheet.id)))


def counters_of(sheet_id: int) -> dict[int | None, str]:
    """Return who counted on a sheet: account and name."""
    rows = select(StockMark.by_id, func.max(StockMark.by_text)).where(StockMark.sheet_id == sheet_id)
    return {key: str(text) for key, text in db.session.execute(rows.group_by(StockMark.by_id))}


def count_uncounted(sheet_id: int) -> int:
    """Return how many lines of a sheet nobody has counted."""
    rows = select(func.count()).where(StockLine.sheet_id == sheet_id, StockLine.outcome == "")
    return db.session.scalar(rows) or 0


def lacking_assets(sheet: StockSheet, on: date) -> list[Asset]:
    """Return the assets of a unit that were formed after its list was made, up to the cut-off, and stand on no line.

    What was formed earlier and entered later was outside the books when the list was made: it is a surplus.
    """
    until = min(sheet.campaign.cutoff_on, on)
    listed = exists().where(StockLine.asset_id == Asset.id, StockLine.campaign_id == sheet.campaign_id)
    rows = select(Asset).where(
        Asset.region_code == sheet.region_code,
        Asset.stage == Stage.CONFIRMED.value,
        Asset.category != Category.HOUSEHOLD.value,
        Asset.acquired_on > sheet.listed_on,
        Asset.acquired_on <= until,
        ~listed,
    )
    return list(db.session.scalars(rows.order_by(Asset.id)))


# ---- Lines and marks


@dataclass(frozen=True)
class LineFilter:
    """Which lines a list shows: of a sheet, or of a campaign in a unit and below. ``outcome`` "" is not counted."""

    campaign_id: int
    sheet_id: int | None = None
    region_code: str = ""
    outcome: str | None = None
    different: bool = False
    text: str = ""
    mine: bool = False


def _lines(wanted: LineFilter, actor: Actor) -> list[ColumnElement[bool]]:
    found = [within(StockLine, actor, _READ), StockLine.campaign_id == wanted.campaign_id]
    if wanted.sheet_id is not None:
        found.append(StockLine.sheet_id == wanted.sheet_id)
    if wanted.region_code:
        found.append(StockLine.region_code.between(*code_range(wanted.region_code)))
    if wanted.outcome is not None:
        found.append(StockLine.outcome == wanted.outcome)
    if wanted.different:
        found.append(StockLine.is_different.is_(True))
    if wanted.mine:
        found.append(StockLine.cared_for_by(actor.id))
    if wanted.text:
        named = StockLine.name.contains(wanted.text, autoescape=True)
        found.append(or_(named, StockLine.asset_no == wanted.text))
    return found


#: Where a list goes on: after this unit and line.
Place = tuple[str, int]


def list_lines(
    wanted: LineFilter, actor: Actor, *, after: Place | None = None, limit: int = PAGE_ROWS
) -> list[StockLine]:
    """Return lines by unit and entry; one more than a page to show that there are more."""
    rows = select(StockLine).where(*_lines(wanted, actor))
    if wanted.sheet_id is not None:
        rows = rows.where(StockLine.id > after[1]) if after else rows
        ordered = rows.order_by(StockLine.id)
    else:
        rows = rows.where(tuple_(StockLine.region_code, StockLine.id) > after) if after else rows
        ordered = rows.order_by(StockLine.region_code, StockLine.id)
    return list(db.session.scalars(ordered.limit(limit + 1)))


def read_place(text: str) -> Place | None:
    """Read where a list goes on, unit and line: 500240213203~17. Raises Missing."""
    if not text:
        return None
    code, _tilde, key = text.partition("~")
    if not (code.isascii() and code.isdigit() and key.isascii() and key.isdigit() and len(key) < 16):
        raise Missing
    return code, int(key)


def place_text(line: StockLine) -> str:
    """Write where a list goes on after a line."""
    return f"{line.region_code}~{line.id}"


def list_listed(sheet_id: int) -> list[StockLine]:
    """Return what a list was made of, without what was found beyond it, for its paper."""
    rows = select(StockLine).where(StockLine.sheet_id == sheet_id, StockLine.asset_id.is_not(None))
    return list(db.session.scalars(rows.order_by(StockLine.id)))


def get_line(line_id: int, actor: Actor, permission: Permission = _READ) -> StockLine:
    """Return a line within the actor's reach, with its sheet; raises Missing."""
    found = db.session.scalar(_with_sheet().where(StockLine.id == line_id, within(StockLine, actor, permission)))
    if found is None:
        raise Missing
    return found


def _with_sheet() -> Select[StockLine]:
    return select(StockLine).join(StockLine.sheet).options(contains_eager(StockLine.sheet))


def lines_of_asset(asset_id: int, limit: int = PAGE_ROWS) -> list[StockLine]:
    """Return what every campaign said of an asset the caller may see, the newest first."""
    rows = _with_sheet().where(StockLine.asset_id == asset_id).order_by(StockLine.id.desc())
    return list(db.session.scalars(rows.limit(limit)))


def lines_telling_of(asset_id: int) -> list[StockLine]:
    """Return every line that tells of an asset the caller may see: where it was expected, or met beyond the list."""
    met = select(StockDifference.line_id).where(StockDifference.asset_id == asset_id)
    rows = _with_sheet().where(or_(StockLine.asset_id == asset_id, StockLine.id.in_(met)))
    return list(db.session.scalars(rows.order_by(StockLine.id)))


def sheets_open_to(sheet_ids: Collection[int], actor: Actor) -> set[int]:
    """Return which of these sheets a reader may open."""
    rows = select(StockSheet.id).where(StockSheet.id.in_(sheet_ids), within(StockSheet, actor, _READ))
    return set(db.session.scalars(rows)) if sheet_ids else set()


def list_marks(line_ids: Sequence[int]) -> list[StockMark]:
    """Return every mark of these lines, the newest first: what was replaced stays readable."""
    rows = select(StockMark).where(StockMark.line_id.in_(line_ids))
    return list(db.session.scalars(rows.order_by(StockMark.counted_at.desc(), StockMark.id.desc())))


def get_mark(mark_id: int, line: StockLine) -> StockMark:
    """Return a mark of a line; raises Missing."""
    found = db.session.scalar(select(StockMark).where(StockMark.id == mark_id, StockMark.line_id == line.id))
    if found is None:
        raise Missing
    return found


# ---- Differences


@dataclass(frozen=True)
class DifferenceFilter:
    """Which differences a list shows: of a sheet, or of a campaign in a unit and below."""

    campaign_id: int
    sheet_id: int | None = None
    region_code: str = ""
    state: DifferenceState | None = None
    outcome: Outcome | None = None


def get_difference(difference_id: int, actor: Actor, permission: Permission = _READ) -> StockDifference:
    """Return a difference within the actor's reach; raises Missing."""
    rows = select(StockDifference).where(
        StockDifference.id == difference_id, within(StockDifference, actor, permission)
    )
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def list_differences(
    wanted: DifferenceFilter, actor: Actor, *, after: Place | None = None, limit: int = PAGE_ROWS
) -> list[StockDifference]:
    """Return differences by unit and entry; one more than a page to show that there are more."""
    rows = select(StockDifference).where(
        StockDifference.campaign_id == wanted.campaign_id, within(StockDifference, actor, _READ)
    )
    if wanted.sheet_id is not None:
        rows = rows.where(StockDifference.sheet_id == wanted.sheet_id)
    if wanted.region_code:
        rows = rows.where(StockDifference.region_code.between(*code_range(wanted.region_code)))
    if wanted.state:
        rows = rows.where(StockDifference.state == wanted.state.value)
    if wanted.outcome:
        rows = rows.where(StockDifference.outcome == wanted.outcome.value)
    if after:
        rows = rows.where(tuple_(StockDifference.region_code, StockDifference.id) > after)
    ordered = rows.order_by(StockDifference.region_code, StockDifference.id)
    return list(db.session.scalars(ordered.limit(limit + 1)))


def differences_of(sheet_id: int) -> list[StockDifference]:
    """Return every difference of a sheet, in the order of its lines."""
    rows = select(StockDifference).where(StockDifference.sheet_id == sheet_id).order_by(StockDifference.line_id)
    return list(db.session.scalars(rows))


def find_difference(line_id: int) -> StockDifference | None:
    """Return the difference of a line."""
    return db.session.scalar(select(StockDifference).where(StockDifference.line_id == line_id))
