"""Questions about what was carried out, and what is recorded without a way through the levels."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select

from registry.assets.register.cards.models import Asset
from registry.counting import count_up_to
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.kinds import EDITABLE, DisposalStatus
from registry.disposal.procedure.kinds import NoteStatus
from registry.disposal.procedure.models import DisposalExecution, HouseholdDisposal
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.scope import below, within


def find_execution(case_id: int) -> DisposalExecution | None:
    """Return how a case was carried out, if it was."""
    return db.session.scalar(select(DisposalExecution).where(DisposalExecution.case_id == case_id))


def list_undecided_losses(actor: Actor, limit: int = 50) -> list[DisposalCase]:
    """Return sudden losses that were recorded and not submitted yet, the one due first before the others."""
    rows = select(DisposalCase).where(*_undecided(actor)).order_by(DisposalCase.decide_by, DisposalCase.id)
    return list(db.session.scalars(rows.limit(limit)))


def count_undecided_losses(actor: Actor, most: int) -> int:
    """Return how many sudden losses wait to be submitted, counting up to a number."""
    return count_up_to(select(DisposalCase.id).where(*_undecided(actor)), most)


def _undecided(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        DisposalCase.is_sudden.is_(True), DisposalCase.status.in_([one.value for one in EDITABLE]),
        DisposalCase.region_code == actor.unit_code, within(DisposalCase, actor, Permission.DISPOSAL_ENTER),
    )  # fmt: skip


def is_overdue(case: DisposalCase, on: date) -> bool:
    """Say whether a sudden loss should have been decided on by now."""
    is_open = case.state in EDITABLE or case.state is DisposalStatus.SUBMITTED
    return case.is_sudden and case.decide_by is not None and case.decide_by < on and is_open


def overdue(on: date) -> tuple[ColumnElement[bool], ...]:
    """Keep the sudden losses that should have been decided on by now (is_overdue, said to the database)."""
    still_open = [one.value for one in (*EDITABLE, DisposalStatus.SUBMITTED)]
    return DisposalCase.is_sudden.is_(True), DisposalCase.decide_by < on, DisposalCase.status.in_(still_open)


def _past(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Cases of the past of units below the actor's, entered by somebody else."""
    return (
        DisposalCase.is_legacy.is_(True), DisposalCase.status == DisposalStatus.SUBMITTED.value,
        DisposalCase.opened_by_id != actor.id, below(DisposalCase, actor, Permission.DISPOSAL_CARRY_OUT),
    )  # fmt: skip


def list_past_to_confirm(actor: Actor, limit: int = 50) -> list[DisposalCase]:
    """Return disposals of before go-live that the actor, of the level above, may confirm, the oldest first."""
    rows = select(DisposalCase).where(*_past(actor)).order_by(DisposalCase.id)
    return list(db.session.scalars(rows.limit(limit)))


def count_past_to_confirm(actor: Actor, most: int) -> int:
    """Return how many disposals of before go-live the actor may confirm, counting up to a number."""
    return count_up_to(select(DisposalCase.id).where(*_past(actor)), most)


def find_waiting_note(asset_id: int) -> HouseholdDisposal | None:
    """Return what waits to be confirmed of what a household did with an asset."""
    rows = select(HouseholdDisposal).where(
        HouseholdDisposal.asset_id == asset_id, HouseholdDisposal.status == NoteStatus.WAITING.value
    )
    return db.session.scalar(rows.order_by(HouseholdDisposal.id.desc()).limit(1))


def list_notes(asset_id: int) -> list[HouseholdDisposal]:
    """Return everything recorded of what a household did with an asset, the newest first."""
    rows = select(HouseholdDisposal).where(HouseholdDisposal.asset_id == asset_id)
    return list(db.session.scalars(rows.order_by(HouseholdDisposal.id.desc())))


def get_note(note_id: int, actor: Actor, permission: Permission) -> HouseholdDisposal:
    """Return a record within the actor's reach; raises Missing."""
    here = within(HouseholdDisposal, actor, permission)
    row = db.session.scalar(select(HouseholdDisposal).where(HouseholdDisposal.id == note_id, here))
    if row is None:
        raise Missing
    return row


def _notes(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        HouseholdDisposal.status == NoteStatus.WAITING.value, HouseholdDisposal.entered_by_id != actor.id,
        HouseholdDisposal.region_code == actor.unit_code,
        within(HouseholdDisposal, actor, Permission.DISPOSAL_CARRY_OUT),
    )  # fmt: skip


def list_notes_to_confirm(actor: Actor, limit: int = 50) -> Sequence[tuple[HouseholdDisposal, Asset]]:
    """Return what households did that the actor may confirm, the oldest first."""
    rows = select(HouseholdDisposal, Asset).join(Asset, Asset.id == HouseholdDisposal.asset_id).where(*_notes(actor))
    found = db.session.execute(rows.order_by(HouseholdDisposal.id).limit(limit))
    return [(row, asset) for row, asset in found]


def count_notes_to_confirm(actor: Actor, most: int) -> int:
    """Return how many acts of households the actor may confirm, counting up to a number."""
    return count_up_to(select(HouseholdDisposal.id).where(*_notes(actor)), most)
