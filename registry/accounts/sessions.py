"""Signing in and out: the throttle, server-side sessions, and what the trail hears of both."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from registry import config
from registry.accounts.models import SignInThrottle, User, UserSession
from registry.accounts.queries import actor_of, find_session
from registry.accounts.rules import session_is_live, waiting_time
from registry.audit.actions import Action, Outcome
from registry.audit.events import Facts, Thing
from registry.audit.services import record
from registry.clock import now, today
from registry.database import db
from registry.errors import RegistryError
from registry.permissions import Actor, system_actor
from registry.text import N_

SEEN_SECONDS = 60
#: Sessions that nobody has used for so long are forgotten; the trail keeps who signed in.
SESSION_KEPT_DAYS = 30


class TooManyTries(RegistryError):
    """Several failures in a row: wait before the next try. There is no permanent lock."""

    status = 429
    message = N_("输错次数较多，请 %(seconds)s 秒后再试。")


@dataclass(frozen=True)
class Visitor:
    """Where a request comes from."""

    address: str
    agent: str


@dataclass(frozen=True)
class LiveSession:
    """A session that may go on, with its person as the actor of this request."""

    id: int
    user_id: int
    username: str
    actor: Actor
    must_change: bool
    has_second_factor: bool
    password_changed_at: datetime
    seen_at: datetime
    #: When the person last proved who they are: at sign-in, or again since.
    proved_at: datetime


def token_hash(token: str) -> str:
    """Return the digest under which a session token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def check_throttle(username: str, address: str) -> None:
    """Raise TooManyTries while the account or the address must wait."""
    moment = now()
    for kind, subject in (("account", username), ("address", address)):
        row = _throttle(kind, subject)
        if row is None:
            continue
        left = row.last_at + waiting_time(row.failures) - moment
        if left > timedelta(0):
            raise TooManyTries(seconds=int(left.total_seconds()) + 1)


def note_failure(username: str, user: User | None, visitor: Visitor) -> None:
    """Count a failed sign-in; a known account's stands in the trail at once, unknown names once a minute."""
    moment = now()
    account = _count_failure("account", username, moment)
    _count_failure("address", visitor.address, moment)
    by = system_actor(config.current().municipality)
    if user is not None:
        record(Action.SIGN_IN_FAILED, user, by=by, outcome=Outcome.REFUSED, facts={"address": visitor.address})
    elif account.untold == 0 or moment - account.last_at >= timedelta(minutes=1):
        thing = Thing("user", "?", config.current().municipality)
        tries: Facts = {"address": visitor.address, "tries": account.untold + 1}
        record(Action.SIGN_IN_FAILED, thing, by=by, outcome=Outcome.REFUSED, facts=tries)
        account.untold = 1
    else:
        account.untold += 1


def open_session(user: User, visitor: Visitor) -> str:
    """Start a session and forget earlier failures; returns the token for the cookie."""
    moment, token = now(), secrets.token_urlsafe(32)
    row = UserSession(token_hash=token_hash(token), user_id=user.id, started_at=moment, seen_at=moment)
    row.address, row.agent = visitor.address, visitor.agent[:200]
    db.session.add(row)
    _forget_failures(user, visitor)
    record(Action.SIGNED_IN, user, by=actor_of(user, today()), facts={"address": visitor.address})
    return token


def _forget_failures(user: User, visitor: Visitor) -> None:
    for kind, subject in (("account", user.username), ("address", visitor.address)):
        waiting = _throttle(kind, subject)
        if waiting is not None:
            waiting.failures = waiting.untold = 0


def renew_session(session_id: int, visitor: Visitor, *, by: Actor) -> str:
    """Give a session a new id once its person has proved who they are; returns the token for the cookie."""
    row, user = db.session.get_one(UserSession, session_id), db.session.get_one(User, by.id)
    token = secrets.token_urlsafe(32)
    row.token_hash, row.stepped_up_at = token_hash(token), now()
    _forget_failures(user, visitor)
    record(Action.PROVED, user, by=by, facts={"address": visitor.address})
    return token


def close_session(session_id: int, *, by: Actor, action: Action = Action.SIGNED_OUT) -> None:
    """End one of the person's own sessions."""
    row = db.session.get(UserSession, session_id)
    user = db.session.get(User, by.id)
    if row is None or user is None or row.user_id != by.id or row.ended_at is not None:
        return
    row.ended_at = now()
    record(action, user, by=by, facts={"address": row.address})


def end_all_sessions(user_id: int, moment: datetime, keep: int | None = None) -> None:
    """End every session of a person but the one kept."""
    rows = update(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    if keep is not None:
        rows = rows.where(UserSession.id != keep)
    db.session.execute(rows.values(ended_at=moment), execution_options={"synchronize_session": False})


def load_session(token: str) -> LiveSession | None:
    """Return the live session behind a cookie, None if it ended, idled out or its account was closed."""
    found = find_session(token_hash(token))
    if found is None:
        return None
    row, user = found
    settings = config.current()
    live = session_is_live(
        now(), started=row.started_at, seen=row.seen_at, ended=row.ended_at,
        idle=timedelta(minutes=settings.session_idle_minutes), longest=timedelta(hours=settings.session_absolute_hours),
    )  # fmt: skip
    if not live or user.disabled_at is not None:
        return None
    actor = actor_of(user, today())
    return LiveSession(
        row.id, user.id, user.username, actor, user.must_change, bool(user.totp_secret),
        user.password_changed_at, row.seen_at, row.stepped_up_at or row.started_at,
    )  # fmt: skip


def forget_sessions(at: datetime) -> None:
    """Delete the sessions and counted failures of long ago; those that nobody was told of stay."""
    old = at - timedelta(days=SESSION_KEPT_DAYS)
    for rows in (
        delete(UserSession).where(UserSession.seen_at < old),
        delete(SignInThrottle).where(SignInThrottle.last_at < old, SignInThrottle.untold == 0),
    ):
        db.session.execute(rows, execution_options={"synchronize_session": False})


def touch_session(session_id: int) -> None:
    """Note that a session is in use."""
    rows = update(UserSession).where(UserSession.id == session_id).values(seen_at=now())
    db.session.execute(rows, execution_options={"synchronize_session": False})


def _throttle(kind: str, subject: str) -> SignInThrottle | None:
    rows = select(SignInThrottle).where(SignInThrottle.kind == kind, SignInThrottle.subject == subject[:64])
    return db.session.scalar(rows)


def _count_failure(kind: str, subject: str, moment: datetime) -> SignInThrottle:
    row = _throttle(kind, subject)
    if row is None:
        row = SignInThrottle(kind=kind, subject=subject[:64], failures=0, untold=0, last_at=moment)
        db.session.add(row)
    row.failures += 1
    row.last_at = moment
    return row
