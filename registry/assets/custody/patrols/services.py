"""Noting what was seen: of one asset, or of a whole round in one event."""

from collections.abc import Mapping, Sequence
from datetime import date

from registry.assets.custody.agreements.queries import find_frequency
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.services import add_fault
from registry.assets.custody.patrols.models import Patrol, PatrolRound, PatrolState
from registry.assets.custody.patrols.queries import find_state
from registry.assets.custody.patrols.rules import (
    Looked,
    NothingSeen,
    Observation,
    PatrolKind,
    check_patrol,
    next_due,
)
from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.care import current_custodian
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.regions import common_ancestor
from registry.text import N_


def record_patrol(
    asset: Asset, seen: Observation, files: Sequence[KeptFile] = (), *, by: Actor, on: date, policy: Policy
) -> Patrol:
    """Note one look at one asset; a finding opens a fault, to which the photos go. Raises what check_patrol raises."""
    patrol = _add_patrol(asset, seen, by=by, on=on, policy=policy)
    record(Action.PATROLLED, patrol, by=by, reason=patrol.note)
    if files:
        thing = db.session.get_one(Fault, patrol.fault_id) if patrol.fault_id else asset
        attach([*files], Caption(EvidenceKind.PHOTO, N_("巡查照片"), on), to=thing_of(thing), by=by)
    return patrol


def record_round(
    seen: Sequence[tuple[Asset, Observation]], *, by: Actor, on: date, policies: Mapping[str, Policy]
) -> PatrolRound:
    """Note a whole round in one event: one look at each asset. ``policies`` are those of the assets' units."""
    if not seen:
        raise NothingSeen
    walk = PatrolRound(
        region_code=common_ancestor([asset.region_code for asset, _seen in seen]), kind=PatrolKind.SELF.value,
        done_on=on, assets=len(seen), faults=sum(one.finding is not None for _asset, one in seen),
        by_id=by.id, by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(walk)
    db.session.flush()
    for asset, one in seen:
        _add_patrol(asset, one, by=by, on=on, policy=policies[asset.region_code], walk=walk)
    record(Action.PATROLLED, walk, by=by, facts={"assets": walk.assets})
    return walk


def _add_patrol(
    asset: Asset, seen: Observation, *, by: Actor, on: date, policy: Policy, walk: PatrolRound | None = None
) -> Patrol:
    held = current_custodian(asset.id)
    thing = Looked(asset.name, asset.kind, asset.state, asset.acquired_on, held.user_id if held else None)
    check_patrol(seen, thing, by=by, on=on, policy=policy)
    fault = add_fault(asset, seen.finding, by=by, on=on, policy=policy) if seen.finding else None
    patrol = Patrol(
        region_code=asset.region_code, asset_id=asset.id, round_id=walk.id if walk else None,
        fault_id=fault.id if fault else None, kind=seen.kind.value, result=seen.result.value,
        note=seen.note.strip() or (fault.description if fault else ""), done_on=on, by_id=by.id,
        by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(patrol)
    state = find_state(asset.id)
    if state is None:
        state = PatrolState(asset_id=asset.id)
        db.session.add(state)
    state.note(seen.kind, on, next_due(seen.kind, asset.kind, on, policy, find_frequency(asset.id)))
    db.session.flush()
    return patrol
