"""The one filter under every query: which rows an actor may see or touch with a permission."""

from typing import Any, Protocol, cast

from sqlalchemy import ColumnElement, and_, false, or_

from registry.changes import Audited
from registry.permissions import Actor, Permission, Reach, reaches
from registry.regions import CodeRange


class Shared(Protocol):
    """A model whose rows are seen from other units too, or are in a person's own care (assets)."""

    @classmethod
    def co_owned_in(cls, codes: CodeRange) -> ColumnElement[bool]: ...

    @classmethod
    def cared_for_by(cls, user_id: int | None) -> ColumnElement[bool]: ...


def within(model: type[Audited], actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Return the condition that keeps the rows of ``model`` the actor reaches with this permission; nothing if none."""
    parts = [_part(model, reach, actor) for reach in reaches(actor, permission)]
    return or_(*parts) if parts else false()


def _part(model: type[Audited], reach: Reach, actor: Actor) -> ColumnElement[bool]:
    column: Any = model.region_code
    here: ColumnElement[bool] = column.between(*reach.codes)
    if hasattr(model, "co_owned_in"):
        shared = cast("type[Shared]", model)
        here = or_(here, shared.co_owned_in(reach.codes))
        if reach.own_only:
            here = and_(here, shared.cared_for_by(actor.id))
    elif reach.own_only:
        return false()
    if reach.sector is None:
        return here
    sector: Any = getattr(model, "sector", None)
    return and_(here, sector == reach.sector) if sector is not None else false()
