"""What an evidence bundle holds of a unit: which events of which logs, up to which signed size (docs/bundle-format.md).

The bundle is complete as of its own event: that event lists the last number of every unit in range, and is in it.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.events import Thing
from registry.audit.export import covers_log
from registry.audit.queries import find_last_checkpoint, last_region_seqs
from registry.audit.scoped import ScopedEvent, is_whole_log, list_merged_into, stream_scoped
from registry.audit.services import make_checkpoint, record
from registry.clock import start_of
from registry.database import moment_text, transaction
from registry.engines import sqlite_module
from registry.errors import Invalid
from registry.permissions import Actor
from registry.regions import Level, code_range, covers, is_code, level_of, log_of
from registry.text import N_

FORMAT = "fpa-evidence-bundle/1"
REASON = N_("导出证据包")


class NotAUnitBelow(Invalid):
    """The municipality's evidence is the export of the whole trail."""

    message = N_("证据包按区县、乡镇或村导出；全市请用“导出操作日志”。")


class PeriodBackwards(Invalid):
    """A period ends before it begins."""

    message = N_("结束日期不能早于开始日期。")


@dataclass(frozen=True)
class Scope:
    """A unit and a period; without a day the period is open at that end."""

    region: str
    since: date | None = None
    until: date | None = None

    @property
    def first(self) -> str:
        """The first moment inside, as the trail writes moments."""
        return moment_text(start_of(self.since)) if self.since else ""

    @property
    def last(self) -> str:
        """The first moment after it; empty for none."""
        return moment_text(start_of(self.until + timedelta(days=1))) if self.until else ""

    @property
    def is_open(self) -> bool:
        """Whether every event there is lies inside."""
        return not (self.since or self.until)

    def told(self) -> dict[str, JsonValue]:
        """Return the scope as the event and the manifest say it."""
        first, last = (day.isoformat() if day else None for day in (self.since, self.until))
        return {"region": self.region, "from": first, "to": last}


def check_scope(scope: Scope) -> None:
    """Raise NotAUnitBelow or PeriodBackwards for a scope that makes no bundle."""
    if not is_code(scope.region) or level_of(scope.region) is Level.MUNICIPALITY:
        raise NotAUnitBelow(field="region_code")
    if scope.since and scope.until and scope.until < scope.since:
        raise PeriodBackwards(field="until")


@dataclass(frozen=True)
class Standing:
    """The event as of which a bundle is complete, and the signed size of each log that it draws on."""

    log_id: int
    seq: int
    size: int

    def encode(self) -> str:
        """Return the text kept with the job."""
        return f"{self.log_id}:{self.seq}:{self.size}"

    @classmethod
    def decode(cls, text: str) -> "Standing":
        """Read encode()'s text."""
        return cls(*map(int, text.split(":")))


def record_evidence(scope: Scope, *, by: Actor) -> Standing:
    """Write the event that a bundle of this scope claims completeness as of, and sign the log over it."""
    log_id = log_of(scope.region)
    for other in list_merged_into(log_id, scope.region):
        make_checkpoint(other, REASON, by)
    with transaction(scope.region):
        seqs: dict[str, JsonValue] = dict(last_region_seqs(code_range(scope.region)))
        facts: dict[str, JsonValue] = {"scope": scope.told(), "region_seqs": seqs}
        thing = Thing("evidence", scope.region, scope.region)
        event = record(Action.EXPORTED_EVIDENCE, thing, by=by, facts=facts)
    make_checkpoint(log_id, REASON, by)
    signed = find_last_checkpoint(log_id)
    return Standing(log_id, event.seq, signed.size if signed else event.seq)


def record_sealed(scope: Scope, standing: Standing, digest: str, *, by: Actor) -> None:
    """Write the digest of the finished bundle into the locked log, so that the bundle can be recognised later."""
    facts: dict[str, JsonValue] = {"scope": scope.told(), "event": standing.seq, "sha256": digest}
    record(Action.EVIDENCE_SEALED, Thing("evidence", scope.region, scope.region), by=by, facts=facts)


@dataclass
class Chosen:
    """Which events of one log a bundle holds: a bit for each, all of them if the log is taken whole."""

    log_id: int
    size: int
    whole: bool
    bits: bytearray
    #: Whether the bits say already what is wanted, or are set while the events are written.
    decided: bool = False

    def add(self, seq: int) -> None:
        """Choose an event."""
        self.bits[seq >> 3] |= 1 << (seq & 7)

    def has(self, seq: int) -> bool:
        """Say whether an event is chosen."""
        return bool(self.bits[seq >> 3] >> (seq & 7) & 1)

    def numbers(self) -> Iterator[int]:
        """Yield the numbers of the chosen events."""
        for place, byte in enumerate(self.bits):
            for bit in range(8) if byte else ():
                if byte >> bit & 1:
                    yield place * 8 + bit


def choose(scope: Scope, standing: Standing) -> list[Chosen]:
    """Decide which events of which logs go into a bundle."""
    return [_chosen(scope, standing, log_id, size) for log_id, size in _sizes(scope, standing)]


def _sizes(scope: Scope, standing: Standing) -> Iterator[tuple[int, int]]:
    yield standing.log_id, standing.size
    for other in list_merged_into(standing.log_id, scope.region):
        signed = find_last_checkpoint(other)
        if signed:
            yield other, signed.size


def _chosen(scope: Scope, standing: Standing, log_id: int, size: int) -> Chosen:
    here = log_id == standing.log_id and covers_log(code_range(scope.region), log_id)
    whole = here and scope.is_open and is_whole_log(log_id, scope.region, size)
    found = Chosen(log_id, size, whole, bytearray(size // 8 + 1))
    if not scope.is_open:
        _choose_period(found, scope)
        found.decided = True
        if log_id == standing.log_id:
            found.add(standing.seq)
    return found


def _choose_period(found: Chosen, scope: Scope) -> None:
    """Choose what lies in the period, its neighbours in every unit, and the last word on every row."""
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    with closing(_LastWords()) as last:
        for event in stream_scoped(found.log_id, scope.region, found.size):
            if event.at < scope.first:
                before[event.region_code] = event.seq
            elif scope.last and event.at >= scope.last:
                after.setdefault(event.region_code, event.seq)
            else:
                found.add(event.seq)
            last.read(event, scope.region)
        own = [seq for edge in (before, after) for code, seq in edge.items() if covers(scope.region, code)]
        for seq in (*own, *last.numbers()):
            found.add(seq)


class _LastWords:
    """Where each row of a unit was last told of: in a temporary file, so that a million rows stay small."""

    def __init__(self) -> None:
        self.db = sqlite_module().connect("", isolation_level=None)
        self.db.execute("PRAGMA journal_mode=OFF")
        self.db.execute("CREATE TABLE last(tbl, id, seq, PRIMARY KEY(tbl, id)) WITHOUT ROWID")
        self.db.execute("BEGIN")

    def read(self, event: ScopedEvent, region: str) -> None:
        """Take in what an event changed in the unit."""
        rows = [(one["table"], one["id"], event.seq) for one in changes_of(event.payload) if touches(one, region)]
        self.db.executemany("INSERT OR REPLACE INTO last VALUES(?, ?, ?)", rows)

    def numbers(self) -> Iterator[int]:
        """Yield the events that hold the last word on some row."""
        for (seq,) in self.db.execute("SELECT DISTINCT seq FROM last"):
            yield seq

    def close(self) -> None:
        """Drop everything."""
        self.db.close()


def changes_of(payload: str) -> list[dict[str, Any]]:
    """Return the changes that an event records."""
    return list(json.loads(payload)["changes"])


def touches(change: dict[str, Any], region: str) -> bool:
    """Say whether a change concerns a row that a unit managed before or manages after it."""
    return any(is_within(change[side], region) for side in ("before", "after"))


def is_within(state: dict[str, Any] | None, region: str) -> bool:
    """Say whether a recorded state is that of a row which a unit manages."""
    return state is not None and covers(region, str(state.get("region_code", "")))
