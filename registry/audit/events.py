"""What an event says, as plain values: the payload that is hashed and chained."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from registry.audit.actions import Action, Outcome
from registry.audit.canonical import JsonValue, encode
from registry.changes import Change
from registry.permissions import Actor
from registry.regions import common_ancestor

ALGORITHM = "sha256"
FORMAT_VERSION = 1
GENESIS = "0" * 64
#: Things whose own life can be asked for; a row with an ``asset_id`` speaks of that asset.
MENTIONED = frozenset({"asset", "project", "party", "user", "region", "import_batch", "print"})

Facts = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Thing:
    """What a deed is about: a row, or something that has a name but no row (a whole log, a report)."""

    table: str
    id: str
    region_code: str


@dataclass(frozen=True)
class Deed:
    """One deed as the service told it, before it takes its place in a log."""

    action: Action
    thing: Thing
    by: Actor
    at: str
    deed_id: str
    request_id: str
    reason: str = ""
    content: str | None = None
    outcome: Outcome = Outcome.DONE


@dataclass(frozen=True)
class Place:
    """Where an event stands: its log and number, the leaf before it, its region and the number there."""

    log_id: int
    seq: int
    prev: str
    region_code: str
    region_seq: int


def payload(deed: Deed, place: Place, changes: Sequence[Change], facts: Facts) -> str:
    """Return the canonical JSON of an event; these bytes are what is stored and hashed."""
    actor = deed.by
    return encode(
        {
            "alg": ALGORITHM,
            "v": FORMAT_VERSION,
            "log": place.log_id,
            "seq": place.seq,
            "prev": place.prev,
            "region": place.region_code,
            "region_seq": place.region_seq,
            "at": deed.at,
            "actor": {
                "id": actor.id,
                "name": actor.name,
                "post": actor.post,
                "unit": actor.unit_code,
                "unit_name": actor.unit_name,
            },
            "action": deed.action.value,
            "thing": {"table": deed.thing.table, "id": deed.thing.id},
            "reason": deed.reason,
            "request": deed.request_id,
            "outcome": deed.outcome.value,
            "deed": deed.deed_id,
            "content": deed.content,
            "changes": [_change(change) for change in changes],
            "facts": dict(facts),
        }
    )


def _change(change: Change) -> JsonValue:
    return {
        "table": change.table,
        "id": change.id,
        "version": change.version,
        "before": cast("JsonValue", change.before),
        "after": cast("JsonValue", change.after),
    }


def leaf_hash(text: str) -> str:
    """Return the RFC 6962 leaf hash of a payload, in hex."""
    return hashlib.sha256(b"\x00" + text.encode()).hexdigest()


def home_region(deed: Deed, log_id: int, changes: Sequence[Change], home_log: int) -> str:
    """Return the region an event is filed under: the thing's own; in another log, the unit that covers its changes."""
    if log_id == home_log:
        return deed.thing.region_code
    return common_ancestor([change.region_code for change in changes])


def mentions(thing: Thing, changes: Iterable[Change]) -> set[tuple[str, str]]:
    """Return the things an event speaks of."""
    found = {(thing.table, thing.id)}
    for change in changes:
        if change.table in MENTIONED:
            found.add((change.table, change.id))
        row = change.after or change.before or {}
        if row.get("asset_id") is not None:
            found.add(("asset", str(row["asset_id"])))
    return found


def naming(table: str, key: str) -> str:
    """Return how the bytes of an event name a row that it changed."""
    return f'"id":"{key}","table":"{table}"'
