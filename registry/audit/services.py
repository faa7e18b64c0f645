"""Writing the trail: ``record()`` beside every change, and signed checkpoints after the commit."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from uuid import uuid4

from sqlalchemy import Table, bindparam, func, insert, inspect, select
from sqlalchemy.orm import Session

from registry import config
from registry.audit.actions import Action, Outcome
from registry.audit.checkpoint import Checkpoint, sign
from registry.audit.events import GENESIS, Deed, Facts, Place, Thing, home_region, leaf_hash, mentions, payload
from registry.audit.keys import fingerprint, origin, service_key
from registry.audit.merkle import TILE_LEAVES, Frontier
from registry.audit.models import TrailCheckpoint, TrailEvent, TrailMention, TrailTile
from registry.audit.queries import find_last_checkpoint, last_seq, list_leaves
from registry.changes import Audited, Change
from registry.clock import now
from registry.database import NotInTransaction, db, moment_text, request_id, transaction
from registry.engines import sync_file
from registry.permissions import Actor, system_actor
from registry.regions import log_of, log_region

# Said once and for all, and to the tables themselves: these run with every write.
_OF_REGION = (
    select(func.max(TrailEvent.region_seq))
    .where(TrailEvent.log_id == bindparam("log"), TrailEvent.region_code == bindparam("region"))
    .correlate(None)
)
_HEAD = (
    select(TrailEvent.seq, TrailEvent.leaf_hash, _OF_REGION.scalar_subquery().label("region_seq"))
    .where(TrailEvent.log_id == bindparam("log"))
    .order_by(TrailEvent.seq.desc())
    .limit(1)
)
_ADD_EVENT = insert(cast("Table", TrailEvent.__table__))
_ADD_MENTION = insert(cast("Table", TrailMention.__table__))


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
    left = {
        log_of(str(change.before["region_code"])) for changes in by_log.values() for change in changes if change.before
    }
    if not session.info["locked"].issuperset({*by_log, *left}):
        raise NotInTransaction
    session.info["changes"].clear()
    written = {log_id: _append(session, deed, log_id, by_log[log_id], facts or {}) for log_id in sorted(by_log)}
    return written[home]


def thing_of(row: Audited) -> Thing:
    """Name a row for the trail by its table and key; raises NotInTransaction for one not yet flushed."""
    state = inspect(row)
    if not state.has_identity:
        raise NotInTransaction
    return Thing(state.mapper.local_table.name, "/".join(map(str, state.identity)), row.region_code)


def _append(session: Session, deed: Deed, log_id: int, changes: list[Change], facts: Facts) -> Recorded:
    region = home_region(deed, log_id, changes, log_of(deed.thing.region_code))
    head = session.execute(_HEAD, {"log": log_id, "region": region}).first()
    seq, prev, last = (head.seq + 1, head.leaf_hash, head.region_seq or 0) if head else (1, GENESIS, 0)
    place = Place(log_id, seq, prev, region, last + 1)
    text = payload(deed, place, changes, facts)
    session.execute(
        _ADD_EVENT,
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
    session.execute(_ADD_MENTION, spoken)
    return Recorded(log_id, seq, deed.at)


def make_checkpoint(log_id: int, reason: str, by: Actor | None = None) -> str | None:
    """Sign the present size and root of a log, commit, then replace its file beside the database.

    The use of the key is the last event that the checkpoint covers. Returns the signed note, None for an empty log.
    A size that has its checkpoint already is not signed again.
    """
    with transaction(log_region(log_id)):
        note = _sign_head(db.session(), log_id, reason, by or system_actor(config.current().municipality))
    if note:
        keep_note(log_id)
    return note


def _sign_head(session: Session, log_id: int, reason: str, by: Actor) -> str | None:
    last = find_last_checkpoint(log_id)
    frontier = Frontier.decode(last.frontier) if last else Frontier()
    if last_seq(log_id) <= frontier.size:
        return last.note if last else None
    thing = Thing("log", str(log_id), log_region(log_id))
    used = record(Action.KEY_USED, thing, by=by, reason=reason, facts={"key": fingerprint(config.current())})
    first_tile, inside = divmod(frontier.size, TILE_LEAVES)
    leaves = list_leaves(log_id, first_tile * TILE_LEAVES)
    for leaf in leaves[inside:]:
        frontier.append(bytes.fromhex(leaf))
    root = frontier.root()
    key, name = service_key(config.current()), origin(config.current(), log_id)
    note = sign(Checkpoint(name, frontier.size, root).body(), key, name)
    session.execute(
        insert(TrailCheckpoint),
        {
            "log_id": log_id, "size": frontier.size, "root": root.hex(), "note": note,
            "at": used.at, "reason": reason, "frontier": frontier.encode(),
        },
    )  # fmt: skip
    tiles = [
        {"log_id": log_id, "tile_index": first_tile + number, "hashes": "".join(chunk)}
        for number, chunk in enumerate(_whole_tiles(leaves))
    ]
    if tiles:
        session.execute(insert(TrailTile), tiles)
    return note


def _whole_tiles(leaves: list[str]) -> Iterable[list[str]]:
    return (leaves[start : start + TILE_LEAVES] for start in range(0, len(leaves) - TILE_LEAVES + 1, TILE_LEAVES))


def keep_note(log_id: int) -> None:
    """Put a log's newest checkpoint into its file beside the database, so that an older database is noticed.

    The log is held meanwhile: of two processes that have signed, the slower one must not put the older note back.
    """
    folder = config.current().checkpoints
    folder.mkdir(parents=True, exist_ok=True)
    with transaction(log_region(log_id)):
        newest = find_last_checkpoint(log_id)
        if newest is None:
            return
        fresh = folder / f".{log_id}.{os.getpid()}"
        fresh.write_text(newest.note, "utf-8")
        sync_file(fresh)
        fresh.replace(folder / str(log_id))
        sync_file(folder / str(log_id))
