"""What questions about the trail are answered with: plain values. Pure."""

from dataclasses import dataclass

from registry.audit.actions import Action, Outcome
from registry.audit.events import Facts


@dataclass(frozen=True)
class Happening:
    """One event in plain values: when, what, who, why, how it ended."""

    log_id: int
    seq: int
    at: str
    action: Action
    outcome: Outcome
    who: str
    post: str
    unit_name: str
    reason: str


@dataclass(frozen=True)
class Later:
    """An event that came after a paper was read."""

    at: str
    action: Action
    thing_table: str
    thing_id: str


@dataclass(frozen=True)
class Told:
    """What the trail holds of one deed: where it stands, what it says, and whether its bytes are those recorded."""

    log_id: int
    seq: int
    facts: Facts
    is_whole: bool


@dataclass(frozen=True)
class Signed:
    """A checkpoint as stored: how many events, when, why, the note, and the frontier the next one starts from."""

    log_id: int
    size: int
    root: str
    at: str
    reason: str
    note: str
    frontier: str


@dataclass(frozen=True)
class Stored:
    """An event as stored: its bytes, their hash, and the hash of the one before."""

    payload: str
    leaf_hash: str
    prev: str


@dataclass(frozen=True)
class Leafed:
    """One page of events, newest first, and whether there are newer and older ones that fit."""

    payloads: tuple[str, ...]
    newer: bool
    older: bool
