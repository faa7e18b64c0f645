"""Entering a card and confirming it: submitted by one person, confirmed by another of the village or township."""

from dataclasses import replace
from datetime import date

from registry.assets.register.cards.index import moving, reindex, summed
from registry.assets.register.cards.linking import hang_on
from registry.assets.register.cards.models import Asset, AssetSerial
from registry.assets.register.cards.parts import (
    add_value_change,
    fill_card,
    rebook_value,
    set_interest,
    set_owners,
    set_relations,
    show_money_and_owners,
)
from registry.assets.register.projects.models import Project
from registry.assets.register.registration import Registration, Stage, ValueKind
from registry.assets.register.rules import check_registration, check_second_person, check_waiting, poverty_fund_fen
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.codes import CATEGORY_LETTERS, asset_number
from registry.database import db
from registry.errors import Conflict, Invalid
from registry.permissions import Actor
from registry.places.queries import get_region, go_live_of, names_of
from registry.text import N_


class RegionEnded(Invalid):
    """Nothing is registered under a unit that no longer exists."""

    message = N_("%(name)s 已撤销，请选择并入后的单位。")


class OwnerUnitUnknown(Invalid):
    """An owner belongs to a unit that we know."""

    message = N_("没有代码为“%(code)s”的单位，请核对所有权人所在单位。")


def units_of(facts: Registration) -> list[str]:
    """Return the units whose logs a card speaks to: its own and its owners'. Raises OwnerUnitUnknown."""
    codes = {owner.region_code for owner in facts.owners} - {"", facts.region_code}
    for code in sorted(codes - set(names_of(codes))):
        raise OwnerUnitUnknown(field="owners", code=code)
    return [facts.region_code, *sorted(codes)]


def register_asset(facts: Registration, *, by: Actor, on: date, project: Project | None = None) -> Asset:
    """Enter an asset as submitted, as one that came of a project if there is one; it waits for its second person.

    Raises what check_registration and hang_on raise.
    """
    asset = add_asset(facts, by=by, on=on)
    if project is not None:
        hang_on(asset, project)
    record(Action.ASSET_SUBMITTED, asset, by=by)
    return asset


def add_asset(facts: Registration, *, by: Actor, on: date, batch_id: int | None = None) -> Asset:
    """Add the rows of a card; the caller records, so that an import writes one event for many."""
    check_registration(facts, on=on)
    region = get_region(facts.region_code)
    if region.ended_on is not None:
        raise RegionEnded(field="region_code", name=region.short)
    asset = Asset(
        region_code=facts.region_code, asset_no=next_number(facts), stage=Stage.SUBMITTED.value,
        original_value_fen=facts.original_value_fen, poverty_fund_fen=poverty_fund_fen(facts.funding),
        entered_by_id=by.id, entered_at=now(), batch_id=batch_id,
        is_legacy=is_legacy(facts.region_code, facts.acquired.day),
    )  # fmt: skip
    fill_card(asset, facts)
    show_money_and_owners(asset, facts)
    db.session.add(asset)
    db.session.flush()
    _add_parts(asset, facts, on=on)
    reindex(asset.id, None, summed(asset))
    return asset


def _add_parts(asset: Asset, facts: Registration, *, on: date) -> None:
    set_owners(asset, facts.owners, on=facts.acquired.day)
    add_value_change(asset, ValueKind.ACQUISITION, facts.original_value_fen, facts.funding, facts.acquired.day, on)
    set_relations(asset, facts)
    set_interest(asset, facts)


def is_legacy(region_code: str, acquired_on: date) -> bool:
    """Say whether an asset was formed before the unit went live."""
    go_live = go_live_of(region_code)
    return go_live is not None and acquired_on < go_live


def serial_prefix(facts: Registration) -> str:
    """Return what the numbers of a unit, category and project year begin with."""
    year = facts.project_year or facts.acquired.day.year
    return f"{facts.region_code}{CATEGORY_LETTERS[facts.category]}{year:04d}"


def next_number(facts: Registration) -> str:
    """Give the next number of the unit, category and project year; never changed, never given twice."""
    year = facts.project_year or facts.acquired.day.year
    prefix = serial_prefix(facts)
    serial = db.session.get(AssetSerial, prefix)
    if serial is None:
        serial = AssetSerial(prefix=prefix, last=0)
        db.session.add(serial)
    serial.last += 1
    return asset_number(facts.region_code, facts.category, year, serial.last)


def confirm_asset(asset: Asset, *, by: Actor, reason: str = "") -> None:
    """Confirm a submitted card as its second person."""
    check_waiting(asset.state)
    check_second_person(asset.entered_by_id, by)
    _move(asset, Stage.CONFIRMED)
    asset.confirmed_by_id, asset.confirmed_at, asset.sent_back_reason = by.id, now(), ""
    record(Action.ASSET_CONFIRMED, asset, by=by, reason=reason)


def send_back(asset: Asset, reason: str, *, by: Actor) -> None:
    """Return a submitted card to the person who entered it, saying what is wrong."""
    check_waiting(asset.state)
    if not reason.strip():
        raise Invalid(N_("退回要写明哪里不对、怎么改。"), field="reason")
    _move(asset, Stage.SENT_BACK)
    asset.sent_back_reason = reason.strip()
    record(Action.ASSET_SENT_BACK, asset, by=by, reason=reason.strip())


def resubmit(asset: Asset, facts: Registration, *, by: Actor, on: date) -> None:
    """Submit a card anew after it was sent back or before anybody confirmed it; number and entry day stay."""
    if asset.state not in {Stage.SENT_BACK, Stage.SUBMITTED}:
        raise Conflict(N_("这项资产已经确认，要改请申请更正。"))
    check_registration(facts, on=on)
    if facts.region_code != asset.region_code:
        raise Invalid(N_("登记单位不能改；登错了单位，请撤销后在正确的单位登记。"), field="region_code")
    with moving([asset]):
        rewrite(asset, facts, on=on)
        asset.stage, asset.entered_by_id, asset.entered_at, asset.sent_back_reason = (
            Stage.SUBMITTED.value, by.id, now(), "",
        )  # fmt: skip
    record(Action.ASSET_RESUBMITTED, asset, by=by)


def rewrite(asset: Asset, facts: Registration, *, on: date, reason: str = "") -> None:
    """Bring a card to what is said of it now; value and money by reversal and new entry, owners by date."""
    rebook_value(asset, facts, on=on, reason=reason)
    fill_card(asset, replace(facts, region_code=asset.region_code))
    set_owners(asset, facts.owners, on=on)
    set_relations(asset, facts)
    set_interest(asset, facts)
    show_money_and_owners(asset, facts)


def withdraw(asset: Asset, reason: str, *, by: Actor) -> None:
    """Take back a card that was never confirmed; the number stays used."""
    if asset.state not in {Stage.SENT_BACK, Stage.SUBMITTED}:
        raise Conflict(N_("已确认的资产不能撤销，只能更正或处置。"))
    _move(asset, Stage.WITHDRAWN)
    record(Action.ASSET_WITHDRAWN, asset, by=by, reason=reason)


def _move(asset: Asset, stage: Stage) -> None:
    with moving([asset]):
        asset.stage = stage.value
