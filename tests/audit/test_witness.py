"""The municipality's log keeps each county's newest checkpoint, and refuses a county that turned another way."""

import json
import sqlite3

from sqlalchemy import select

from registry.audit import witness as sitting
from registry.audit.actions import Action
from registry.audit.checkpoint import Checkpoint, sign
from registry.audit.events import Thing
from registry.audit.keys import origin
from registry.audit.models import TrailEvent
from registry.audit.queries import find_last_checkpoint, last_seq
from registry.audit.services import make_checkpoint, record
from registry.audit.witness import is_due, sit, witness
from registry.config import current
from registry.database import db, transaction
from registry.permissions import system_actor
from tests.factories import COUNTY, MUNICIPALITY, entered
from tests.trust.lived import CITY_LOG, COUNTY_LOG, database_file, judged, told


def witnessed() -> list[dict]:
    """What the municipality's log says of others."""
    db.session.rollback()
    rows = select(TrailEvent.payload).where(TrailEvent.log_id == CITY_LOG, TrailEvent.action == "WITNESSED")
    return [json.loads(payload) for payload in db.session.scalars(rows.order_by(TrailEvent.seq))]


def tamper(*statements: str) -> None:
    """Change the file as somebody with the disk can."""
    path = database_file()
    with sqlite3.connect(path) as forger:
        for (name,) in forger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            forger.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            forger.execute(statement)
    forger.close()


def test_a_new_checkpoint_is_witnessed_once(any_app):
    entered()
    note = make_checkpoint(COUNTY_LOG, "test")
    assert [(one.log_id, one.is_sound) for one in witness()] == [(COUNTY_LOG, True)]
    assert witness() == []
    assert [event["facts"] for event in witnessed()] == [{"witnessed": [note]}]


def test_each_further_checkpoint_is_proven_to_continue_the_last(any_app):
    for size in range(3):
        for _ in range(size * 90 + 1):
            with transaction(COUNTY):
                record(Action.READ, Thing("page", "x", COUNTY), by=system_actor(MUNICIPALITY))
        make_checkpoint(COUNTY_LOG, "test")
        assert [one.is_sound for one in witness()] == [True]
    assert len(witnessed()) == 3


def test_the_events_verify_as_witness_of_the_county(app):
    entered()
    sit(everything=True)
    report = judged(database_file())
    assert report.code == 0, told(report)


def test_a_rewritten_history_is_refused_and_said_once(app):
    entered()
    make_checkpoint(COUNTY_LOG, "test")
    witness()
    entered(name="又一项")
    tamper(
        f"UPDATE trail_event SET leaf_hash = '{'0' * 64}' WHERE log_id = {COUNTY_LOG} AND seq = 2",
        f"DELETE FROM trail_checkpoint WHERE log_id = {COUNTY_LOG}",
    )
    make_checkpoint(COUNTY_LOG, "forged")
    assert [one.is_sound for one in witness()] == [False]
    assert witness() == []
    assert [event["outcome"] for event in witnessed()] == ["DONE", "REFUSED"]


def test_a_log_that_vanished_is_refused(app):
    entered()
    make_checkpoint(COUNTY_LOG, "test")
    witness()
    tamper("DELETE FROM trail_checkpoint WHERE log_id = 500240", "DELETE FROM trail_mention WHERE log_id = 500240",
           "DELETE FROM trail_event WHERE log_id = 500240")  # fmt: skip
    assert [(one.log_id, one.is_sound, one.note) for one in witness()] == [(COUNTY_LOG, False, "")]


def test_a_shorter_log_than_witnessed_is_refused(app):
    entered()
    make_checkpoint(COUNTY_LOG, "first")
    entered(name="又一项")
    make_checkpoint(COUNTY_LOG, "second")
    witness()
    tamper("DELETE FROM trail_checkpoint WHERE log_id = 500240 AND reason = 'second'")
    assert [one.is_sound for one in witness()] == [False]


def test_a_checkpoint_of_a_strange_key_is_refused(app):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    entered()
    make_checkpoint(COUNTY_LOG, "test")
    last = find_last_checkpoint(COUNTY_LOG)
    name = origin(current(), COUNTY_LOG)
    body = Checkpoint(name, last.size, bytes.fromhex(last.root)).body()
    forged = sign(body, Ed25519PrivateKey.generate(), name)
    db.session.rollback()
    tamper(f"UPDATE trail_checkpoint SET note = '{forged}' WHERE log_id = {COUNTY_LOG}")
    assert [one.is_sound for one in witness()] == [False]


def test_a_restored_backup_that_says_so_may_be_witnessed_again(app):
    entered()
    make_checkpoint(COUNTY_LOG, "first")
    size = find_last_checkpoint(COUNTY_LOG).size
    entered(name="会丢的一项")
    abandoned = make_checkpoint(COUNTY_LOG, "second")
    witness()
    tamper(
        "DELETE FROM trail_checkpoint WHERE log_id = 500240 AND reason = 'second'",
        f"DELETE FROM trail_mention WHERE log_id = 500240 AND seq > {size}",
        f"DELETE FROM trail_event WHERE log_id = 500240 AND seq > {size}",
    )
    with transaction(COUNTY):
        facts = {"abandoned": abandoned}
        record(Action.RESTORED, Thing("log", "500240", COUNTY), by=system_actor(MUNICIPALITY), facts=facts)
    make_checkpoint(COUNTY_LOG, "third")
    assert [one.is_sound for one in witness()] == [True]


def test_a_log_is_due_after_enough_events_or_a_day_and_not_before(app, monkeypatch):
    entered()
    assert is_due(COUNTY_LOG)
    make_checkpoint(COUNTY_LOG, "test")
    assert not is_due(COUNTY_LOG)
    assert not is_due(COUNTY_LOG, everything=True)
    entered(name="又一项")
    assert not is_due(COUNTY_LOG)
    assert is_due(COUNTY_LOG, everything=True)
    monkeypatch.setattr(sitting, "DUE_EVENTS", last_seq(COUNTY_LOG) - find_last_checkpoint(COUNTY_LOG).size)
    assert is_due(COUNTY_LOG)
    monkeypatch.undo()
    monkeypatch.setattr(sitting, "DUE_AFTER", -sitting.DUE_AFTER)
    assert is_due(COUNTY_LOG)


def test_a_round_signs_witnesses_and_comes_to_rest(any_app):
    entered()
    first = sit(everything=True)
    assert first.signed == (500101, COUNTY_LOG, CITY_LOG)
    assert first.witnessed == (500101, COUNTY_LOG)
    assert sit(everything=True) == sitting.Sitting((), (), ())
