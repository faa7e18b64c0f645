"""Tokens for programs: made by the person themselves, bound to a unit and scopes, shown once, kept as a digest."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite

from registry.accounts.models import ApiToken, ApiTokenUse, User
from registry.accounts.rules import check_token, token_holds
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor
from registry.token_scopes import Scope

_TOKEN = re.compile(r"fpa_([0-9a-f]{8})_([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True)
class TokenFacts:
    """What is said of a token when it is made."""

    name: str
    scopes: frozenset[Scope]
    unit_code: str
    expires_on: date


def create_token(facts: TokenFacts, *, by: Actor, on: date) -> str:
    """Make a token of one's own and return it, whole, this once. Raises what check_token raises."""
    check_token(facts.scopes, facts.unit_code, facts.expires_on, by=by, on=on)
    prefix, secret, moment = secrets.token_hex(4), secrets.token_urlsafe(32), now()
    token = ApiToken(
        region_code=by.unit_code, user_id=by.id, name=facts.name.strip(), prefix=prefix, secret_hash=_hash(secret),
        scopes=" ".join(sorted(facts.scopes)), unit_code=facts.unit_code, expires_on=facts.expires_on,
        created_at=moment,
    )  # fmt: skip
    db.session.add(token)
    db.session.flush()
    record(Action.TOKEN_CREATED, token, by=by)
    return f"fpa_{prefix}_{secret}"


def _hash(secret: str) -> str:
    """Return the digest of a secret; it is long and random, so a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


def list_tokens(by: Actor) -> list[tuple[ApiToken, datetime | None]]:
    """Return a person's own tokens, the newest first, with the moment of their last use."""
    rows = select(ApiToken, ApiTokenUse.used_at).outerjoin(ApiTokenUse, ApiTokenUse.token_id == ApiToken.id)
    return [(token, at) for token, at in db.session.execute(
        rows.where(ApiToken.user_id == by.id).order_by(ApiToken.id.desc()))]  # fmt: skip


def region_of_token(token_id: int, by: Actor) -> str:
    """Return the unit in whose log one of a person's own tokens stands; raises Missing."""
    rows = select(ApiToken.region_code).where(ApiToken.id == token_id, ApiToken.user_id == by.id)
    code = db.session.scalar(rows)
    if code is None:
        raise Missing
    return code


def revoke_token(token_id: int, *, by: Actor) -> None:
    """Let one of a person's own tokens hold no longer; raises Missing."""
    token = db.session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == by.id))
    if token is None or token.revoked_at is not None:
        raise Missing
    token.revoked_at = now()
    record(Action.TOKEN_REVOKED, token, by=by)


def end_all_tokens(user_id: int, moment: datetime) -> None:
    """End every token of a person; the caller's own record() carries it."""
    for token in db.session.scalars(select(ApiToken).where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None))):
        token.revoked_at = moment


def find_token(text: str, on: date) -> tuple[ApiToken, User] | None:
    """Return the token that was meant and its person; None for one that is wrong, over, taken back or closed."""
    match = _TOKEN.fullmatch(text)
    if match is None:
        return None
    rows = select(ApiToken, User).join(User, User.id == ApiToken.user_id).where(ApiToken.prefix == match[1])
    found = db.session.execute(rows).first()
    if found is None or not hmac.compare_digest(found[0].secret_hash, _hash(match[2])):
        return None
    token, user = found
    holds = token_holds(token.expires_on, revoked=token.revoked_at is not None, on=on)
    return (token, user) if holds and user.disabled_at is None and not user.must_change else None


def count_call(token_id: int, at: datetime) -> int:
    """Note that a token is used and return how often it has been in this minute; in a transaction of its own."""
    minute = at.replace(second=0, microsecond=0)
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    first = insert(ApiTokenUse).values(token_id=token_id, used_at=at, minute_at=minute, calls=1)
    again = case((ApiTokenUse.minute_at == minute, ApiTokenUse.calls + 1), else_=1)
    # One statement: two first calls at once must not both believe to be the first.
    used = first.on_conflict_do_update(
        index_elements=[ApiTokenUse.token_id], set_={"used_at": at, "minute_at": minute, "calls": again}
    ).returning(ApiTokenUse.calls)
    return int(db.session.execute(used, execution_options={"synchronize_session": False}).scalar_one())
