"""Flask-Login's one seam: the cookie's token becomes the person of this request."""

from dataclasses import dataclass
from datetime import timedelta

from flask import g
from flask_login import UserMixin, current_user

from registry.accounts.sessions import SEEN_SECONDS, LiveSession, load_session, touch_session
from registry.clock import now
from registry.database import transaction, why_read_only
from registry.permissions import Actor


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """Who is signed in, for the length of a request."""

    live: LiveSession
    token: str

    @property
    def id(self) -> int:
        return self.live.user_id

    @property
    def actor(self) -> Actor:
        return self.live.actor

    def get_id(self) -> str:
        """Flask-Login keeps this in the cookie: the session's token, not the person's number."""
        return self.token


def load_signed_in(token: str) -> SignedIn | None:
    """Return the person behind a cookie."""
    live = load_session(token)
    return SignedIn(live, token) if live else None


def note_seen() -> None:
    """Note that the session is in use, at most once a minute, after the response is computed."""
    person = g.get("_login_user")
    if person is None or not current_user.is_authenticated or why_read_only():
        return
    live: LiveSession = current_user.live
    if now() - live.seen_at > timedelta(seconds=SEEN_SECONDS):
        with transaction():
            touch_session(live.id)
