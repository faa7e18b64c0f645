"""The one filter under every query: which rows an actor may see or touch with a permission."""

from dataclasses import dataclass
from typing import Any, Protocol, cast

from sqlalchemy import ColumnElement, and_, false, not_, or_

from registry.changes import Audited
from registry.permissions import Actor, Permission, Reach, reaches
from registry.regions import CodeRange, Level, ancestor, code_range, level_of

#: What a co-owner may do with an asset that another unit manages: look at it, and take that away on paper.
SHARED_RIGHTS = frozenset({Permission.ASSET_READ, Permission.ASSET_EXPORT, Permission.PRINT, Permission.LEDGER_READ})


class Shared(Protocol):
    """A model whose rows are seen from other units too, or are in a person's own care (assets)."""

    @classmethod
    def co_owned_in(cls, codes: CodeRange) -> ColumnElement[bool]: ...

    @classmethod
    def cared_for_by(cls, user_id: int | None) -> ColumnElement[bool]: ...


def within(model: type[Audited], actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Return the condition that keeps the rows of ``model`` the actor reaches with this permission; nothing if none."""
    parts = [_part(model, reach, actor, permission) for reach in reaches(actor, permission)]
    return or_(*parts) if parts else false()


def below(model: type[Audited], actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Return within(), less the rows of the very units the actor sits in: what only a level above may decide."""
    column: Any = model.region_code
    parts = [
        and_(_part(model, reach, actor, permission), column != reach.codes.low) for reach in reaches(actor, permission)
    ]
    return or_(*parts) if parts else false()


def within_county(model: type[Audited], actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Return within(), and the rows of the county an actor's unit lies in: what a county does with all its units."""
    column: Any = model.region_code
    held = [reach.codes.low for reach in reaches(actor, permission)]
    counties = {ancestor(code, Level.COUNTY) for code in held if level_of(code).depth >= Level.COUNTY.depth}
    return or_(within(model, actor, permission), column.in_(sorted(counties)))


def _part(model: type[Audited], reach: Reach, actor: Actor, permission: Permission) -> ColumnElement[bool]:
    column: Any = model.region_code
    here: ColumnElement[bool] = column.between(*reach.codes)
    if _shared_into(model, reach, permission):
        here = or_(here, cast("type[Shared]", model).co_owned_in(reach.codes))
    return _narrowed(here, model, reach, actor)


def _shared_into(model: type[Audited], reach: Reach, permission: Permission) -> bool:
    """Say whether rows managed elsewhere may be seen from this reach; nothing lies outside the municipality."""
    known = hasattr(model, "co_owned_in") and permission in SHARED_RIGHTS
    return known and level_of(reach.codes.low) is not Level.MUNICIPALITY


def _narrowed(here: ColumnElement[bool], model: type[Audited], reach: Reach, actor: Actor) -> ColumnElement[bool]:
    if reach.own_only:
        shared = cast("type[Shared]", model)
        here = and_(here, shared.cared_for_by(actor.id)) if hasattr(model, "cared_for_by") else false()
    if reach.sector is None:
        return here
    sector: Any = getattr(model, "sector", None)
    return and_(here, sector == reach.sector) if sector is not None else false()


@dataclass(frozen=True)
class Stretch:
    """One part of what an actor reaches: rows managed in its units, or rows managed elsewhere and shared into them."""

    condition: ColumnElement[bool]
    reach: Reach
    foreign: bool

    @property
    def is_summed(self) -> bool:
        """Whether it holds every row that the units manage, or every one of its sector, so that kept sums answer."""
        return not self.foreign and not self.reach.own_only

    @property
    def is_plain(self) -> bool:
        """Whether it holds every row that the units manage."""
        return self.is_summed and self.reach.sector is None


def whole_reach(region_code: str, actor: Actor, permission: Permission) -> Reach | None:
    """Return the reach in which an actor sees every row a unit manages, or every one of a sector and no other, if any.

    Kept sums answer for it, those of its sector where it is narrowed to one.
    """
    low, high = code_range(region_code)
    touching = [one for one in reaches(actor, permission) if one.codes.low <= high and low <= one.codes.high]
    whole = [one for one in touching if one.codes.low <= low and high <= one.codes.high and not one.own_only]
    plain = [one for one in whole if one.sector is None]
    return plain[0] if plain else whole[0] if len(touching) == len(whole) == 1 else None


def stretches(model: type[Audited], actor: Actor, permission: Permission) -> list[Stretch]:
    """Return within() cut into conditions that each walk one index; their union is within(), rows may repeat."""
    found = []
    column: Any = model.region_code
    for reach in reaches(actor, permission):
        here = column.between(*reach.codes)
        found.append(Stretch(_narrowed(here, model, reach, actor), reach, foreign=False))
        if _shared_into(model, reach, permission):
            abroad = and_(cast("type[Shared]", model).co_owned_in(reach.codes), not_(here))
            found.append(Stretch(_narrowed(abroad, model, reach, actor), reach, foreign=True))
    return found
