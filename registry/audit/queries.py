"""Questions about the trail; always limited to the asker's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import or_, select

from registry.audit.actions import Action, Outcome
from registry.audit.canonical import JsonValue, decode
from registry.audit.models import TrailEvent, TrailMention
from registry.database import db
from registry.permissions import Actor, Permission, reaches


@dataclass(frozen=True)
class Happening:
    """One event in plain values: when, what, who, why, how it ended."""

    log_id: int
    seq: int
    at: str
    action: Action
    outcome: Outcome
    who: str
    post: str
    unit_name: str
    reason: str


def list_events_of(table: str, key: str, actor: Actor, limit: int) -> list[Happening]:
    """Return the latest events that speak of a thing, newest first, in the logs' regions that the actor reaches."""
    held = reaches(actor, Permission.ASSET_READ) + reaches(actor, Permission.TRAIL_READ)
    inside = or_(*(TrailEvent.region_code.between(*reach.codes) for reach in held))
    rows = (
        select(TrailEvent)
        .join(TrailMention, (TrailMention.log_id == TrailEvent.log_id) & (TrailMention.seq == TrailEvent.seq))
        .where(TrailMention.thing_table == table, TrailMention.thing_id == key, inside)
        .order_by(TrailEvent.at.desc(), TrailEvent.seq.desc())
        .limit(limit)
    )
    return [_happening(row) for row in db.session.scalars(rows)] if held else []


def _happening(row: TrailEvent) -> Happening:
    told = cast("dict[str, JsonValue]", decode(row.payload))
    actor = cast("dict[str, JsonValue]", told["actor"])
    return Happening(
        row.log_id, row.seq, row.at, Action(row.action), Outcome(row.outcome),
        str(actor["name"]), str(actor["post"]), str(actor["unit_name"]), str(told["reason"]),
    )  # fmt: skip


def list_latest_of(actor: Actor, limit: int, *, without: Sequence[str]) -> list[TrailEvent]:
    """Return a person's own latest events, the newest first, without the actions named."""
    rows = select(TrailEvent).where(TrailEvent.actor_id == actor.id, TrailEvent.action.not_in(without))
    return list(db.session.scalars(rows.order_by(TrailEvent.at.desc()).limit(limit)))
