"""Check 9: the register deed fails at every statement, flush and commit; a second try has exactly one effect."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import redirect
from sqlalchemy import event, func, select, text
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from registry.assets.register.cards import views
from registry.assets.register.cards.drafts import save_draft
from registry.assets.register.cards.models import Asset, AssetOwner, Draft, FundingLine, Rollup, ValueChange
from registry.assets.register.cards.retyping import typed_from
from registry.audit.models import TrailEvent, TrailMention
from registry.audit.verification import verify_logs
from registry.database import db, transaction
from registry.onetime import OneTimeKey
from tests.factories import PASSWORD, VILLAGE, person, registration

COUNTED = (Asset, AssetOwner, ValueChange, FundingLine, TrailEvent, TrailMention, OneTimeKey, Draft)


class Crash(Exception):
    """The process stops here, as far as this transaction is concerned."""


class Points:
    """Counts the places where something can go wrong, and stops at one of them."""

    def __init__(self, kind: str, stop_at: int = 0) -> None:
        self.kind, self.stop_at, self.count = kind, stop_at, 0

    def reach(self, kind: str) -> None:
        """Pass one place, or stop there."""
        if kind == self.kind:
            self.count += 1
            if self.count == self.stop_at:
                raise Crash


@contextmanager
def watched(points: Points) -> Iterator[Points]:
    """Let every statement, flush and commit pass by the points."""
    engine, session = db.engine, Session

    def before(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "ROLLBACK")):
            points.reach("before a statement")

    def after(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "ROLLBACK")):
            points.reach("after a statement")

    listeners: list[tuple[object, str, Callable[..., None]]] = [
        (engine, "before_cursor_execute", before),
        (engine, "after_cursor_execute", after),
        (engine, "commit", lambda _connection: points.reach("before a commit")),
        (session, "before_flush", lambda *_rest: points.reach("before a flush")),
        (session, "after_flush", lambda *_rest: points.reach("after a flush")),
        (session, "after_commit", lambda _session: points.reach("after a commit")),
    ]
    for target, name, listener in listeners:
        event.listen(target, name, listener)
    try:
        yield points
    finally:
        for target, name, listener in listeners:
            event.remove(target, name, listener)


def counts() -> dict[str, int]:
    """How many rows there are of everything the deed writes, and what the village's sum says."""
    db.session.rollback()
    found = {model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) for model in COUNTED}
    found["summed"] = db.session.scalar(select(func.sum(Rollup.assets)).where(Rollup.region_code == VILLAGE)) or 0
    search = "asset_search" if db.engine.dialect.name == "postgresql" else "asset_search_docsize"
    exists = "SELECT 1 FROM sqlite_master WHERE name = 'asset_search_docsize'"
    if db.engine.dialect.name == "postgresql" or db.session.execute(text(exists)).first():
        found["searched"] = db.session.scalar(text(f"SELECT count(*) FROM {search}"))
    db.session.rollback()
    return found


def gained(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """What came of a deed."""
    return {name: after[name] - before[name] for name in before}


@pytest.fixture
def submit(any_app):
    """Prepare a draft, and return what submits it with a key: the status of the answer and where it leads."""
    any_app.config["PROPAGATE_EXCEPTIONS"] = False
    client = any_app.test_client()
    client.post("/login", data={"username": "village_clerk", "password": PASSWORD})
    user_id = person("village_clerk").id

    def prepared(name: str) -> Callable[[], tuple[int, str]]:
        with transaction():
            draft_id = save_draft(user_id, name, typed_from(registration(name=name)), asset_id=None).id
        form = {"one_time_key": f"key-{name}"}

        def send() -> tuple[int, str]:
            answer = client.post(f"/assets/drafts/{draft_id}/submit", data=form)
            return answer.status_code, answer.headers.get("Location", "")

        return send

    with capture_logs():  # drawing hundreds of tracebacks takes minutes
        yield prepared


KINDS = (
    "before a statement",
    "after a statement",
    "before a flush",
    "after a flush",
    "before a commit",
    "after a commit",
)


def _whole(submit: Callable[[str], Callable[[], tuple[int, str]]], kind: str) -> tuple[dict[str, int], int]:
    """Return what one undisturbed deed brings, and how many points of a kind it passes."""
    submit("第一项")()
    send, before = submit("第二项"), counts()
    with watched(Points(kind)) as points:
        assert send()[0] == 303
    return gained(before, counts()), points.count


@pytest.mark.parametrize("kind", KINDS)
def test_a_deed_that_fails_anywhere_is_whole_or_nothing_and_done_once(kind, submit):
    effect, points = _whole(submit, kind)
    assert points >= 1
    assert effect["asset"] == effect["one_time_key"] == effect["trail_event"] == effect["summed"] == 1
    for point in range(1, points + 1):
        send, before = submit(f"{kind}{point}"), counts()
        with watched(Points(kind, point)):
            status, _where = send()
        left = gained(before, counts())
        assert left in (effect, dict.fromkeys(effect, 0)), (kind, point, left)
        assert status == 500 or left == effect
        status, where = send()
        assert status == 303
        assert gained(before, counts()) == effect, (kind, point)
        assert send() == (303, where)
        assert gained(before, counts()) == effect, (kind, point)
    names = list(db.session.scalars(select(Asset.name)))
    assert len(set(names)) == len(names)
    assert verify_logs([500240], (), by=person("auditor")).code == 0


def test_a_deed_that_does_not_keep_its_key_would_be_noticed(submit, monkeypatch):
    """The control: the answer goes out and the key is not stored with the deed."""
    effect, _points = _whole(submit, "before a commit")
    monkeypatch.setattr(views, "finish", _finish_apart)
    send, before = submit("不记编号"), counts()
    assert send()[0] == 303
    assert gained(before, counts()) != effect
    assert send()[0] != 303


def _finish_apart(url: str, message: str = ""):
    """Answer without keeping the key."""
    return redirect(url, 303)
