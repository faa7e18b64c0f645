"""Changing who holds assets and how far their title is, for many at once. No permission, no event: the case records."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.assets.register.cards.index import moving
from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.cards.parts import owner_text
from registry.assets.register.categories import AccountingSystem, TitleStatus
from registry.assets.register.registration import OwnerFact
from registry.assets.register.rights.models import TitleChange
from registry.clock import now
from registry.database import db
from registry.parties.models import Party


@dataclass(frozen=True)
class Holder:
    """A party with its share in basis points."""

    party: Party
    share_bp: int


@dataclass(frozen=True)
class Certificate:
    """What a card says of its certificate."""

    kind: str
    number: str
    issued_on: date


def change_owners(wanted: Sequence[tuple[Asset, Sequence[Holder]]], *, on: date) -> None:
    """Let assets be held by these from a day on; owners that stay are left as they are, the others end that day."""
    held = _held([asset.id for asset, _ in wanted])
    for asset, holders in wanted:
        leaving = {(row.party_id, row.share_bp): row for row in held[asset.id]}
        for holder in holders:
            if leaving.pop((holder.party.id, holder.share_bp), None) is None:
                db.session.add(_owner(asset, holder, on))
        for row in leaving.values():
            row.valid_to = max(on, row.valid_from)
    _show_owners(wanted)


def _held(asset_ids: Sequence[int]) -> dict[int, list[AssetOwner]]:
    found: dict[int, list[AssetOwner]] = defaultdict(list)
    rows = select(AssetOwner).where(AssetOwner.asset_id.in_(asset_ids), AssetOwner.valid_to.is_(None))
    for row in db.session.scalars(rows.order_by(AssetOwner.share_bp.desc(), AssetOwner.id)):
        found[row.asset_id].append(row)
    return found


def _owner(asset: Asset, holder: Holder, on: date) -> AssetOwner:
    party = holder.party
    return AssetOwner(
        asset_id=asset.id, region_code=asset.region_code, party_id=party.id, share_bp=holder.share_bp, valid_from=on,
        foreign_region=party.region_code if party.region_code != asset.region_code else None, party=party,
    )  # fmt: skip


def _show_owners(held: Sequence[tuple[Asset, Sequence[Holder]]]) -> None:
    """Write into the cards what lists show of their owners."""
    with moving([asset for asset, _ in held]):
        for asset, holders in held:
            facts = [OwnerFact(one.party.owner_kind, one.party.name, one.share_bp) for one in holders]
            asset.owner_text = owner_text(facts)
            asset.owner_kind = min(facts, key=lambda fact: (-fact.share_bp, fact.name)).kind.value


def rename_owner(assets: Sequence[Asset]) -> None:
    """Write a holder's new name into the cards that show it."""
    held = _held([asset.id for asset in assets])
    _show_owners([(asset, [Holder(row.party, row.share_bp) for row in held[asset.id]]) for asset in assets])


def set_title(assets: Sequence[Asset], status: TitleStatus, *, on: date) -> None:
    """Say how far the title of assets is; what they said before is remembered with the day."""
    changed = [asset for asset in assets if asset.title_status != status.value]
    with moving(changed):
        for asset in changed:
            _remember(asset, status.value, on)
            asset.title_status = status.value


def set_certificate(asset: Asset, certificate: Certificate | None, *, on: date) -> None:
    """Write a certificate into a card, or take a void one out."""
    _remember(asset, asset.title_status, on)
    asset.certificate_kind = certificate.kind if certificate else ""
    asset.certificate_number = certificate.number if certificate else ""
    asset.certificate_on = certificate.issued_on if certificate else None


def enter_system(assets: Sequence[tuple[Asset, str]], system: AccountingSystem, *, on: date) -> None:
    """Note under which number an asset-management system carries each asset."""
    for asset, number in assets:
        if asset.accounting_system != system.value:
            _remember(asset, asset.title_status, on)
            asset.accounting_system = system.value
        asset.accounting_number = number


def mark_handed_over(assets: Sequence[Asset], *, on: date) -> None:
    """Note from which day assets are in the hands of their first owner."""
    with moving(assets):
        for asset in assets:
            asset.handed_over_on = on


def _remember(asset: Asset, new_status: str, on: date) -> None:
    change = TitleChange(
        asset_id=asset.id, region_code=asset.region_code, changed_on=on, changed_at=now(),
        title_status=asset.title_status, certificate_kind=asset.certificate_kind,
        certificate_number=asset.certificate_number, certificate_on=asset.certificate_on,
        accounting_system=asset.accounting_system, new_status=new_status,
    )  # fmt: skip
    db.session.add(change)
