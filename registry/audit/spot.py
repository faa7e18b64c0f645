"""Verifying on the spot what concerns one unit or one asset: its events, the way to the signature, its rows."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.exc import NoResultFound

from registry.audit.actions import Action
from registry.audit.answers import Signed
from registry.audit.bundle import is_within, touches
from registry.audit.canonical import JsonValue
from registry.audit.checkpoint import parse
from registry.audit.events import Thing
from registry.audit.keys import is_signed_here
from registry.audit.labels import column_label, table_label
from registry.audit.merkle import TiledLeaves, inclusion_proof, leaf_hash, verify_inclusion
from registry.audit.queries import find_last_checkpoint, last_seq, tiled_leaves
from registry.audit.reconcile import GONE, UNTOLD, Elsewhere, row_now, rows_between
from registry.audit.scoped import ScopedEvent, stream_about, stream_scoped
from registry.audit.services import record
from registry.changes import Audited, Stored
from registry.database import marked_tables, read_one_state, transaction, why_read_only
from registry.engines import sqlite_module
from registry.errors import RegistryError
from registry.permissions import Actor
from registry.regions import code_range, log_of
from registry.text import N_

MAX_FAULTS = 50
BROKEN = N_("日志第 %(seq)s 条：内容与签名的检查点对不上，被改过")
UNSIGNED = N_("最后一个检查点（第 1–%(size)s 条）的签名不成立，被改过或不是本系统签署的")
RESTATED = N_("检查点（第 1–%(size)s 条）库里记的条数或树根与签名的文本不同，被改过")
MISSING = N_("%(unit)s第 %(first)s–%(last)s 件事件不见了")
ALTERED = N_("%(row)s：“%(columns)s”与日志最后一次记录（第 %(seq)s 条）不同")
OTHER = N_("%(row)s：%(problem)s")


@dataclass
class SpotVerdict:
    """What a verification on the spot came to: how much was seen, and what is wrong, each a text and its values."""

    what: str
    log_id: int
    signed: Signed | None
    events: int = 0
    unsigned: int = 0
    rows: int = 0
    faults: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def blame(self, text: str, **values: object) -> None:
        """Note a fault; beyond fifty they say no more."""
        if len(self.faults) <= MAX_FAULTS:
            self.faults.append((text, {name: str(value) for name, value in values.items()}))


def verify_unit(region: str, *, by: Actor) -> SpotVerdict:
    """Verify every event of a unit and below, that none is missing, and every row; record that it was done."""
    verdict = _begin(region, log_of(region))
    upto, counts = last_seq(verdict.log_id), dict[str, int]()
    with closing(_States()) as states:
        for event in _checked(verdict, stream_scoped(verdict.log_id, region, upto)):
            if is_within({"region_code": event.region_code}, region):
                _count(verdict, counts, event)
            for change in json.loads(event.payload)["changes"]:
                if touches(change, region):
                    states.put(change, event.seq, change["after"] if is_within(change["after"], region) else None)
        for table, model in sorted(marked_tables(Audited).items()):
            _compare(verdict, states, table, rows_between(inspect(model), *code_range(region)))
        _judge_gone(verdict, states)
    return _recorded(verdict, Thing("evidence", region, region), by)


def verify_asset(asset_id: int, region: str, *, by: Actor) -> SpotVerdict:
    """Verify every event that speaks of an asset, its card, and the rows that belong to it; record that it was done."""
    key = str(asset_id)
    verdict = _begin(region, log_of(region))
    with closing(_States()) as states:
        for event in _checked(verdict, stream_about("asset", key), verdict.log_id):
            for change in json.loads(event.payload)["changes"]:
                if _belongs(change, key):
                    states.put(change, event.seq, change["after"])
        for table, one in list(states.keys()):
            row = row_now(inspect(marked_tables(Audited)[table]), one)
            _compare(verdict, states, table, [(one, row)] if row else [])
        _judge_gone(verdict, states)
    return _recorded(verdict, Thing("asset", key, region), by)


def _belongs(change: Mapping[str, Any], key: str) -> bool:
    row = change["after"] or change["before"] or {}
    return bool((change["table"], change["id"]) == ("asset", key) or str(row.get("asset_id", "")) == key)


def _begin(what: str, log_id: int) -> SpotVerdict:
    read_one_state()
    found = find_last_checkpoint(log_id)
    said = _said(found, log_id)
    verdict = SpotVerdict(what, log_id, said)
    if found and found != said:
        verdict.blame(RESTATED if said else UNSIGNED, size=found.size)
    return verdict


def _said(found: Signed | None, log_id: int) -> Signed | None:
    """Return a checkpoint with the size and root that were signed, whatever its row says; None if nothing was."""
    if found is None or not is_signed_here(found.note, log_id):
        return None
    told = parse(found.note)[0]
    return replace(found, size=told.size, root=told.root.hex())


def _checked(verdict: SpotVerdict, events: Iterable[ScopedEvent], only: int = 0) -> Iterator[ScopedEvent]:
    """Yield events after holding each against the signed root; those of another log are left to that log."""
    size = verdict.signed.size if verdict.signed else 0
    root = bytes.fromhex(verdict.signed.root) if verdict.signed else b""
    leaves = tiled_leaves(verdict.log_id, size)
    for event in events:
        if only and json.loads(event.payload)["log"] != only:
            yield event
            continue
        verdict.events += 1
        if event.seq > size:
            verdict.unsigned += 1
        elif not _is_leaf(leaves, event, size, root):
            verdict.blame(BROKEN, seq=event.seq)
        yield event


def _is_leaf(leaves: TiledLeaves, event: ScopedEvent, size: int, root: bytes) -> bool:
    try:
        path = inclusion_proof(leaves, event.seq - 1, size)
    except (RegistryError, NoResultFound):
        return False
    return verify_inclusion(leaf_hash(event.payload.encode()), event.seq - 1, size, path, root)


def _count(verdict: SpotVerdict, counts: dict[str, int], event: ScopedEvent) -> None:
    due = counts.get(event.region_code, 0) + 1
    if event.region_seq != due:
        verdict.blame(MISSING, unit=event.region_code, first=due, last=event.region_seq - 1)
    counts[event.region_code] = event.region_seq


class _States:
    """The last recorded state of rows, in a temporary file, so that a million rows stay small."""

    def __init__(self) -> None:
        self.db = sqlite_module().connect("", isolation_level=None)
        self.db.execute("PRAGMA journal_mode=OFF")
        self.db.execute("CREATE TABLE said(tbl, id, seq, state, seen DEFAULT 0, PRIMARY KEY(tbl, id)) WITHOUT ROWID")
        self.db.execute("BEGIN")

    def put(self, change: Mapping[str, Any], seq: int, after: Mapping[str, Any] | None) -> None:
        """Keep a state; the later takes the place of the earlier."""
        state = None if after is None else json.dumps(after)
        sql = "INSERT OR REPLACE INTO said(tbl, id, seq, state) VALUES(?, ?, ?, ?)"
        self.db.execute(sql, (change["table"], change["id"], seq, state))

    def take(self, table: str, key: str) -> tuple[int, dict[str, Any] | None] | None:
        """Return where and as what a row was last told of, and mark it as seen."""
        self.db.execute("UPDATE said SET seen = 1 WHERE tbl = ? AND id = ?", (table, key))
        row = self.db.execute("SELECT seq, state FROM said WHERE tbl = ? AND id = ?", (table, key)).fetchone()
        return (row[0], json.loads(row[1]) if row[1] else None) if row else None

    def keys(self) -> list[tuple[str, str]]:
        """Return every row that was told of."""
        return list(self.db.execute("SELECT tbl, id FROM said ORDER BY tbl, id"))

    def unseen(self) -> list[tuple[str, str, int]]:
        """Return the rows that should be there and were not met."""
        return list(self.db.execute("SELECT tbl, id, seq FROM said WHERE state IS NOT NULL AND NOT seen ORDER BY seq"))

    def close(self) -> None:
        """Drop everything."""
        self.db.close()


def _compare(
    verdict: SpotVerdict, states: _States, table: str, rows: Iterable[tuple[str, Mapping[str, Stored]]]
) -> None:
    for key, row in rows:
        verdict.rows += 1
        last = states.take(table, key)
        name = f"{table_label(table)} {key}"
        if last is None or last[1] is None:
            verdict.blame(OTHER, row=name, problem=UNTOLD)
            continue
        told = last[1]
        # A column added after the row was last told of holds what the database fills in.
        unlike = [column for column in sorted(told) if told[column] != row.get(column)]
        if unlike:
            columns = "、".join(f"{column_label(table, column)}（{column}）" for column in unlike)
            verdict.blame(ALTERED, row=name, columns=columns, seq=last[0])


def _judge_gone(verdict: SpotVerdict, states: _States) -> None:
    elsewhere = Elsewhere(verdict.log_id)
    for table, key, _seq in states.unseen():
        # A row handed to a unit of another log is judged there.
        if not elsewhere.has(table, key):
            verdict.blame(OTHER, row=f"{table_label(table)} {key}", problem=GONE)


def _recorded(verdict: SpotVerdict, thing: Thing, by: Actor) -> SpotVerdict:
    if not why_read_only():
        facts: dict[str, JsonValue] = {"code": int(not verdict.is_sound), "rows": verdict.rows}
        with transaction(thing.region_code):
            record(Action.VERIFIED, thing, by=by, facts=facts)
    return verdict
