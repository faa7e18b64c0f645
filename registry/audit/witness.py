"""The municipality as witness: its log keeps each county's newest checkpoint, so that no log vanishes unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy.exc import NoResultFound

from registry import config
from registry.audit.actions import Action, Outcome
from registry.audit.answers import Signed
from registry.audit.canonical import JsonValue
from registry.audit.checkpoint import Checkpoint, parse
from registry.audit.events import Thing
from registry.audit.keys import is_signed_here
from registry.audit.merkle import consistency_proof, verify_consistency
from registry.audit.queries import (
    find_last_checkpoint,
    find_last_of,
    find_last_told,
    last_seq,
    list_logs,
    list_things,
    tiled_leaves,
)
from registry.audit.services import make_checkpoint, record
from registry.clock import now
from registry.database import transaction
from registry.errors import RegistryError
from registry.permissions import Actor, system_actor
from registry.regions import log_of
from registry.text import N_

#: A checkpoint is due after this many events, or after a day.
DUE_EVENTS = 1000
DUE_AFTER = timedelta(hours=24)
DUE = N_("定时签署")
LOG = "log"


@dataclass(frozen=True)
class Sighting:
    """A county's newest checkpoint, and whether its history continues what was witnessed before."""

    log_id: int
    note: str
    is_sound: bool


@dataclass(frozen=True)
class Sitting:
    """What one round came to: the logs signed, those witnessed, and those refused as another history."""

    signed: tuple[int, ...]
    witnessed: tuple[int, ...]
    refused: tuple[int, ...]


def sit(
    logs: Sequence[int] | None = None, *, everything: bool = False, reason: str = DUE, by: Actor | None = None
) -> Sitting:
    """Sign the logs named (or all) that are due, or have anything new; the municipality's last, after it witnessed."""
    city = log_of(config.current().municipality)
    wanted = list_logs() if logs is None else logs
    signed = [log_id for log_id in wanted if log_id != city and _sign(log_id, everything, reason, by)]
    sightings = witness()
    if city in wanted and _sign(city, everything, reason, by):
        signed.append(city)
    sound = tuple(one.log_id for one in sightings if one.is_sound)
    return Sitting(tuple(signed), sound, tuple(one.log_id for one in sightings if not one.is_sound))


def _sign(log_id: int, everything: bool, reason: str, by: Actor | None) -> bool:  # noqa: FBT001
    return is_due(log_id, everything=everything) and make_checkpoint(log_id, reason, by) is not None


def is_due(log_id: int, *, everything: bool = False) -> bool:
    """Say whether a log has events that wait for a checkpoint, and long or many enough."""
    last = find_last_checkpoint(log_id)
    fresh = last_seq(log_id) - (last.size if last else 0)
    if fresh <= 0 or everything or last is None:
        return fresh > 0
    return fresh >= DUE_EVENTS or now() - datetime.fromisoformat(last.at) >= DUE_AFTER


def witness() -> list[Sighting]:
    """Record every county's newest checkpoint in the municipality's log, one event each, in one transaction.

    A checkpoint that does not continue the one witnessed before is recorded as refused. Returns what was new.
    """
    municipality = config.current().municipality
    city = log_of(municipality)
    known = {int(key) for key in list_things(city, LOG, Action.WITNESSED)}
    sightings = [one for log_id in sorted({*list_logs(), *known} - {city}) if (one := look_at(city, log_id))]
    if not sightings:
        return []
    with transaction(municipality):
        for one in sightings:
            _tell(one, municipality)
    return sightings


def look_at(city: int, log_id: int) -> Sighting | None:
    """Judge a county's newest checkpoint against the last one witnessed; None if there is nothing new to say."""
    signed = find_last_checkpoint(log_id)
    before = find_last_told(city, LOG, str(log_id), Action.WITNESSED, Outcome.DONE)
    earlier = parse(_only_note(before.facts["witnessed"]))[0] if before else None
    if signed and earlier and parse(signed.note)[0] == earlier:
        return None
    note = signed.note if signed else ""
    if signed and is_signed_here(note, log_id) and _continues(log_id, earlier, signed):
        return Sighting(log_id, note, is_sound=True)
    told = find_last_told(city, LOG, str(log_id), Action.WITNESSED, Outcome.REFUSED)
    said = earlier is None and signed is None
    return None if said or (told and told.facts["refused"] == note) else Sighting(log_id, note, is_sound=False)


def _continues(log_id: int, earlier: Checkpoint | None, signed: Signed) -> bool:
    """Prove from the stored leaves that the new root holds, and that the earlier tree is its beginning."""
    new = parse(signed.note)[0]
    try:
        leaves = tiled_leaves(log_id, new.size)
        if len(leaves) != new.size or leaves.subtree(0, new.size) != new.root:
            return False
        if earlier is None or _is_abandoned(log_id, earlier):
            return True
        proof = consistency_proof(leaves, earlier.size, new.size)
    except (RegistryError, NoResultFound):
        return False
    return verify_consistency(earlier.size, new.size, proof, old_root=earlier.root, new_root=new.root)


def _is_abandoned(log_id: int, earlier: Checkpoint) -> bool:
    """Say whether a restored backup gave up the branch that was witnessed, in words, by an event of the log itself."""
    restored = find_last_of(log_id, Action.RESTORED)
    if restored is None or restored.seq > earlier.size:
        return False
    return parse(str(restored.facts.get("abandoned", "")))[0].size >= earlier.size


def _only_note(value: JsonValue) -> str:
    return str(cast("list[JsonValue]", value)[0])


def _tell(one: Sighting, municipality: str) -> None:
    thing = Thing(LOG, str(one.log_id), municipality)
    facts: dict[str, JsonValue] = {"witnessed": [one.note]} if one.is_sound else {"refused": one.note}
    outcome = Outcome.DONE if one.is_sound else Outcome.REFUSED
    record(Action.WITNESSED, thing, by=system_actor(municipality), facts=facts, outcome=outcome)
