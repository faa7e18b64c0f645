"""What a person did last, from the trail."""

from dataclasses import dataclass

from flask_babel import gettext

from registry.audit.actions import Action
from registry.audit.queries import list_latest_of
from registry.permissions import Actor

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


@dataclass(frozen=True)
class Done:
    """A deed of one's own: what it was, when, and the event that tells of it."""

    label: str
    at: str
    log_id: int
    seq: int


def list_recent(actor: Actor, limit: int) -> list[Done]:
    """Return the latest deeds of a person, the newest first."""
    rows = list_latest_of(actor, limit, without=[action.value for action in _NOT_WORK])
    return [Done(gettext(Action(row.action).label), row.at, row.log_id, row.seq) for row in rows]
