"""Splitting an asset and merging several, passing one on, forming one from others: new cards, and old ones that end.

The history of the money goes over with its days: every change of value is repeated on the new cards in proportion, so
value, funding and depreciation of the parts are those of the whole. A card that passes on to another unit takes all of
it along under a number of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from registry.assets.register.cards.index import moving, reindex, summed
from registry.assets.register.cards.models import Asset, ValueChange
from registry.assets.register.cards.parts import (
    add_value_change,
    current_owners,
    fill_card,
    set_interest,
    set_relations,
    show_money_and_owners,
    value_changes,
)
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.services import next_number
from registry.assets.register.categories import TitleStatus
from registry.assets.register.registration import WHOLE_BP, FundingFact, OwnerFact, Registration, Stage, ValueKind
from registry.assets.register.rights.models import AssetLineage
from registry.assets.register.rights.rules import LineageKind, Part, apportioned, check_alike, check_parts
from registry.assets.register.rights.services import Holder, change_owners, mark_handed_over
from registry.assets.register.rules import netted, poverty_fund_fen
from registry.clock import now
from registry.database import db
from registry.parties.models import Party
from registry.permissions import Actor


@dataclass(frozen=True)
class _Money:
    """One change of value to repeat on a new card."""

    kind: ValueKind
    effective_on: date
    reason: str
    document_no: str
    lines: tuple[FundingFact, ...]

    @property
    def amount_fen(self) -> int:
        return sum(line.amount_fen for line in self.lines)


def split_asset(asset: Asset, parts: Sequence[Part], *, by: Actor, on: date) -> list[Asset]:
    """Make several assets of one. Raises what check_parts raises."""
    check_parts(asset.original_value_fen, asset.quantity_milli, parts)
    facts = registration_of(asset)
    shares = _shared(value_changes(asset.id), [part.value_fen for part in parts])
    children = []
    for part, money in zip(parts, shares, strict=True):
        said = replace(
            facts, name=part.name.strip(), short_name="", quantity_milli=part.quantity_milli,
            original_value_fen=part.value_fen, certificate_kind="", certificate_number="", certificate_on=None,
        )  # fmt: skip
        child = _open(said, money, asset, _holders(asset), by=by, on=on)
        _link(asset, child, LineageKind.SPLIT, part.value_fen, part.quantity_milli, on)
        children.append(child)
    close_cards([asset], Stage.SUPERSEDED, on=on)
    return children


def merge_assets(assets: Sequence[Asset], name: str, *, by: Actor, on: date) -> Asset:
    """Make one asset of several. Raises NotAlike, TooFewParts."""
    facts = [registration_of(asset) for asset in assets]
    check_alike(facts)
    changes = sorted((one for asset in assets for one in value_changes(asset.id)), key=lambda one: one.effective_on)
    quantities = [one.quantity_milli for one in facts]
    said = replace(
        facts[0], name=name.strip(), short_name="", certificate_kind="", certificate_number="", certificate_on=None,
        quantity_milli=None if None in quantities else sum(one or 0 for one in quantities),
        original_value_fen=sum(one.original_value_fen for one in facts),
        acquired=min((one.acquired for one in facts), key=lambda one: one.day),
    )  # fmt: skip
    child = _open(said, [_money(one) for one in changes], assets[0], _holders(assets[0]), by=by, on=on)
    for asset in assets:
        link_cards(asset, child, LineageKind.MERGER, on=on)
    close_cards(assets, Stage.SUPERSEDED, on=on)
    return child


def pass_on(asset: Asset, to: Party, *, by: Actor, on: date) -> Asset:
    """Open a card in the unit of whoever an asset passes to, with all its history; title and custody begin anew.

    The old card is closed by the case that passes it on.
    """
    said = replace(
        registration_of(asset), region_code=to.region_code, owners=(OwnerFact(to.owner_kind, to.name),), custodian="",
        operator="", supervisor="", title_status=TitleStatus.UNCONFIRMED.value, certificate_kind="",
        certificate_number="", certificate_on=None, accounting_system="NONE", publicity="NOT_YET",
    )  # fmt: skip
    money = [_money(one) for one in value_changes(asset.id)]
    child = _open(said, money, asset, [Holder(to, WHOLE_BP)], by=by, on=on)
    mark_handed_over([child], on=on)
    link_cards(asset, child, LineageKind.ALLOCATION, on=on)
    return child


def form_from(assets: Sequence[Asset], facts: Registration, kind: LineageKind, *, by: Actor, on: date) -> Asset:
    """Open a card for what assets became, confirmed, held by the same; its money is what is said of it."""
    money = _Money(ValueKind.ACQUISITION, on, kind.label, "", facts.funding)
    child = _open(facts, [money], assets[0], _holders(assets[0]), by=by, on=on)
    for asset in assets:
        link_cards(asset, child, kind, on=on)
    return child


def _holders(asset: Asset) -> list[Holder]:
    return [Holder(row.party, row.share_bp) for row in current_owners(asset.id)]


def _money(change: ValueChange) -> _Money:
    lines = tuple(line.fact for line in change.lines)
    return _Money(ValueKind(change.kind), change.effective_on, change.reason, change.document_no, lines)


def _shared(changes: Sequence[ValueChange], weights: Sequence[int]) -> list[list[_Money]]:
    """Return the changes of value of each part: every money line shared out to the last fen."""
    lines = [line.fact for change in changes for line in change.lines]
    rows = iter(apportioned([line.amount_fen for line in lines], weights))
    found: list[list[_Money]] = [[] for _ in weights]
    for change in changes:
        whole = _money(change)
        shared = [(line, next(rows)) for line in whole.lines]
        for place, money in enumerate(found):
            own = tuple(replace(line, amount_fen=row[place]) for line, row in shared if row[place])
            money.append(replace(whole, lines=own))
    return found


def _open(
    facts: Registration, money: Sequence[_Money], like: Asset, holders: Sequence[Holder], *, by: Actor, on: date
) -> Asset:
    """Enter a card that came of others: confirmed like them, standing from this day on."""
    moment = now()
    facts = replace(facts, funding=netted(line for one in money for line in one.lines))
    asset = Asset(
        region_code=facts.region_code, asset_no=next_number(facts), stage=Stage.CONFIRMED.value,
        original_value_fen=facts.original_value_fen, poverty_fund_fen=poverty_fund_fen(facts.funding),
        project_id=like.project_id, is_legacy=like.is_legacy, handed_over_on=like.handed_over_on, opened_on=on,
        entered_by_id=by.id, entered_at=moment, confirmed_by_id=by.id, confirmed_at=moment,
    )  # fmt: skip
    fill_card(asset, facts)
    show_money_and_owners(asset, facts)
    db.session.add(asset)
    db.session.flush()
    reindex(asset.id, None, summed(asset))
    change_owners([(asset, holders)], on=on)
    for one in money:
        add_value_change(
            asset, one.kind, one.amount_fen, one.lines, one.effective_on, on, one.reason, one.document_no
        )  # fmt: skip
    set_relations(asset, facts)
    set_interest(asset, facts)
    db.session.flush()
    # Once more, now that the changes of value that bend the line are there.
    fill_card(asset, facts)
    return asset


def link_cards(parent: Asset, child: Asset, kind: LineageKind, *, on: date) -> None:
    """Remember that one asset came of the whole of another."""
    _link(parent, child, kind, parent.original_value_fen, parent.quantity_milli, on)


def _link(parent: Asset, child: Asset, kind: LineageKind, value_fen: int, quantity_milli: int | None, on: date) -> None:
    row = AssetLineage(
        parent_id=parent.id, child_id=child.id, region_code=child.region_code, kind=kind.value, took_place_on=on,
        value_fen=value_fen, quantity_milli=quantity_milli,
    )  # fmt: skip
    db.session.add(row)


def close_cards(assets: Sequence[Asset], stage: Stage, *, on: date) -> None:
    """Let cards end on a day: others took their place, or they were disposed of; sums and search follow."""
    with moving(assets):
        for asset in assets:
            asset.stage, asset.closed_on = stage.value, on
