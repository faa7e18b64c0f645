"""Verifying on the spot against a forger with the disk, and beside people who work meanwhile: on both databases."""

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from registry.audit.canonical import encode
from registry.audit.events import leaf_hash
from registry.audit.merkle import root
from registry.audit.queries import find_last_checkpoint, list_leaves, stream_payloads
from registry.audit.services import make_checkpoint
from registry.audit.spot import BROKEN, RESTATED, UNSIGNED, verify_asset, verify_unit
from registry.config import Settings
from registry.database import db
from registry.engines import sqlite_module
from tests.factories import VILLAGE, confirmed, person
from tests.trust.lived import COUNTY_LOG

Forge = Callable[[str, str, dict[str, Any]], None]


@pytest.fixture
def forge(any_app: Flask, any_settings: Settings) -> Forge:
    """Change the database as somebody with the disk can: guards dropped and put back."""

    def change(table: str, statement: str, values: dict[str, Any]) -> None:
        db.session.rollback()
        if db.engine.dialect.name == "postgresql":
            engine = create_engine(str(any_settings.owner_database_uri))
            with engine.begin() as connection:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
                assert connection.execute(text(statement), values).rowcount == 1
                connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
            engine.dispose()
            return
        with closing(sqlite_module().connect(db.engine.url.database, isolation_level=None)) as forger:
            guards = forger.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _sql in guards:
                forger.execute(f"DROP TRIGGER {name}")
            assert forger.execute(statement, values).rowcount == 1
            for _name, sql in guards:
                forger.execute(sql)

    return change


def said() -> list[str]:
    """The kinds of faults that a verification of the village names."""
    return [text for text, _values in verify_unit(VILLAGE, by=person("auditor")).faults]


def test_an_altered_event_is_found_though_leaf_and_root_were_brought_into_line(forge: Forge) -> None:
    asset = confirmed()
    make_checkpoint(COUNTY_LOG, "test")
    kept = find_last_checkpoint(COUNTY_LOG)
    assert kept is not None
    payloads = list(stream_payloads(COUNTY_LOG, kept.size))
    seq = next(n for n, one in enumerate(payloads, start=1) if f'"region":"{VILLAGE}"' in one)
    forged = encode({**json.loads(payloads[seq - 1]), "reason": "另有安排"})
    changed = {"payload": forged, "leaf": leaf_hash(forged), "log": COUNTY_LOG, "seq": seq}
    forge(
        "trail_event",
        "UPDATE trail_event SET payload = :payload, leaf_hash = :leaf WHERE log_id = :log AND seq = :seq",
        changed,
    )
    leaves = [bytes.fromhex(leaf) for leaf in list_leaves(COUNTY_LOG, 0, kept.size)]
    where = {"root": root(leaves).hex(), "log": COUNTY_LOG, "size": kept.size}
    forge("trail_checkpoint", "UPDATE trail_checkpoint SET root = :root WHERE log_id = :log AND size = :size", where)
    assert {RESTATED, BROKEN} <= set(said())
    assert not verify_asset(asset.id, asset.region_code, by=person("auditor")).is_sound


def test_a_checkpoint_of_another_size_than_was_signed_is_found(forge: Forge) -> None:
    confirmed()
    make_checkpoint(COUNTY_LOG, "test")
    forge("trail_checkpoint", "UPDATE trail_checkpoint SET size = size - 1 WHERE log_id = :log", {"log": COUNTY_LOG})
    assert said() == [RESTATED]


def test_a_checkpoint_whose_signature_fails_is_a_fault_and_no_missing_checkpoint(forge: Forge) -> None:
    confirmed()
    assert said() == []
    make_checkpoint(COUNTY_LOG, "test")
    assert said() == []
    forge("trail_checkpoint", "UPDATE trail_checkpoint SET note = replace(note, :old, :new) WHERE log_id = :log",
          {"log": COUNTY_LOG, "old": "\n\n", "new": "x\n\n"})  # fmt: skip
    assert said() == [UNSIGNED]
