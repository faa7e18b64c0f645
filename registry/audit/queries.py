"""Questions about the trail. What a person asks is limited to their scope; the machinery's own questions say so."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import cast

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from registry.audit.actions import Action, Outcome
from registry.audit.answers import Happening, Later, Leafed, Signed, Stored, Told
from registry.audit.asked import Asked, escaped
from registry.audit.canonical import JsonValue, decode
from registry.audit.events import Facts, leaf_hash, naming
from registry.audit.merkle import TILE_LEAVES, TiledLeaves, decode_tile
from registry.audit.models import TrailCheckpoint, TrailEvent, TrailMention, TrailTile
from registry.database import db
from registry.permissions import Actor, Permission, reaches
from registry.regions import CodeRange, Level, code_range, level_of, log_of, log_region

#: How many events are read from the database at a time.
BATCH = 1000


def list_events_of(table: str, key: str, actor: Actor, limit: int) -> list[Happening]:
    """Return the latest events that speak of a thing, newest first, in the logs' regions that the actor reaches."""
    rows = _about({table: (key,)}, actor).order_by(TrailEvent.at.desc(), TrailEvent.seq.desc()).limit(limit)
    return [_happening(row) for row in db.session.scalars(rows)]


def _about(things: Mapping[str, Collection[str]], actor: Actor) -> Select[TrailEvent]:
    held = reaches(actor, Permission.ASSET_READ) + reaches(actor, Permission.TRAIL_READ)
    inside = or_(false(), *(TrailEvent.region_code.between(*reach.codes) for reach in held))
    spoken = [(TrailMention.thing_table == table) & TrailMention.thing_id.in_(keys) for table, keys in things.items()]
    at = (TrailMention.log_id == TrailEvent.log_id) & (TrailMention.seq == TrailEvent.seq)
    return select(TrailEvent).join(TrailMention, at).where(or_(false(), *spoken), inside)


def list_about(things: Mapping[str, Collection[str]], actor: Actor) -> dict[tuple[int, int], Stored]:
    """Return every event that speaks of some things (keys by table), in the regions the actor reaches, in order."""
    found = db.session.scalars(_about(things, actor).order_by(TrailEvent.log_id, TrailEvent.seq))
    return {(row.log_id, row.seq): Stored(row.payload, row.leaf_hash, row.prev) for row in found}


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


def count_of(actor: Actor, actions: Iterable[Action], since: str) -> int:
    """Return how often a person did one of some things since a moment, in whatever log."""
    wanted = TrailEvent.action.in_([one.value for one in actions])
    own = (TrailEvent.actor_id == actor.id, TrailEvent.at >= since, wanted)
    return db.session.scalar(select(func.count()).where(*own)) or 0


# ---- Where logs stand


def list_logs() -> list[int]:
    """Return every log that has an event, in ascending order; each costs one step along the index."""
    found: list[int] = []
    while True:
        following = select(func.min(TrailEvent.log_id)).where(TrailEvent.log_id > (found[-1] if found else 0))
        log_id = db.session.scalar(following)
        if log_id is None:
            return found
        found.append(log_id)


def last_seq(log_id: int) -> int:
    """Return the number of the last event of a log; 0 if there is none."""
    return db.session.scalar(select(func.max(TrailEvent.seq)).where(TrailEvent.log_id == log_id)) or 0


def last_region_seqs(codes: CodeRange) -> dict[str, int]:
    """Return the number of the last event of every region in a range that has any: what completeness is claimed for."""
    latest = select(TrailEvent.region_code, func.max(TrailEvent.region_seq)).where(*_in_range(codes))
    rows = db.session.execute(latest.group_by(TrailEvent.region_code).order_by(TrailEvent.region_code))
    return {code: int(last) for code, last in rows}


def last_seqs(codes: CodeRange) -> dict[int, int]:
    """Return the number of the last event of every log that records events of a range."""
    latest = select(TrailEvent.log_id, func.max(TrailEvent.seq)).where(_logs(codes)).group_by(TrailEvent.log_id)
    return {log_id: int(last) for log_id, last in db.session.execute(latest.order_by(TrailEvent.log_id))}


# ---- What came after a paper


def count_since(seqs: Mapping[int, int], codes: CodeRange, actions: Iterable[Action]) -> int:
    """Return how many events of these kinds came in a range after the given number of each log."""
    return db.session.scalar(select(func.count()).where(*_since(seqs, codes, actions))) or 0


def list_since(seqs: Mapping[int, int], codes: CodeRange, actions: Iterable[Action], limit: int) -> list[Later]:
    """Return the first events of these kinds that came in a range after the given number of each log."""
    rows = select(TrailEvent.at, TrailEvent.action, TrailEvent.thing_table, TrailEvent.thing_id)
    rows = rows.where(*_since(seqs, codes, actions)).order_by(TrailEvent.at, TrailEvent.log_id, TrailEvent.seq)
    return [Later(at, Action(action), table, key) for at, action, table, key in db.session.execute(rows.limit(limit))]


def _logs(codes: CodeRange) -> ColumnElement[bool]:
    return TrailEvent.log_id.between(log_of(codes.low), log_of(codes.high))


def _in_range(codes: CodeRange) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _logs(codes), TrailEvent.region_code.between(*codes)


def _since(seqs: Mapping[int, int], codes: CodeRange, actions: Iterable[Action]) -> tuple[ColumnElement[bool], ...]:
    """A log that had no event then is not in ``seqs``: all of its events are later."""
    known = [and_(TrailEvent.log_id == log_id, TrailEvent.seq > seq) for log_id, seq in seqs.items()]
    later = or_(TrailEvent.log_id.not_in(list(seqs)), *known)
    return (*_in_range(codes), TrailEvent.action.in_([action.value for action in actions]), later)


def find_told(action: Action, table: str, key: str) -> Told | None:
    """Return the first event of this kind about a thing."""
    rows = select(TrailEvent).where(
        TrailEvent.thing_table == table, TrailEvent.thing_id == key, TrailEvent.action == action.value
    )
    return _told(db.session.scalar(rows.order_by(TrailEvent.log_id, TrailEvent.seq).limit(1)))


def find_last_told(log_id: int, table: str, key: str, action: Action, outcome: Outcome) -> Told | None:
    """Return the last event of this kind and outcome about a thing in one log."""
    rows = select(TrailEvent).where(
        TrailEvent.log_id == log_id, TrailEvent.thing_table == table, TrailEvent.thing_id == key,
        TrailEvent.action == action.value, TrailEvent.outcome == outcome.value,
    )  # fmt: skip
    return _told(db.session.scalar(rows.order_by(TrailEvent.seq.desc()).limit(1)))


def find_last_of(log_id: int, action: Action) -> Told | None:
    """Return the last event of this kind in a log."""
    rows = select(TrailEvent).where(TrailEvent.log_id == log_id, TrailEvent.action == action.value)
    return _told(db.session.scalar(rows.order_by(TrailEvent.seq.desc()).limit(1)))


def list_things(log_id: int, table: str, action: Action) -> list[str]:
    """Return the keys of the things of one table that a log has events of this kind about."""
    rows = select(TrailEvent.thing_id).where(
        TrailEvent.log_id == log_id, TrailEvent.thing_table == table, TrailEvent.action == action.value
    )
    return list(db.session.scalars(rows.distinct().order_by(TrailEvent.thing_id)))


def _told(event: TrailEvent | None) -> Told | None:
    if event is None:
        return None
    facts = cast("dict[str, Facts]", json.loads(event.payload))["facts"]
    return Told(event.log_id, event.seq, facts, leaf_hash(event.payload) == event.leaf_hash)


# ---- Checkpoints, leaves and payloads


def find_last_checkpoint(log_id: int) -> Signed | None:
    """Return the newest checkpoint of a log."""
    rows = select(TrailCheckpoint).where(TrailCheckpoint.log_id == log_id).order_by(TrailCheckpoint.size.desc())
    row = db.session.scalar(rows.limit(1))
    return Signed(row.log_id, row.size, row.root, row.at, row.reason, row.note, row.frontier) if row else None


def find_note(log_id: int, size: int) -> str | None:
    """Return the signed checkpoint of a log at a size."""
    return db.session.scalar(select(TrailCheckpoint.note).filter_by(log_id=log_id, size=size))


def list_notes(log_id: int, upto: int) -> list[str]:
    """Return every signed checkpoint of a log up to a size, the smallest first."""
    rows = select(TrailCheckpoint.note).where(TrailCheckpoint.log_id == log_id, TrailCheckpoint.size <= upto)
    return list(db.session.scalars(rows.order_by(TrailCheckpoint.size)))


def list_leaves(log_id: int, after: int, upto: int | None = None) -> list[str]:
    """Return the leaf hashes of a log's events from the one after a number on, in order."""
    rows = select(TrailEvent.leaf_hash).where(TrailEvent.log_id == log_id, TrailEvent.seq > after)
    if upto is not None:
        rows = rows.where(TrailEvent.seq <= upto)
    return list(db.session.scalars(rows.order_by(TrailEvent.seq)))


def tiled_leaves(log_id: int, size: int) -> TiledLeaves:
    """Return the first leaves of a log as a checkpoint of this size left them: whole tiles, and the rest by event."""
    tiles = size // TILE_LEAVES
    tail = [bytes.fromhex(leaf) for leaf in list_leaves(log_id, tiles * TILE_LEAVES, size)]
    return TiledLeaves(lambda index: _tile(log_id, index), tiles, tail)


def _tile(log_id: int, index: int) -> list[bytes]:
    stored = select(TrailTile.hashes).where(TrailTile.log_id == log_id, TrailTile.tile_index == index)
    return decode_tile(db.session.scalars(stored).one())


def stream_payloads(log_id: int, size: int, after: int = 0) -> Iterator[str]:
    """Yield the stored bytes of a log's events up to a number in order, a batch in memory at a time."""
    for start in range(after, size, BATCH):
        rows = select(TrailEvent.payload).where(
            TrailEvent.log_id == log_id, TrailEvent.seq > start, TrailEvent.seq <= min(start + BATCH, size)
        )
        yield from db.session.scalars(rows.order_by(TrailEvent.seq)).all()


def find_telling(log_id: int, table: str, key: str) -> str | None:
    """Return the bytes of an event of a log that changed a row."""
    inside = TrailEvent.payload.like(f"%{naming(escaped(table), escaped(key))}%", escape="\\")
    return db.session.scalar(select(TrailEvent.payload).where(TrailEvent.log_id == log_id, inside).limit(1))


# ---- What a person reads


def list_events(log_id: int, asked: Asked, reach: Sequence[CodeRange], limit: int) -> Leafed:
    """Return one page of a log's events within the reach that fit what was asked, the newest first."""
    rows = select(TrailEvent.payload).where(TrailEvent.log_id == log_id, *_fitting(log_id, asked))
    if not any(
        codes.low <= log_region(log_id) and code_range(log_region(log_id)).high <= codes.high for codes in reach
    ):
        rows = rows.where(or_(false(), *(TrailEvent.region_code.between(*codes) for codes in reach)))
    if asked.thing:
        rows = rows.join(
            TrailMention, and_(TrailMention.log_id == TrailEvent.log_id, TrailMention.seq == TrailEvent.seq)
        )
        rows = rows.where(TrailMention.thing_table == asked.thing[0], TrailMention.thing_id == asked.thing[1])
    # In one village numbers within the village rise as the log's do, and have an index.
    number = TrailEvent.region_seq if asked.region and level_of(asked.region) is Level.VILLAGE else TrailEvent.seq
    rows = rows.order_by(number.desc() if asked.after is None else number).limit(limit + 1)
    found = list(db.session.scalars(rows))
    more, shown = len(found) > limit, found[:limit]
    if asked.after is not None:
        return Leafed(tuple(reversed(shown)), newer=more, older=True)
    return Leafed(tuple(shown), newer=asked.before is not None, older=more)


def _fitting(log_id: int, asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.region:
        low, high = code_range(asked.region)
        yield TrailEvent.region_code == low if low == high else TrailEvent.region_code.between(low, high)
    if asked.action:
        yield TrailEvent.action == asked.action.value
    if asked.who:
        yield TrailEvent.payload.like(f'%"name":"%{escaped(asked.who)}%","post":%', escape="\\")
    if asked.since:
        yield TrailEvent.seq > _last_before(log_id, asked.since)
    if asked.until:
        yield TrailEvent.seq <= _last_before(log_id, asked.until)
    if asked.after:
        yield TrailEvent.seq > asked.after
    if asked.before:
        yield TrailEvent.seq < asked.before


def _last_before(log_id: int, moment: str) -> int:
    """Return the number of the last event before a moment, by halving: the times of a log rise with its numbers."""
    low, high = 0, last_seq(log_id)
    while low < high:
        middle = (low + high + 1) // 2
        at = db.session.scalar(select(TrailEvent.at).where(TrailEvent.log_id == log_id, TrailEvent.seq == middle))
        low, high = (middle, high) if str(at) < moment else (low, middle - 1)
    return low


def list_regions(log_id: int) -> list[str]:
    """Return the regions that have events in a log, in ascending order; each costs one step along the index."""
    here = TrailEvent.log_id == log_id
    found = select(func.min(TrailEvent.region_code).label("code")).where(here).cte("found", recursive=True)
    following = select(func.min(TrailEvent.region_code)).where(here, TrailEvent.region_code > found.c.code)
    found = found.union_all(select(following.scalar_subquery()).where(found.c.code.is_not(None)))
    return list(db.session.scalars(select(found.c.code).where(found.c.code.is_not(None))))


def find_event(log_id: int, seq: int, reach: Sequence[CodeRange]) -> Stored | None:
    """Return one event as stored, if it lies within the reach."""
    row = db.session.get(TrailEvent, (log_id, seq))
    if row is None or not any(low <= row.region_code <= high for low, high in reach):
        return None
    return Stored(row.payload, row.leaf_hash, row.prev)


def list_mentions(log_id: int, after: int, upto: int) -> set[tuple[int, str, str]]:
    """Return number, table and key of everything that some consecutive events are listed under."""
    rows = select(TrailMention.seq, TrailMention.thing_table, TrailMention.thing_id).where(
        TrailMention.log_id == log_id, TrailMention.seq > after, TrailMention.seq <= upto
    )
    return {(seq, table, key) for seq, table, key in db.session.execute(rows)}
