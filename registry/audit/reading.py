"""Composing the pages of the trail: which log, which events, which proof."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.exc import NoResultFound

from registry.audit.answers import Signed, Stored
from registry.audit.asked import Asked, Chip, chips
from registry.audit.export import covers_log, log_codes
from registry.audit.merkle import inclusion_proof, verify_inclusion
from registry.audit.plain import PlainEvent, plain
from registry.audit.queries import (
    find_event,
    find_last_checkpoint,
    last_seq,
    list_events,
    list_logs,
    list_regions,
    tiled_leaves,
)
from registry.errors import Missing, RegistryError
from registry.permissions import Actor, Permission, reaches
from registry.regions import CodeRange, code_range, is_code, log_of, log_region

PAGE = 30


@dataclass(frozen=True)
class Listing:
    """One page of a log: its events, what was asked, and what else may be asked."""

    log_id: int
    region: str
    events: tuple[PlainEvent, ...]
    asked: Asked
    chips: tuple[Chip, ...]
    logs: tuple[int, ...]
    regions: tuple[str, ...]
    newer: Asked | None
    older: Asked | None
    total: int

    @property
    def first(self) -> Asked:
        """The first page of the same conditions."""
        return replace(self.asked, before=None, after=None)

    @property
    def codes(self) -> list[str]:
        """Every unit that the page names."""
        return [*self.regions, *map(log_region, self.logs), *(event.region_code for event in self.events)]


@dataclass(frozen=True)
class Evidence:
    """One event with its bytes, and the path that leads from it to the newest checkpoint, if one covers it."""

    event: PlainEvent
    stored: Stored
    checkpoint: Signed | None
    proof: tuple[str, ...]
    is_proven: bool


def reach_of(actor: Actor) -> list[CodeRange]:
    """Return the stretches of units whose events the actor may read; an event belongs to no sector and no custodian."""
    held = reaches(actor, Permission.TRAIL_READ)
    return [reach.codes for reach in held if reach.sector is None and not reach.own_only]


def logs_touching(reach: Sequence[CodeRange]) -> list[int]:
    """Return the logs that hold events the reader may see."""
    return [log_id for log_id in list_logs() if any(_meet(codes, log_codes(log_id)) for codes in reach)]


def _meet(one: CodeRange, other: CodeRange) -> bool:
    return one.low <= other.high and other.low <= one.high


def log_for(region: str, reach: Sequence[CodeRange]) -> int:
    """Return the log to show: that of the unit asked for, else the reader's own; raises Missing outside the reach."""
    if not reach or (region and not (is_code(region) and any(_meet(codes, code_range(region)) for codes in reach))):
        raise Missing
    return log_of(region or reach[0].low)


def compose(asked: Asked, actor: Actor) -> Listing:
    """Return the page of events that was asked for."""
    reach = reach_of(actor)
    log_id = log_for(asked.region, reach)
    narrowed = (
        replace(asked, region="") if asked.region == log_region(log_id) and _is_all(asked.region, log_id) else asked
    )
    page = list_events(log_id, narrowed, reach, PAGE)
    events = tuple(plain(payload) for payload in page.payloads)
    return Listing(
        log_id=log_id,
        region=asked.region or _own_region(log_id, reach),
        events=events,
        asked=asked,
        chips=tuple(chips(asked)),
        logs=tuple(logs_touching(reach)),
        regions=tuple(code for code in list_regions(log_id) if any(low <= code <= high for low, high in reach)),
        newer=replace(asked, before=None, after=events[0].seq) if page.newer and events else None,
        older=replace(asked, after=None, before=events[-1].seq) if page.older and events else None,
        total=last_seq(log_id),
    )


def _own_region(log_id: int, reach: Sequence[CodeRange]) -> str:
    """Return the unit whose events are shown when none is asked for: the whole log's, or the reader's own."""
    return log_region(log_id) if any(covers_log(codes, log_id) for codes in reach) else reach[0].low


def _is_all(region: str, log_id: int) -> bool:
    own = log_codes(log_id)
    low, high = code_range(region)
    return low <= own.low and own.high <= high


def show(log_id: int, seq: int, actor: Actor) -> Evidence:
    """Return one event with its proof; raises Missing outside the reach."""
    stored = find_event(log_id, seq, reach_of(actor))
    if stored is None:
        raise Missing
    checkpoint = find_last_checkpoint(log_id)
    if checkpoint is None or checkpoint.size < seq:
        return Evidence(plain(stored.payload), stored, None, (), is_proven=False)
    proof = _proof(checkpoint, seq)
    leaf, root = bytes.fromhex(stored.leaf_hash), bytes.fromhex(checkpoint.root)
    proven = proof is not None and verify_inclusion(leaf, seq - 1, checkpoint.size, proof, root)
    path = tuple(node.hex() for node in proof or ())
    return Evidence(plain(stored.payload), stored, checkpoint, path, is_proven=proven)


def _proof(checkpoint: Signed, seq: int) -> list[bytes] | None:
    """Return the path through the stored tree, None if the tree itself is damaged."""
    try:
        return inclusion_proof(tiled_leaves(checkpoint.log_id, checkpoint.size), seq - 1, checkpoint.size)
    except (RegistryError, NoResultFound):
        return None
