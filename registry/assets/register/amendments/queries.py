"""Questions about corrections, history and remarks."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from registry.assets.register.amendments.models import Comment, Correction, LegacyFact
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.scope import below, within


def get_correction(correction_id: int, actor: Actor, permission: Permission) -> Correction:
    """Return a correction within the actor's reach; raises Missing."""
    rows = select(Correction).where(Correction.id == correction_id, within(Correction, actor, permission))
    correction = db.session.scalar(rows)
    if correction is None:
        raise Missing
    return correction


def list_corrections(asset_id: int) -> list[Correction]:
    """Return the corrections of an asset, oldest first."""
    rows = select(Correction).where(Correction.asset_id == asset_id).order_by(Correction.id)
    return list(db.session.scalars(rows))


def find_open_correction(asset_id: int) -> Correction | None:
    """Return the change of an asset that waits for the level above."""
    rows = select(Correction).where(Correction.asset_id == asset_id, Correction.status == "WAITING")
    return db.session.scalar(rows.limit(1))


def _waiting_corrections(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        Correction.status == "WAITING",
        below(Correction, actor, Permission.CORRECTION_CONFIRM),
        Correction.asked_by_id.is_distinct_from(actor.id),
    )


def list_waiting_corrections(actor: Actor, limit: int = 50) -> Sequence[Correction]:
    """Return changes that the actor may confirm, the oldest first; one's own are somebody else's work."""
    rows = select(Correction).where(*_waiting_corrections(actor))
    return list(db.session.scalars(rows.order_by(Correction.asked_at, Correction.id).limit(limit)))


def count_waiting_corrections(actor: Actor, most: int) -> int:
    """Return how many changes the actor may confirm, counting up to a number."""
    return count_up_to(select(Correction.id).where(*_waiting_corrections(actor)), most)


def _own_corrections(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return Correction.asked_by_id == actor.id, Correction.status == "WAITING"


def list_own_corrections(actor: Actor, limit: int = 50) -> Sequence[Correction]:
    """Return the actor's own changes that wait for others, the oldest first."""
    rows = select(Correction).where(*_own_corrections(actor))
    return list(db.session.scalars(rows.order_by(Correction.asked_at, Correction.id).limit(limit)))


def count_own_corrections(actor: Actor, most: int) -> int:
    """Return how many of the actor's own changes wait for others, counting up to a number."""
    return count_up_to(select(Correction.id).where(*_own_corrections(actor)), most)


def list_legacy_facts(asset_id: int) -> list[LegacyFact]:
    """Return what was entered of an asset's past, by date."""
    rows = select(LegacyFact).where(LegacyFact.asset_id == asset_id).order_by(LegacyFact.fact_on, LegacyFact.id)
    return list(db.session.scalars(rows))


def _waiting_legacy(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        LegacyFact.confirmed_at.is_(None),
        within(LegacyFact, actor, Permission.ASSET_CONFIRM),
        LegacyFact.entered_by_id.is_distinct_from(actor.id),
    )


def list_waiting_legacy(actor: Actor, limit: int = 50) -> Sequence[LegacyFact]:
    """Return entries of history that wait for a second person other than the asker."""
    rows = select(LegacyFact).where(*_waiting_legacy(actor))
    return list(db.session.scalars(rows.order_by(LegacyFact.id).limit(limit)))


def count_waiting_legacy(actor: Actor, most: int) -> int:
    """Return how many entries of history wait for a second person other than the asker, counting up to a number."""
    return count_up_to(select(LegacyFact.id).where(*_waiting_legacy(actor)), most)


def get_legacy_fact(fact_id: int, actor: Actor) -> LegacyFact:
    """Return an entry of history the actor may confirm; raises Missing."""
    rows = select(LegacyFact).where(LegacyFact.id == fact_id, within(LegacyFact, actor, Permission.ASSET_CONFIRM))
    fact = db.session.scalar(rows)
    if fact is None:
        raise Missing
    return fact


def list_comments(asset_id: int) -> list[Comment]:
    """Return the remarks on an asset, oldest first."""
    return list(db.session.scalars(select(Comment).where(Comment.asset_id == asset_id).order_by(Comment.id)))
