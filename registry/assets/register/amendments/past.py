"""A card as it stood at the end of a day in the past.

Two kinds of facts, one rule each. What has a day of its own counts from that day, whenever it was written down: a
change of value, an owner, a merger of units. What has none (name, use, title, category …, and a value put right)
counts as it stood on the card that day: a correction changes nothing before the day it was decided. For a day before
the card was entered nothing stood anywhere, so such facts are those of today.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import selectinload

from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.rules import CorrectionKind, CorrectionStatus
from registry.assets.register.cards.models import Asset, AssetOwner, AssetRelation, Interest, ValueChange
from registry.assets.register.cards.parts import RelationKind, plan_of
from registry.assets.register.cards.readback import owner_of, said_of
from registry.assets.register.cards.schemas import registration_from_json
from registry.assets.register.depreciation import DepreciationPlan
from registry.assets.register.registration import FundingFact, Registration, Stage, ValueKind
from registry.assets.register.rights.models import TitleChange, UseChange
from registry.assets.register.rules import netted
from registry.clock import local, start_of
from registry.database import db
from registry.places.queries import list_successions
from registry.places.rules import Successions, unit_on
from registry.regions import CODE_LENGTH

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CardThen:
    """What a card said at the end of a day, in which unit it stood, and what had made it worth that much."""

    id: int
    asset_no: str
    stage: Stage
    facts: Registration
    plan: DepreciationPlan
    owners: tuple[AssetOwner, ...]
    changes: tuple[ValueChange, ...]


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over in China."""
    return start_of(day + timedelta(days=1))


def changed_since(day: date) -> ColumnElement[bool]:
    """Say which assets may have stood otherwise at the end of a day than they stand now, mergers aside."""
    dated = ValueChange.kind.not_in((ValueKind.CORRECTION, ValueKind.ACQUISITION)) & (ValueChange.effective_on > day)
    put_right = (ValueChange.kind == ValueKind.CORRECTION) & (ValueChange.recorded_on > day)
    revalued = exists().where(ValueChange.asset_id == Asset.id, or_(dated, put_right))
    handed_over = exists().where(
        AssetOwner.asset_id == Asset.id, or_(AssetOwner.valid_from > day, AssetOwner.valid_to > day)
    )
    corrected = exists().where(Correction.asset_id == Asset.id, *_decided_after(day))
    retitled = exists().where(TitleChange.asset_id == Asset.id, TitleChange.changed_on > day)
    reused = exists().where(UseChange.asset_id == Asset.id, UseChange.changed_on > day)
    confirmed = and_(Asset.confirmed_at.is_not(None), Asset.confirmed_at >= end_of(day))
    stood = or_(corrected, confirmed, retitled, reused)
    return or_(revalued, handed_over, _closed_after(day), and_(Asset.entered_at < end_of(day), stood))


def _closed_after(day: date) -> ColumnElement[bool]:
    """Say which cards ended after a day; said so that it is never unknown, because it is also asked in the negative."""
    return and_(Asset.closed_on.is_not(None), Asset.closed_on > day)


def stood_on(day: date, stages: Sequence[str]) -> ColumnElement[bool]:
    """Say which assets stood in the register at the end of a day, having one of these stages today or an end later.

    A card entered by the day had been formed by then; one that came of others stands from the day it came of them.
    """
    formed = or_(Asset.acquired_on <= day, Asset.entered_at < end_of(day))
    begun = or_(Asset.opened_on.is_(None), Asset.opened_on <= day)
    return and_(or_(Asset.stage.in_(stages), _closed_after(day)), formed, begun)


def _decided_after(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Correction.status == CorrectionStatus.APPLIED.value,
        Correction.kind == CorrectionKind.CORRECTION.value,
        Correction.decided_at >= end_of(day),
    )


def card_on(asset: Asset, day: date) -> CardThen:
    """Return a card as it stood at the end of a day."""
    return cards_on([asset], day)[0]


def cards_on(assets: Sequence[Asset], day: date) -> list[CardThen]:
    """Return cards as they stood at the end of a day, a few questions for every 500 of them."""
    successions = list_successions()
    found: list[CardThen] = []
    for start in range(0, len(assets), _AT_ONCE):
        some = assets[start : start + _AT_ONCE]
        read = _read([asset.id for asset in some], day)
        found += [_card(asset, read, day, successions) for asset in some]
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything that hangs on some cards, by asset; of corrections only what stood before the first later one."""

    before: dict[int, tuple[datetime, str]]
    titles: dict[int, TitleChange]
    uses: dict[int, UseChange]
    changes: dict[int, list[ValueChange]]
    owners: dict[int, list[AssetOwner]]
    relations: dict[int, list[AssetRelation]]
    interests: dict[int, list[Interest]]


def _read(ids: Sequence[int], day: date) -> _Read:
    told = (Correction.asset_id, Correction.decided_at, Correction.content)
    later = select(*told).where(Correction.asset_id.in_(ids), *_decided_after(day))
    latest_first = later.order_by(Correction.decided_at.desc(), Correction.id.desc())
    before = {row.asset_id: (row.decided_at, row.content) for row in db.session.execute(latest_first)}
    titles = select(TitleChange).where(TitleChange.asset_id.in_(ids), TitleChange.changed_on > day)
    uses = select(UseChange).where(UseChange.asset_id.in_(ids), UseChange.changed_on > day)
    changes = select(ValueChange).where(ValueChange.asset_id.in_(ids)).order_by(ValueChange.id)
    owners = select(AssetOwner).where(AssetOwner.asset_id.in_(ids))
    by_share = owners.order_by(AssetOwner.share_bp.desc(), AssetOwner.id)
    kept = AssetRelation.kind.in_((RelationKind.CUSTODIAN.value, RelationKind.OPERATOR.value))
    relations = select(AssetRelation).where(
        AssetRelation.asset_id.in_(ids), or_(AssetRelation.valid_to.is_(None), kept)
    )
    return _Read(
        before,
        {row.asset_id: row for row in db.session.scalars(titles.order_by(TitleChange.id.desc()))},
        {row.asset_id: row for row in db.session.scalars(uses.order_by(UseChange.id.desc()))},
        _by_asset(db.session.scalars(changes.options(selectinload(ValueChange.lines)))),
        _by_asset(db.session.scalars(by_share)),
        _by_asset(db.session.scalars(relations.order_by(AssetRelation.id))),
        _by_asset(db.session.scalars(select(Interest).where(Interest.asset_id.in_(ids)))),
    )


def _by_asset(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.asset_id].append(row)
    return found


def _card(asset: Asset, read: _Read, day: date, successions: Successions) -> CardThen:
    entered = local(asset.entered_at).date() <= day
    changes = tuple(one for one in read.changes[asset.id] if _counts(one, day, entered=entered))
    owners = _owners_on(read.owners[asset.id], day)
    said = _said(asset, read, entered=entered)
    facts = replace(
        said,
        custodian=_held_by(said.custodian, RelationKind.CUSTODIAN, read.relations[asset.id], day),
        operator=_held_by(said.operator, RelationKind.OPERATOR, read.relations[asset.id], day),
        region_code=_unit(asset, day, successions),
        original_value_fen=sum(one.amount_fen for one in changes),
        owners=tuple(map(owner_of, owners)),
        funding=_money(changes),
    )
    waited = entered and asset.confirmed_at is not None and local(asset.confirmed_at).date() > day
    stands = asset.closed_on is not None and asset.closed_on > day
    stage = Stage.SUBMITTED if waited else Stage.CONFIRMED if stands else asset.state
    return CardThen(asset.id, asset.asset_no, stage, facts, plan_of(facts, changes), owners, changes)


def _counts(change: ValueChange, day: date, *, entered: bool) -> bool:
    """Say whether a change of value counts on a day; what was put right later was as it was."""
    if change.kind == ValueKind.CORRECTION:
        return change.recorded_on <= day or not entered
    return change.effective_on <= day or change.kind == ValueKind.ACQUISITION


def _owners_on(rows: Sequence[AssetOwner], day: date) -> tuple[AssetOwner, ...]:
    """Return who held the asset on a day; before the first owner of all, that one."""
    held = tuple(row for row in rows if row.valid_from <= day and (row.valid_to is None or day < row.valid_to))
    first = min((row.valid_from for row in rows), default=day)
    return held or tuple(row for row in rows if row.valid_from == first)


def _said(asset: Asset, read: _Read, *, entered: bool) -> Registration:
    """Return what the columns without a day of their own said; owners and money are put in by their days."""
    title, (decided_at, content) = read.titles.get(asset.id), read.before.get(asset.id, (None, ""))
    use = read.uses.get(asset.id)
    if entered and content:
        before = registration_from_json({**json.loads(content)["before"], "owners": [], "funding": []})
        # The earlier of the two says how far title was on the day; a correction keeps the title of its own moment.
        return _reused(_retitled(before, _earlier(title, decided_at)), _earlier(use, decided_at))
    held = [row for row in read.relations[asset.id] if row.valid_to is None]
    relations = {RelationKind(row.kind): row.name for row in held}
    said = said_of(asset, (), (), relations, next(iter(read.interests[asset.id]), None))
    return _reused(_retitled(said, title if entered else None), use if entered else None)


Remembered = TypeVar("Remembered", TitleChange, UseChange)


def _earlier(change: Remembered | None, decided_at: datetime | None) -> Remembered | None:
    """Return what was remembered if it is older than the correction."""
    return change if change and decided_at and change.changed_at < decided_at else None


def _reused(said: Registration, before: UseChange | None) -> Registration:
    """Return what was said, with use, mode and class as they were before a change."""
    if before is None:
        return said
    return replace(
        said, use_status=before.use_status, operating_mode=before.operating_mode,
        industry_class=before.industry_class,
    )  # fmt: skip


def _retitled(said: Registration, before: TitleChange | None) -> Registration:
    """Return what was said, with title as it was before a change."""
    if before is None:
        return said
    return replace(
        said, title_status=before.title_status, certificate_kind=before.certificate_kind,
        certificate_number=before.certificate_number, certificate_on=before.certificate_on,
        accounting_system=before.accounting_system,
    )  # fmt: skip


def _held_by(said: str, kind: RelationKind, rows: Sequence[AssetRelation], day: date) -> str:
    """Return who looked after or ran the asset on a day: a paper counts from its day, until then what the card said."""
    kept = [row for row in rows if row.kind == kind]
    first = min((row.valid_from for row in kept if row.basis), default=None)
    if first is None:
        return said
    held = [row.name for row in kept if row.valid_from <= day and (row.valid_to is None or day < row.valid_to)]
    return held[-1] if held else ""


def _unit(asset: Asset, day: date, successions: Successions) -> str:
    """Return the unit a card stood in: its number names the first, mergers led on from there."""
    first = asset.asset_no[:CODE_LENGTH]
    is_followed = unit_on(first, date.max, successions) == asset.region_code
    return unit_on(first, day, successions) if is_followed else asset.region_code


def _money(changes: Iterable[ValueChange]) -> tuple[FundingFact, ...]:
    return netted(line.fact for one in changes for line in one.lines)
