"""Questions about one unit's part of a log: the events filed under it, and those filed elsewhere that touch its rows.

The machinery's own questions, for evidence that somebody else verifies; who may ask has been asked already.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, func, or_, select

from registry.audit.actions import Action
from registry.audit.models import TrailEvent, TrailMention
from registry.audit.queries import BATCH, list_logs
from registry.clock import start_of
from registry.database import db, moment_text
from registry.regions import CodeRange, code_range, is_code, level_of, log_of


class Asks(Protocol):
    """A session, or a connection that holds one snapshot of the database."""

    def execute(self, statement: Any) -> Any: ...


@dataclass(frozen=True)
class ScopedEvent:
    """One event: its number, unit, number there, moment, and stored bytes."""

    seq: int
    region_code: str
    region_seq: int
    at: str
    payload: str


def stream_scoped(
    log_id: int, region: str, upto: int, *, after: int = 0, asks: Asks | None = None
) -> Iterator[ScopedEvent]:
    """Yield the events of a log that are filed under a unit or speak of its rows, in order, a batch at a time."""
    wanted = or_(TrailEvent.region_code.between(*code_range(region)), _speaks_of(region))
    columns = (TrailEvent.seq, TrailEvent.region_code, TrailEvent.region_seq, TrailEvent.at, TrailEvent.payload)
    here = (TrailEvent.log_id == log_id, TrailEvent.seq <= upto)
    while True:
        rows = select(*columns).where(*here, TrailEvent.seq > after, wanted).order_by(TrailEvent.seq).limit(BATCH)
        found = [ScopedEvent(*row) for row in (asks or db.session).execute(rows)]
        yield from found
        if len(found) < BATCH:
            return
        after = found[-1].seq


def _speaks_of(region: str) -> ColumnElement[bool]:
    """Say whether the bytes name a row that a unit below this one manages; more may be named than is meant."""
    needle = f'"region_code":"{region[: level_of(region).width]}'
    position = func.strpos if db.engine.dialect.name == "postgresql" else func.instr
    return position(TrailEvent.payload, needle) > 0


def is_whole_log(log_id: int, region: str, upto: int) -> bool:
    """Say whether every event of a log is filed under a unit."""
    low, high = code_range(region)
    outside = or_(TrailEvent.region_code < low, TrailEvent.region_code > high)
    here = (TrailEvent.log_id == log_id, TrailEvent.seq <= upto)
    return db.session.scalar(select(TrailEvent.seq).where(*here, outside).limit(1)) is None


def count_scoped(log_id: int, codes: CodeRange) -> int:
    """Return how many events are filed under a stretch of units, as a measure of the work ahead."""
    rows = select(func.count()).where(TrailEvent.log_id == log_id, TrailEvent.region_code.between(*codes))
    return db.session.scalar(rows) or 0


def list_merged_into(log_id: int, region: str) -> list[int]:
    """Return the other logs into whose units a unit below this one was merged."""
    rows = select(TrailEvent.payload).where(
        TrailEvent.log_id == log_id,
        TrailEvent.region_code.between(*code_range(region)),
        TrailEvent.action == Action.REGION_MERGED.value,
    )
    into = {str(_facts(payload).get("into", "")) for payload in db.session.scalars(rows)}
    return sorted({log_of(code) for code in into if is_code(code)} - {log_id})


def _facts(payload: str) -> dict[str, Any]:
    return dict(json.loads(payload)["facts"])


def list_witnessed(log_id: int) -> list[tuple[int, str]]:
    """Return the sizes of a log that the municipality's log has witnessed, and when, the earliest first."""
    rows = select(TrailEvent.at, TrailEvent.payload).where(
        TrailEvent.action == Action.WITNESSED.value, TrailEvent.thing_table == "log", TrailEvent.thing_id == str(log_id)
    )
    found = []
    for at, payload in db.session.execute(rows.order_by(TrailEvent.at)):
        for note in _facts(payload).get("witnessed", []):
            origin, size, *_rest = [*str(note).split("\n", 2), ""]
            if origin.endswith(f"/{log_id}") and size.isdigit():
                found.append((int(size), str(at)))
    return found


# ---- What people did, for papers


@dataclass(frozen=True)
class Wanted:
    """Deeds in a unit and below from one day to another, both included; of one person or of some kinds if asked."""

    region: str
    since: date
    until: date
    person_id: int = 0
    actions: Collection[Action] = ()

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on events."""
        end = moment_text(start_of(self.until + timedelta(days=1)))
        found = [
            TrailEvent.region_code.between(*code_range(self.region)),
            TrailEvent.at >= moment_text(start_of(self.since)),
            TrailEvent.at < end,
        ]
        if self.person_id:
            found.append(TrailEvent.actor_id == self.person_id)
        if self.actions:
            found.append(TrailEvent.action.in_([action.value for action in self.actions]))
        return found


def _logs_in(region: str) -> list[int]:
    low, high = code_range(region)
    return [log_id for log_id in list_logs() if log_of(low) <= log_id <= log_of(high)]


def stream_done(wanted: Wanted) -> Iterator[str]:
    """Yield the stored bytes of the deeds wanted, log by log in their order, a batch at a time."""
    for log_id in _logs_in(wanted.region):
        after = 0
        while True:
            rows = select(TrailEvent.seq, TrailEvent.payload).where(
                TrailEvent.log_id == log_id, TrailEvent.seq > after, *wanted.conditions()
            )
            found = db.session.execute(rows.order_by(TrailEvent.seq).limit(BATCH)).all()
            yield from (payload for _seq, payload in found)
            if len(found) < BATCH:
                break
            after = found[-1][0]


def count_done(wanted: Wanted) -> int:
    """Return how many deeds are wanted."""
    here = TrailEvent.log_id.in_(_logs_in(wanted.region))
    return db.session.scalar(select(func.count()).select_from(TrailEvent).where(here, *wanted.conditions())) or 0


def stream_about(table: str, key: str, until: str = "") -> Iterator[ScopedEvent]:
    """Yield every event that speaks of a thing, log by log in their order; those before a moment if it is given."""
    columns = (TrailEvent.seq, TrailEvent.region_code, TrailEvent.region_seq, TrailEvent.at, TrailEvent.payload)
    at = (TrailMention.log_id == TrailEvent.log_id) & (TrailMention.seq == TrailEvent.seq)
    rows = select(*columns).join(TrailMention, at)
    rows = rows.where(TrailMention.thing_table == table, TrailMention.thing_id == key)
    rows = rows.where(TrailEvent.at < until) if until else rows
    for row in db.session.execute(rows.order_by(TrailEvent.at, TrailEvent.log_id, TrailEvent.seq)).all():
        yield ScopedEvent(*row)
