"""What a person did last, from the trail."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from registry.audit.actions import Action
from registry.audit.queries import list_latest_of
from registry.permissions import Actor
from registry.workbench.things import names_of_things

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


@dataclass(frozen=True)
class _Row:
    """A row of the trail, as far as it tells of a deed."""

    action: Action
    thing: tuple[str, str]
    at: str
    log_id: int
    seq: int
    request_id: str


def list_recent(actor: Actor, limit: int) -> list[Done]:
    """Return the latest deeds of a person, the newest first, each with the name of what it was about."""
    found = list_latest_of(actor, limit * _ROWS_FOR_ONE, without=[action.value for action in _NOT_WORK])
    rows = [
        _Row(Action(one.action), (one.thing_table, one.thing_id), one.at, one.log_id, one.seq, one.request_id)
        for one in found
    ]
    shown = _without_beside(rows)[:limit]
    names = names_of_things(row.thing for row in shown)
    return [Done(gettext(row.action.label), names.get(row.thing, ""), row.at, row.log_id, row.seq) for row in shown]


def _without_beside(rows: Sequence[_Row]) -> list[_Row]:
    """Leave out the papers and vouchers of what was done with them in one go and is told itself."""
    kept: list[_Row] = []
    for run in _runs(rows):
        kept += [row for row in run if row.action not in _BESIDE] or run
    return kept


def _runs(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Part rows, the newest first, into those that stand side by side in one log and came of one request."""
    found: list[list[_Row]] = []
    for row in rows:
        last = found[-1][-1] if found else None
        if last and (row.log_id, row.request_id, row.seq) == (last.log_id, last.request_id, last.seq - 1):
            found[-1].append(row)
        else:
            found.append([row])
    return found
