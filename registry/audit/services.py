"""Writing the trail: ``record()`` beside every change, and signed checkpoints after the commit."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlalchemy.orm import Session

from registry import config
from registry.audit.actions import Action, Outcome
from registry.audit.checkpoint import Checkpoint, VerifierKey, sign, verify
from registry.audit.events import GENESIS, Deed, Facts, Place, Thing, home_region, leaf_hash, mentions, payload
from registry.audit.keys import origin, service_key
from registry.audit.merkle import TILE_LEAVES, Frontier
from registry.audit.models import TrailCheckpoint, TrailEvent, TrailMention, TrailTile
from registry.changes import Audited, Change
from registry.clock import now
from registry.database import NotInTransaction, db, moment_text, request_id, transaction
from registry.engines import sync_file
from registry.errors import RegistryError
from registry.permissions import Actor
from registry.regions import CodeRange, log_of, log_region

#: A checkpoint is due after this many events, or after a day.
CHECKPOINT_EVENTS = 1000


@dataclass(frozen=True)
class Recorded:
    """Where an event came to stand."""

    log_id: int
    seq: int
    at: str


def record(
    action: Action,
    thing: Audited | Thing,
    *,
    by: Actor,
    reason: str = "",
    content: str | None = None,
    facts: Facts | None = None,
    outcome: Outcome = Outcome.DONE,
) -> Recorded:
    """Write what this deed changed, and who did it and why, as one event in each log it touched.

    Takes up every audited row flushed since the last record(). Returns the event in the thing's own log.
    Raises NotInTransaction when a log it needs is not locked.
    """
    session = db.session()
    if "locked" not in session.info:
        raise NotInTransaction
    session.flush()
    subject = thing if isinstance(thing, Thing) else thing_of(thing)
    deed = Deed(action, subject, by, moment_text(now()), uuid4().hex, request_id.get(), reason, content, outcome)
    home = log_of(subject.region_code)
    by_log: dict[int, list[Change]] = {home: []}
    for change in session.info["changes"].values():
        by_log.setdefault(log_of(change.region_code), []).append(change)
    session.info["changes"].clear()
    if not session.info["locked"].issuperset(by_log):
        raise NotInTransaction
    written = {log_id: _append(session, deed, log_id, by_log[log_id], facts or {}) for log_id in sorted(by_log)}
    return written[home]


def thing_of(row: Audited) -> Thing:
    """Name a row for the trail."""
    table: str = row.__tablename__  # type: ignore[attr-defined]
    key: object = getattr(row, "id", None) or getattr(row, "code", None)
    return Thing(table, str(key), row.region_code)


def _append(session: Session, deed: Deed, log_id: int, changes: list[Change], facts: Facts) -> Recorded:
    region = home_region(deed, log_id, changes, log_of(deed.thing.region_code))
    head = session.execute(
        select(TrailEvent.seq, TrailEvent.leaf_hash)
        .where(TrailEvent.log_id == log_id)
        .order_by(TrailEvent.seq.desc())
        .limit(1)
    ).first()
    seq, prev = (head.seq + 1, head.leaf_hash) if head else (1, GENESIS)
    place = Place(log_id, seq, prev, region, last_region_seq(log_id, region) + 1)
    text = payload(deed, place, changes, facts)
    session.execute(
        insert(TrailEvent),
        {
            "log_id": log_id,
            "seq": seq,
            "prev": prev,
            "leaf_hash": leaf_hash(text),
            "payload": text,
            "region_code": region,
            "region_seq": place.region_seq,
            "at": deed.at,
            "actor_id": deed.by.id,
            "action": deed.action.value,
            "thing_table": deed.thing.table,
            "thing_id": deed.thing.id,
            "deed_id": deed.deed_id,
            "request_id": deed.request_id,
            "outcome": deed.outcome.value,
        },
    )
    spoken = [
        {"log_id": log_id, "seq": seq, "thing_table": table, "thing_id": key}
        for table, key in sorted(mentions(deed.thing, changes))
    ]
    session.execute(insert(TrailMention), spoken)
    return Recorded(log_id, seq, deed.at)


def last_region_seq(log_id: int, region_code: str) -> int:
    """Return the number of the last event of a region in its log; 0 if there is none."""
    latest = select(func.max(TrailEvent.region_seq)).where(
        TrailEvent.log_id == log_id, TrailEvent.region_code == region_code
    )
    return db.session.scalar(latest) or 0


def last_region_seqs(codes: CodeRange) -> dict[str, int]:
    """Return the number of the last event of every region in a range that has any: what completeness is claimed for."""
    latest = select(TrailEvent.region_code, func.max(TrailEvent.region_seq)).where(*_in_range(codes))
    rows = db.session.execute(latest.group_by(TrailEvent.region_code).order_by(TrailEvent.region_code))
    return {code: int(last) for code, last in rows}


def last_seqs(codes: CodeRange) -> dict[int, int]:
    """Return the number of the last event of every log that records events of a range."""
    latest = select(TrailEvent.log_id, func.max(TrailEvent.seq)).where(_logs(codes)).group_by(TrailEvent.log_id)
    return {log_id: int(last) for log_id, last in db.session.execute(latest.order_by(TrailEvent.log_id))}


@dataclass(frozen=True)
class Later:
    """An event that came after a paper was read."""

    at: str
    action: Action
    thing_table: str
    thing_id: str


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


@dataclass(frozen=True)
class Told:
    """What the trail holds of one deed: where it stands, what it says, and whether its bytes are those recorded."""

    log_id: int
    seq: int
    facts: Facts
    is_whole: bool


def find_told(action: Action, table: str, key: str) -> Told | None:
    """Return the first event of this kind about a thing."""
    rows = select(TrailEvent).where(
        TrailEvent.thing_table == table, TrailEvent.thing_id == key, TrailEvent.action == action.value
    )
    event = db.session.scalar(rows.order_by(TrailEvent.log_id, TrailEvent.seq).limit(1))
    if event is None:
        return None
    facts = cast("dict[str, Facts]", json.loads(event.payload))["facts"]
    return Told(event.log_id, event.seq, facts, leaf_hash(event.payload) == event.leaf_hash)


def find_note(log_id: int, size: int) -> str | None:
    """Return the signed checkpoint of a log at a size."""
    return db.session.scalar(
        select(TrailCheckpoint.note).where(TrailCheckpoint.log_id == log_id, TrailCheckpoint.size == size)
    )


def is_signed_here(note: str, log_id: int) -> bool:
    """Say whether this service's own key signed a checkpoint of a log."""
    name = origin(config.current(), log_id)
    try:
        return verify(note, [VerifierKey.of(service_key(config.current()), name)]).origin == name
    except RegistryError:
        return False


def make_checkpoint(log_id: int, reason: str) -> str | None:
    """Sign the present size and root of a log, commit, then replace its file beside the database.

    Returns the signed note, None for an empty log. A size that has its checkpoint already is not signed again.
    """
    with transaction(log_region(log_id)):
        note = _sign_head(db.session(), log_id, reason)
    if note:
        keep_note(log_id, note)
    return note


def _sign_head(session: Session, log_id: int, reason: str) -> str | None:
    last = session.scalar(
        select(TrailCheckpoint).where(TrailCheckpoint.log_id == log_id).order_by(TrailCheckpoint.size.desc()).limit(1)
    )
    frontier = Frontier.decode(last.frontier) if last else Frontier()
    leaves = _leaves_after(session, log_id, frontier.size - frontier.size % TILE_LEAVES)
    fresh = leaves[frontier.size % TILE_LEAVES :]
    if not fresh:
        return last.note if last else None
    first_tile = frontier.size // TILE_LEAVES
    for leaf in fresh:
        frontier.append(bytes.fromhex(leaf))
    root = frontier.root()
    key, name = service_key(config.current()), origin(config.current(), log_id)
    note = sign(Checkpoint(name, frontier.size, root).body(), key, name)
    session.execute(
        insert(TrailCheckpoint),
        {
            "log_id": log_id, "size": frontier.size, "root": root.hex(), "note": note,
            "at": moment_text(now()), "reason": reason, "frontier": frontier.encode(),
        },
    )  # fmt: skip
    tiles = [
        {"log_id": log_id, "tile_index": first_tile + number, "hashes": "".join(chunk)}
        for number, chunk in enumerate(_whole_tiles(leaves))
    ]
    if tiles:
        session.execute(insert(TrailTile), tiles)
    return note


def _leaves_after(session: Session, log_id: int, size: int) -> list[str]:
    rows = select(TrailEvent.leaf_hash).where(TrailEvent.log_id == log_id, TrailEvent.seq > size)
    return list(session.scalars(rows.order_by(TrailEvent.seq)))


def _whole_tiles(leaves: list[str]) -> Iterable[list[str]]:
    return (leaves[start : start + TILE_LEAVES] for start in range(0, len(leaves) - TILE_LEAVES + 1, TILE_LEAVES))


def keep_note(log_id: int, note: str) -> None:
    """Replace the checkpoint file of a log beside the database, so that an older database is noticed."""
    folder = config.current().checkpoints
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{log_id}.{os.getpid()}"
    fresh.write_text(note, "utf-8")
    sync_file(fresh)
    fresh.replace(folder / str(log_id))
    sync_file(folder / str(log_id))
