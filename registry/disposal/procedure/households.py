"""What a household did with its own asset: recorded as it says, confirmed by a second person; never a case."""

from dataclasses import dataclass
from datetime import date

from registry.approvals.requests.services import signature
from registry.assets.custody.faults.services import end_faults
from registry.assets.register.cards.care import end_relations
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.assets.register.rights.lineage import close_cards
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.disposal.procedure.deed_queries import find_waiting_note
from registry.disposal.procedure.kinds import HouseholdAct, NoteStatus
from registry.disposal.procedure.models import HouseholdDisposal
from registry.disposal.procedure.refusals import (
    AlreadyNoted,
    HappenedAtOddDay,
    NotAHouseholds,
    NotWaiting,
    OpinionMissing,
    OwnRecord,
    StatementMissing,
)
from registry.disposal.refusals import NotStanding
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.kinds import Category
from registry.permissions import Actor
from registry.text import N_

MAX_STATEMENT = 500


@dataclass(frozen=True)
class Told:
    """What a household says: what it did, on which day, in its own words."""

    act: HouseholdAct
    happened_on: date
    statement: str


def note_act(asset: Asset, told: Told, files: list[KeptFile], *, by: Actor, on: date) -> HouseholdDisposal:
    """Record what a household did with its own asset, with its signed statement; another person confirms.

    Raises NotAHouseholds, NotStanding, AlreadyNoted, HappenedAtOddDay, StatementMissing.
    """
    if asset.kind is not Category.HOUSEHOLD:
        raise NotAHouseholds(name=asset.name)
    if asset.state is not Stage.CONFIRMED:
        raise NotStanding(name=asset.name, stage=asset.state.label)
    if find_waiting_note(asset.id) is not None:
        raise AlreadyNoted
    if not asset.acquired_on <= told.happened_on <= on:
        raise HappenedAtOddDay(field="happened_on")
    if not 0 < len(told.statement.strip()) <= MAX_STATEMENT or not files:
        raise StatementMissing(field="statement")
    row = HouseholdDisposal(
        region_code=asset.region_code, asset_id=asset.id, act=told.act.value, happened_on=told.happened_on,
        statement=told.statement.strip(), status=NoteStatus.WAITING.value, entered_by_id=by.id,
        entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record(Action.HOUSEHOLD_DISPOSAL_NOTED, row, by=by, reason=row.statement)
    caption = Caption(EvidenceKind.SIGNATURE, told.act.label, told.happened_on)
    attach(files, caption, to=thing_of(row), by=by)
    return row


def confirm_act(row: HouseholdDisposal, asset: Asset, opinion: str, *, by: Actor) -> None:
    """Let the record count, as a second person: the card is closed from the day on which it happened.

    Raises NotWaiting, OwnRecord, NotStanding.
    """
    _answer(row, NoteStatus.CONFIRMED, opinion, by)
    if asset.state is not Stage.CONFIRMED:
        raise NotStanding(name=asset.name, stage=asset.state.label)
    db.session.flush()
    close_cards([asset], Stage.DISPOSED, on=row.happened_on)
    end_relations([asset.id], on=row.happened_on)
    end_faults([asset.id], N_("农户自行处置"), by=by, on=row.happened_on)
    record(Action.HOUSEHOLD_DISPOSAL_CONFIRMED, row, by=by, reason=row.opinion)


def refuse_act(row: HouseholdDisposal, opinion: str, *, by: Actor) -> None:
    """Refuse a record that is not so; the card stays. Raises NotWaiting, OwnRecord, OpinionMissing."""
    if not opinion.strip():
        raise OpinionMissing(field="opinion")
    _answer(row, NoteStatus.REFUSED, opinion, by)
    record(Action.HOUSEHOLD_DISPOSAL_REFUSED, row, by=by, reason=row.opinion)


def _answer(row: HouseholdDisposal, status: NoteStatus, opinion: str, by: Actor) -> None:
    if row.state is not NoteStatus.WAITING:
        raise NotWaiting
    if by.id is None or by.id == row.entered_by_id:
        raise OwnRecord
    row.status, row.opinion = status.value, opinion.strip()[:500]
    row.confirmed_by_id, row.confirmed_by_text, row.confirmed_at = by.id, signature(by), now()
