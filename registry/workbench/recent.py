"""What a person did last, from the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from registry.audit.actions import Action
from registry.audit.queries import list_latest_of
from registry.permissions import Actor
from registry.workbench.things import names_of_things

if TYPE_CHECKING:
    from registry.audit.models import TrailEvent

#: Coming and going is not work.
_NOT_WORK = (
    Action.SIGNED_IN,
    Action.SIGNED_OUT,
    Action.PROVED,
    Action.SIGN_IN_FAILED,
    Action.SESSION_ENDED,
    Action.READ,
    Action.ACCESS_DENIED,
)
#: What a deed brings along: told only where nothing else was done.
_BESIDE = frozenset({Action.EVIDENCE_ADDED, Action.VOUCHER_POSTED})
#: One deed leaves several rows in the trail; so many are read for each that is shown.
_ROWS_FOR_ONE = 4


@dataclass(frozen=True)
class Done:
    """A deed of one's own: what it was, about what, when, and the event that tells of it."""

    label: str
    about: str
    at: str
    log_id: int
    seq: int


def list_recent(actor: Actor, limit: int) -> list[Done]:
    """Return the latest deeds of a person, the newest first, each with the name of what it was about."""
    rows = list_latest_of(actor, limit * _ROWS_FOR_ONE, without=[action.value for action in _NOT_WORK])
    shown = _without_beside(rows)[:limit]
    names = names_of_things((row.thing_table, row.thing_id) for row in shown)
    return [
        Done(
            gettext(Action(row.action).label), names.get((row.thing_table, row.thing_id), ""), row.at, row.log_id,
            row.seq,
        )
        for row in shown
    ]  # fmt: skip


def _without_beside(rows: Sequence["TrailEvent"]) -> list["TrailEvent"]:
    """Leave out the papers and vouchers of what was done with them in one go and is told itself."""
    kept: list[TrailEvent] = []
    for run in _runs(rows):
        told = [row for row in run if row.action not in _BESIDE]
        kept += told or run
    return kept


def _runs(rows: Sequence["TrailEvent"]) -> list[list["TrailEvent"]]:
    """Part rows, the newest first, into those that stand side by side in one log and came of one request."""
    found: list[list[TrailEvent]] = []
    for row in rows:
        last = found[-1][-1] if found else None
        if last and (row.log_id, row.request_id, row.seq) == (last.log_id, last.request_id, last.seq - 1):
            found[-1].append(row)
        else:
            found.append([row])
    return found
