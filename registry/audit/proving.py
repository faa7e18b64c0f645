"""Proofs that events about some things stand in their logs, for papers that are verified without the register."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.exc import NoResultFound

from registry import config
from registry.audit.answers import Signed, Stored
from registry.audit.keys import service_verifier
from registry.audit.merkle import TiledLeaves, inclusion_proof
from registry.audit.queries import find_last_checkpoint, list_about, tiled_leaves
from registry.errors import RegistryError
from registry.permissions import Actor

#: Keys of the things asked for, by table.
Things = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Proven:
    """One event as stored, and the path from its leaf to its log's checkpoint; None if that does not cover it."""

    seq: int
    stored: Stored
    path: tuple[str, ...] | None


@dataclass(frozen=True)
class LogProofs:
    """Events of one log with the checkpoint that their paths lead to, and the key that signed it."""

    log_id: int
    checkpoint: Signed | None
    key: str
    events: tuple[Proven, ...]


def logs_about(things: Things, actor: Actor) -> list[int]:
    """Return the logs in which events speak of some things."""
    return sorted({log_id for log_id, _seq in list_about(things, actor)})


def prove(things: Things, actor: Actor) -> list[LogProofs]:
    """Return every event that speaks of some things and that the actor may read, with its proof, log by log."""
    by_log = defaultdict[int, dict[int, Stored]](dict)
    for (log_id, seq), stored in list_about(things, actor).items():
        by_log[log_id][seq] = stored
    return [_of_log(log_id, events) for log_id, events in sorted(by_log.items())]


def _of_log(log_id: int, events: Mapping[int, Stored]) -> LogProofs:
    checkpoint = find_last_checkpoint(log_id)
    size = checkpoint.size if checkpoint else 0
    leaves = tiled_leaves(log_id, size)
    proven = tuple(Proven(seq, stored, _path(leaves, seq, size)) for seq, stored in events.items())
    return LogProofs(log_id, checkpoint, service_verifier(config.current(), log_id), proven)


def _path(leaves: TiledLeaves, seq: int, size: int) -> tuple[str, ...] | None:
    """Return the path through the stored tree; None for an event after the checkpoint, or where the tree is damaged."""
    try:
        return tuple(node.hex() for node in inclusion_proof(leaves, seq - 1, size))
    except (RegistryError, NoResultFound):
        return None
