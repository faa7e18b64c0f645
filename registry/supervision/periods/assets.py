"""What a month counts of assets: how they stood, what got title, what was handed over, what yields little."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, true

from registry.assets.register.amendments.past import CardThen, end_of
from registry.assets.register.amendments.standing import earlier, unchanged
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import first_owner
from registry.assets.register.categories import BEHAVIOURS, TitleStatus
from registry.assets.register.registration import Stage
from registry.assets.register.rights.models import TitleChange
from registry.database import db
from registry.kinds import Category
from registry.policy.parameters import Parameter
from registry.regions import Level, level_of
from registry.supervision.periods.counted import Area, Count, counts
from registry.supervision.periods.tables import OWNER_OF, UNUSED, key_of
from registry.supervision.warnings.models import RiskWarning
from registry.supervision.warnings.risks import Risk

_OWNED = frozenset(kind.value for kind in Category if BEHAVIOURS[kind].needs_hand_over)
_UNUSED = frozenset(one.value for one in UNUSED)


@dataclass(frozen=True)
class _Group:
    """Assets of one unit that are alike, how many and of what value."""

    region_code: str
    sector: str
    category: str
    owner_kind: str
    title_status: str
    use_status: str
    handed_over: bool
    waited: bool
    count: int
    value_fen: int


def stood(area: Area, on: date) -> Iterator[Count]:
    """Count the standing assets by category, level of owner, title, hand-over and use."""
    for group in (*_alike(area, on), *_each(area, on)):
        yield from _of_group(group)


def _reach(area: Area) -> ColumnElement[bool]:
    """What a level above the county manages itself lies in no county."""
    return area.holds(Asset.region_code) if level_of(area.code) is Level.MUNICIPALITY else true()


def _accepted_before(area: Area, on: date) -> date:
    """Return the day before which whatever was accepted should have title and be handed over."""
    return on - timedelta(days=area.policy.number(Parameter.TRANSFER_DAYS))


def _alike(area: Area, on: date) -> Iterator[_Group]:
    handed = case((Asset.handed_over_on <= on, 1), else_=0)
    late = and_(Asset.is_legacy.is_(False), Asset.accepted_on < _accepted_before(area, on))
    keys: tuple[Any, ...] = (
        Asset.region_code, Asset.sector, Asset.category, Asset.owner_kind, Asset.title_status, Asset.use_status,
        handed, case((late, 1), else_=0),
    )  # fmt: skip
    sums: Any = select(*keys, func.count(), func.sum(Asset.original_value_fen)).group_by(*keys)
    for row in db.session.execute(sums.where(*unchanged(area.code, _reach(area), on))):
        unit, sector, category, owner, title, use, is_handed, is_late, count, fen = row
        yield _Group(
            unit, sector, category, owner, title, use, bool(is_handed), bool(is_late), int(count), int(fen)
        )  # fmt: skip


def _each(area: Area, on: date) -> Iterator[_Group]:
    limit = _accepted_before(area, on)
    for asset, card in earlier(area.code, _reach(area), on):
        yield _one(asset, card, on, limit)


def _one(asset: Asset, card: CardThen, on: date, limit: date) -> _Group:
    facts = card.facts
    handed = asset.handed_over_on is not None and asset.handed_over_on <= on
    late = not asset.is_legacy and asset.accepted_on is not None and asset.accepted_on < limit
    return _Group(
        facts.region_code, asset.sector, facts.category.value, first_owner(facts.owners).kind.value,
        facts.title_status, facts.use_status, handed, late, 1, facts.original_value_fen,
    )  # fmt: skip


def _of_group(group: _Group) -> Iterator[Count]:
    for block, column in _columns(group):
        value = group.value_fen if column.startswith("v_") else group.count
        if value:
            yield Count(group.region_code, group.sector, key_of(block, column, group.category), value)


def _columns(group: _Group) -> Iterator[tuple[str, str]]:
    """Say in which columns of which blocks a group counts."""
    owner, status, use = OWNER_OF.get(group.owner_kind, "OTHER"), group.title_status, group.use_status
    yield from (("held", f"n_{owner}"), ("held", f"v_{owner}"), ("title", f"n_{status}"), ("title", f"v_{status}"))
    if use in _UNUSED:
        yield from (("idle", f"n_{use}"), ("idle", f"v_{use}"))
    if group.category not in _OWNED:
        return
    yield "title", "n_handed" if group.handed_over else "n_kept"
    if group.waited and status == TitleStatus.UNCONFIRMED:
        yield "title", "late"
    if group.waited and not group.handed_over:
        yield "title", "late_handing"


def confirmed(area: Area, on: date) -> Iterator[Count]:
    """Count how often title was confirmed."""
    keys = (Asset.region_code, Asset.sector, Asset.category)
    rows: Any = (
        select(*keys, func.count())
        .join(TitleChange, TitleChange.asset_id == Asset.id)
        .where(
            area.holds(Asset.region_code), TitleChange.new_status == TitleStatus.CONFIRMED.value,
            TitleChange.title_status != TitleStatus.CONFIRMED.value, TitleChange.changed_on <= on,
        )
    )  # fmt: skip
    return counts("title", ("confirmed",), db.session.execute(rows.group_by(*keys)))


def handed_over(area: Area, on: date) -> Iterator[Count]:
    """Count what was handed over."""
    keys = (Asset.region_code, Asset.sector, Asset.category)
    rows: Any = select(*keys, func.count()).where(
        area.holds(Asset.region_code), Asset.handed_over_on <= on, Asset.stage != Stage.WITHDRAWN.value,
        Asset.opened_on.is_(None), Asset.category.in_(sorted(_OWNED)),
    )  # fmt: skip
    return counts("title", ("handed",), db.session.execute(rows.group_by(*keys)))


def low_yielding(area: Area, on: date) -> Iterator[Count]:
    """Count the assets of which a warning said that they yield too little."""
    keys = (RiskWarning.region_code, RiskWarning.sector, Asset.category)
    rows: Any = (
        select(*keys, func.count())
        .join(Asset, Asset.id == RiskWarning.subject_id)
        .where(
            area.holds(RiskWarning.region_code), RiskWarning.risk == Risk.YIELD_LOW.value, *open_warnings(on)
        )
    )  # fmt: skip
    return counts("idle", ("low",), db.session.execute(rows.group_by(*keys)))


def open_warnings(on: date) -> tuple[ColumnElement[bool], ...]:
    """Say which warnings stood at the end of a day."""
    moment = end_of(on)
    return (RiskWarning.opened_at < moment, RiskWarning.closed_at.is_(None) | (RiskWarning.closed_at >= moment))
