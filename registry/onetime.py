"""One-time keys: a form sent twice (a double tap, a lost answer) has one effect and gets one answer.

A key is unique per person and route. The same key with another body is refused (422); while the first request still
runs the second gets 409; afterwards it gets the stored answer. Keys are kept 30 days.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import String, UniqueConstraint, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Derived
from registry.database import Model, db
from registry.errors import Conflict, Invalid
from registry.text import N_

KEPT_DAYS = 30
KEY_LENGTH = 64


class KeyReused(Invalid):
    """The same key came with another content."""

    message = N_("这张表单已经用过，内容又变了。请刷新页面重新填写。")


class StillRunning(Conflict):
    """The first request with this key has not finished."""

    message = N_("同一次提交正在办理，请稍候再看结果。")


class OneTimeKey(Derived, Model):
    """A key that was used: by whom, where, with what content, and where the answer is."""

    __tablename__ = "one_time_key"
    __table_args__ = (UniqueConstraint("user_id", "route", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column()
    route: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(default="")
    used_at: Mapped[datetime] = mapped_column(index=True)


def new_key() -> str:
    """Return a fresh key to put into a form."""
    return secrets.token_urlsafe(16)


def digest_of(body: bytes) -> str:
    """Return the digest by which two contents are told apart."""
    return hashlib.sha256(body).hexdigest()


def earlier_answer(user_id: int, route: str, key: str, digest: str) -> str | None:
    """Return the answer already given to this key, None if it is new; raises KeyReused."""
    used = db.session.scalar(
        select(OneTimeKey).where(OneTimeKey.user_id == user_id, OneTimeKey.route == route, OneTimeKey.key == key)
    )
    if used is None:
        return None
    if used.digest != digest:
        raise KeyReused
    return used.answer


def use_key(user_id: int, route: str, key: str, digest: str, answer: str, at: datetime) -> None:
    """Store the key with its answer in the running transaction, so that key and effect live or die together."""
    if not key or len(key) > KEY_LENGTH:
        raise Invalid(N_("表单缺少一次性编号，请刷新页面重新填写。"))
    db.session.execute(delete(OneTimeKey).where(OneTimeKey.used_at < at - timedelta(days=KEPT_DAYS)))
    db.session.add(OneTimeKey(user_id=user_id, route=route, key=key, digest=digest, answer=answer, used_at=at))
    try:
        db.session.flush()
    except IntegrityError as error:
        raise StillRunning from error
