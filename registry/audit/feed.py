"""What happened since: the events a reader sees, log by log in their order, and a cursor that misses none.

The cursor says for every log how far the reader has come. Moments would not do: a log may commit an earlier moment
after another log has shown a later one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from registry.audit.asked import Asked
from registry.audit.canonical import JsonValue, decode
from registry.audit.queries import list_events
from registry.audit.reading import logs_touching, reach_of
from registry.errors import Invalid
from registry.permissions import Actor
from registry.text import N_

_CURSOR = re.compile(r"(?:[0-9]{6}:[0-9]{1,12})(?:,[0-9]{6}:[0-9]{1,12})*")


class NotACursor(Invalid):
    """The cursor is none that was given out."""

    message = N_("since 看不懂，请用上次答复里的 cursor。")


@dataclass(frozen=True)
class Feed:
    """Events in order, how far the reader has come with them, and whether more may wait."""

    events: tuple[Mapping[str, JsonValue], ...]
    cursor: str
    more: bool


def since(cursor: str, actor: Actor, limit: int) -> Feed:
    """Return the next events after a cursor, an empty one for the beginning; raises NotACursor."""
    told, reach = _read(cursor), reach_of(actor)
    # One village's events have an index of their own.
    village = reach[0].low if len(reach) == 1 and reach[0].low == reach[0].high else ""
    found: list[Mapping[str, JsonValue]] = []
    for log_id in logs_touching(reach):
        leafed = list_events(log_id, Asked(region=village, after=told.get(log_id, 0)), reach, limit - len(found))
        events = [cast("Mapping[str, JsonValue]", decode(payload)) for payload in reversed(leafed.payloads)]
        if events:
            told[log_id] = cast("int", events[-1]["seq"])
        found += events
        if len(found) >= limit:
            break
    return Feed(tuple(found), ",".join(f"{log_id}:{seq}" for log_id, seq in sorted(told.items())), len(found) >= limit)


def _read(cursor: str) -> dict[int, int]:
    if not cursor:
        return {}
    if not _CURSOR.fullmatch(cursor):
        raise NotACursor(field="since")
    pairs = (part.split(":") for part in cursor.split(","))
    return {int(log_id): int(seq) for log_id, seq in pairs}
