"""People, what they may do from when to when, and where they are signed in."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Derived, Versioned
from registry.database import Model


class User(Audited, Versioned, Model):
    """A named person in a unit (``region_code``). Never deleted: old events point here."""

    __tablename__ = "user"
    __sealed__ = frozenset({"password_hash", "totp_secret"})

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    post: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200))
    password_changed_at: Mapped[datetime] = mapped_column()
    must_change: Mapped[bool] = mapped_column(Boolean, default=False)
    #: Sealed with the user name as its row; empty until enrolled.
    totp_secret: Mapped[str] = mapped_column(default="")
    disabled_at: Mapped[datetime | None] = mapped_column()
    created_at: Mapped[datetime] = mapped_column()


class UserGrant(Audited, Model):
    """A role in a unit (``region_code``), for a sector where the role asks for one, from a day to a day."""

    __tablename__ = "user_grant"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    sector: Mapped[str | None] = mapped_column(String(20))
    valid_from: Mapped[date] = mapped_column(Date)
    #: The first day on which it no longer holds.
    valid_to: Mapped[date | None] = mapped_column(Date)
    basis: Mapped[str] = mapped_column(String(200))
    user: Mapped[User] = relationship(lazy="joined")


class UserSession(Derived, Model):
    """One signed-in browser. The cookie holds the token, the row only its digest."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    started_at: Mapped[datetime] = mapped_column()
    seen_at: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    address: Mapped[str] = mapped_column(String(45))
    agent: Mapped[str] = mapped_column(String(200))
    stepped_up_at: Mapped[datetime | None] = mapped_column()


class SignInThrottle(Derived, Model):
    """Failures in a row per account or per address; the waiting time grows with them."""

    __tablename__ = "sign_in_throttle"
    __table_args__ = (UniqueConstraint("kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(64))
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column()
    #: Failures of unknown user names not yet told to the trail (they are told once a minute).
    untold: Mapped[int] = mapped_column(default=0)


class Installation(Derived, Model):
    """What an installation remembers of itself: one value, by name."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


class ApiToken(Audited, Model):
    """A key with which a person's programs act in their name, within a unit and some scopes, until a day."""

    __tablename__ = "api_token"
    __sealed__ = frozenset({"secret_hash"})

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    #: What stands before the secret and may be seen by everybody; it finds the row.
    prefix: Mapped[str] = mapped_column(String(8), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    #: Scopes separated by blanks.
    scopes: Mapped[str] = mapped_column(String(1000))
    #: The unit it is bound to; what lies outside does not exist for it.
    unit_code: Mapped[str] = mapped_column(String(12))
    #: The last day on which it holds.
    expires_on: Mapped[date] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column()
    revoked_at: Mapped[datetime | None] = mapped_column()


class ApiTokenUse(Derived, Model):
    """When a token was last used, and how often in the present minute."""

    __tablename__ = "api_token_use"

    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id"), primary_key=True, autoincrement=False)
    used_at: Mapped[datetime] = mapped_column()
    minute_at: Mapped[datetime] = mapped_column()
    calls: Mapped[int] = mapped_column()
