"""Calling a count, freezing its lists, and closing it."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from registry.assets.register.amendments.past import CardThen, cards_on, stood_on
from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import owner_text
from registry.assets.register.registration import Stage
from registry.audit.actions import Action
from registry.audit.services import record
from registry.bulk import add_many
from registry.clock import now
from registry.database import db
from registry.kinds import Category
from registry.permissions import Actor
from registry.places.queries import get_region
from registry.policy.rules import Policy
from registry.regions import Level, code_range
from registry.supervision.stocktaking.models import StockCampaign, StockLine, StockSheet
from registry.supervision.stocktaking.queries import all_sheets, count_of_year, find_running, lacking_assets
from registry.supervision.stocktaking.refusals import (
    AlreadyCountedYear,
    CampaignRunning,
    NothingHeld,
    SheetsMissing,
)
from registry.supervision.stocktaking.rules import (
    CampaignKind,
    CampaignStatus,
    Opening,
    SheetStatus,
    check_counting,
    check_open,
    days_of,
    listed_on,
)
from registry.text import N_

_TITLES = {
    CampaignKind.YEARLY: N_("%(unit)s%(year)s年度扶贫项目资产清查"),
    CampaignKind.SPECIAL: N_("%(unit)s%(year)s年扶贫项目资产专项清查"),
}


def open_campaign(opening: Opening, *, by: Actor, on: date, policy: Policy) -> StockCampaign:
    """Call a count and freeze the list of every unit as the register held it at the cut-off (today, if that is later).

    One event for the campaign and one for each list. What belongs to households is theirs and is not counted.
    Raises CampaignRunning, AlreadyCountedYear, NothingHeld and what days_of raises.
    """
    cutoff_on, report_by = days_of(opening, policy, on)
    _check_free(opening)
    held = held_on(opening.region_code, listed_on(cutoff_on, on))
    if not held:
        raise NothingHeld
    unit = get_region(opening.region_code).short
    campaign = StockCampaign(
        region_code=opening.region_code, number=_number(opening), kind=opening.kind.value, year=opening.year,
        title=_TITLES[opening.kind] % {"unit": unit, "year": opening.year}, basis=opening.basis.strip(),
        cutoff_on=cutoff_on, report_by=report_by, status=CampaignStatus.OPEN.value, opened_by_id=by.id,
        opened_by_text=signature(by), opened_at=now(),
    )  # fmt: skip
    db.session.add(campaign)
    db.session.flush()
    record(Action.STOCKTAKE_OPENED, campaign, by=by, reason=campaign.basis)
    _freeze(campaign, held, listed_on(cutoff_on, on), by)
    return campaign


def _check_free(opening: Opening) -> None:
    running = find_running(opening.region_code)
    if running is not None:
        raise CampaignRunning(title=running.title)
    yearly = opening.kind is CampaignKind.YEARLY
    if yearly and count_of_year(opening.region_code, opening.year, CampaignKind.YEARLY):
        raise AlreadyCountedYear(field="year", year=opening.year)


def _number(opening: Opening) -> str:
    start = f"QC-{opening.region_code[: Level.COUNTY.width]}-{opening.year}"
    if opening.kind is CampaignKind.YEARLY:
        return start
    return f"{start}-Z{count_of_year(opening.region_code, opening.year, CampaignKind.SPECIAL) + 1}"


def held_on(region_code: str, day: date) -> dict[str, list[tuple[Asset, CardThen]]]:
    """Return by unit the confirmed assets that the register held at the end of a day, with what their cards said.

    A unit merged since has no sheet of its own: its assets are counted where they are managed now.
    """
    rows = select(Asset).where(
        Asset.region_code.between(*code_range(region_code)),
        Asset.category != Category.HOUSEHOLD.value,
        stood_on(day, [Stage.CONFIRMED.value]),
    )
    assets = list(db.session.scalars(rows.order_by(Asset.region_code, Asset.asset_no)))
    found: dict[str, list[tuple[Asset, CardThen]]] = {}
    for asset, card in zip(assets, cards_on(assets, day), strict=True):
        if card.stage is Stage.CONFIRMED:
            found.setdefault(asset.region_code, []).append((asset, card))
    return found


def _freeze(campaign: StockCampaign, held: dict[str, list[tuple[Asset, CardThen]]], day: date, by: Actor) -> None:
    for code in sorted(held):
        sheet = StockSheet(
            campaign_id=campaign.id, region_code=code, status=SheetStatus.COUNTING.value, listed_on=day,
            campaign=campaign,
        )  # fmt: skip
        db.session.add(sheet)
        db.session.flush()
        add_many([_line(sheet, asset, card) for asset, card in held[code]])
        record(Action.STOCKTAKE_LISTED, sheet, by=by, facts={"assets": len(held[code])})


def _line(sheet: StockSheet, asset: Asset, card: CardThen) -> StockLine:
    said = card.facts
    return StockLine(
        campaign_id=sheet.campaign_id, sheet_id=sheet.id, region_code=sheet.region_code, asset_id=asset.id,
        asset_no=asset.asset_no, name=said.name, category=said.category.value, sector=asset.sector,
        owner_text=owner_text(said.owners), quantity_milli=said.quantity_milli, unit=said.unit,
        value_fen=said.original_value_fen, place=said.location_detail, custodian=said.custodian,
    )  # fmt: skip


def bring_up(sheet: StockSheet, *, by: Actor, on: date) -> int:
    """Add to a list what was formed since it was made, up to the cut-off; returns how many. Raises NotCounting."""
    check_open(sheet.campaign.state)
    check_counting(sheet.state)
    assets = lacking_assets(sheet, on)
    day = listed_on(sheet.campaign.cutoff_on, on)
    add_many([_line(sheet, asset, card) for asset, card in zip(assets, cards_on(assets, day), strict=True)])
    sheet.listed_on = day
    record(Action.STOCKTAKE_LIST_GREW, sheet, by=by, facts={"assets": len(assets)})
    return len(assets)


def missing_sheets(campaign: StockCampaign) -> Sequence[StockSheet]:
    """Return the sheets that are not in."""
    return [one for one in all_sheets(campaign.id) if one.state is not SheetStatus.RECEIVED]


def close_campaign(campaign: StockCampaign, reason: str, *, by: Actor) -> None:
    """Close a count: when all sheets are in, or naming those that are not, with the reason. After that nothing moves.

    Raises CampaignClosed, SheetsMissing.
    """
    check_open(campaign.state)
    missing = missing_sheets(campaign)
    if missing and not reason.strip():
        raise SheetsMissing(field="reason", count=len(missing))
    campaign.status, campaign.closing_note = CampaignStatus.CLOSED.value, reason.strip()
    campaign.left_out = "、".join(_names(one.region_code for one in missing))
    campaign.closed_by_id, campaign.closed_by_text, campaign.closed_at = by.id, signature(by), now()
    record(Action.STOCKTAKE_CLOSED, campaign, by=by, reason=campaign.closing_note, facts={"missing": len(missing)})


def _names(codes: Iterable[str]) -> list[str]:
    return [get_region(code).short for code in codes]
