"""Flask-Login's one seam: the cookie's token becomes the person of this request, who may have to prove it again."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, g, request, session
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user, login_user
from itsdangerous import BadData, URLSafeTimedSerializer

from registry import config
from registry.accounts.forms import CodeProofForm, PasswordProofForm
from registry.accounts.installation import is_demo
from registry.accounts.models import User
from registry.accounts.passwords import password_matches, totp_matches
from registry.accounts.rules import PROOF_MINUTES, WrongPassword, password_expired, proof_holds
from registry.accounts.services import WrongCode, profile, second_factor_secret
from registry.accounts.sessions import (
    SEEN_SECONDS,
    LiveSession,
    Visitor,
    check_throttle,
    load_session,
    note_failure,
    renew_session,
    touch_session,
)
from registry.clock import now
from registry.database import db, transaction, why_read_only
from registry.errors import Missing
from registry.offices import needs_second_factor
from registry.permissions import Actor
from registry.web import PROOF, local_path, page, sent_fields

MARK = "csrf_token"
#: Under this Flask-WTF signs the marks of its forms.
_MARK_SALT = "wtf-csrf-token"


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

    def ask_proof(self) -> ResponseReturnValue | None:
        """Return the page that asks who this is, with what was sent; None when proof is fresh, or was given with it."""
        if proof_holds(self.live.proved_at, now()):
            return None
        form, given = CodeProofForm() if self.live.has_second_factor else PasswordProofForm(), PROOF in request.form
        if given and form.validate():
            with form.guard():
                _prove(self.live, form.proof.data)
                return None
        back = local_path(request.referrer.removeprefix(request.host_url[:-1]) if request.referrer else "")
        back = "" if back.partition("?")[0] == request.path else back
        kept = [(name, value) for name, value in sent_fields() if name != form.one_time_key.name]
        status = 200 if given else 403
        return page("accounts/prove.html", form, status, kept=kept, back=back, minutes=PROOF_MINUTES)

    def get_id(self) -> str:
        """Flask-Login keeps this in the cookie: the session's token, not the person's number."""
        return self.token


def visitor() -> Visitor:
    """Return where this request comes from."""
    return Visitor(request.remote_addr or "", request.user_agent.string)


def _prove(live: LiveSession, given: str) -> None:
    """Go on under a new session id if the proof is right; raises WrongPassword, WrongCode, TooManyTries."""
    check_throttle(live.username, visitor().address)
    user = db.session.get_one(User, live.user_id)
    secret, region_code = second_factor_secret(user), user.region_code
    if not (totp_matches(secret, given) if secret else password_matches(user.password_hash, given)):
        with transaction(config.current().municipality, region_code):
            note_failure(live.username, db.session.get(User, live.user_id), visitor())
        raise WrongCode(field="proof") if secret else WrongPassword(field="proof")
    with transaction(region_code):
        token = renew_session(live.id, visitor(), by=live.actor)
    renewed = load_session(token)
    if renewed is None:
        raise Missing
    login_user(SignedIn(renewed, token))


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


def mark_pages_of(user_id: int) -> None:
    """Let the marks of all forms opened from now on say for whom: it stays legible when the session is long over."""
    session[MARK] = f"{user_id}:{secrets.token_hex(20)}"


def opener_of(mark: str) -> int | None:
    """Return for whom the page of a form was opened, by the mark it bears; None where no mark of ours says so."""
    try:
        seed = URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=_MARK_SALT).loads(mark)
    except BadData:
        return None
    owner, parted, _random = str(seed).partition(":")
    return int(owner) if parted and owner.isdecimal() else None
