"""Flask-Login's one seam: the cookie's token becomes the person of this request."""

from dataclasses import dataclass
from datetime import timedelta

from flask import g
from flask_login import UserMixin, current_user

from registry import config
from registry.accounts.installation import is_demo
from registry.accounts.rules import password_expired
from registry.accounts.services import profile
from registry.accounts.sessions import SEEN_SECONDS, LiveSession, load_session, touch_session
from registry.clock import now
from registry.database import transaction, why_read_only
from registry.permissions import Actor, needs_second_factor


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

    @property
    def first_step(self) -> str:
        """Name the page that must be dealt with before any other; empty when nothing stands in the way."""
        if self.live.must_change or password_expired(self.live.password_changed_at, now(), profile()):
            return "accounts.password"
        asked = config.current().require_second_factor and not is_demo()
        if asked and not self.live.has_second_factor and needs_second_factor(self.actor):
            return "accounts.enrol"
        return ""

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
