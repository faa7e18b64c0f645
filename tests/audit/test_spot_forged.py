"""Verifying on the spot against a forger with the disk, and beside people who work meanwhile: on both databases."""

import json
from collections.abc import Callable
from contextlib import closing
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text

from registry.audit import spot
from registry.audit.canonical import encode
from registry.audit.events import leaf_hash
from registry.audit.merkle import root
from registry.audit.queries import find_last_checkpoint, list_leaves, stream_payloads
from registry.audit.reconcile import rows_between
from registry.audit.services import make_checkpoint
from registry.audit.spot import BROKEN, OTHER, RESTATED, UNSIGNED, verify_asset, verify_unit
from registry.config import Settings
from registry.database import db, transaction
from registry.engines import sqlite_module
from registry.permissions import system_actor
from registry.places.models import Region
from registry.places.services import merge_region
from registry.workbench.moving import hand_over
from tests.factories import MUNICIPALITY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, confirmed, person
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


def far_village() -> str:
    """A village of another county."""
    below = (Region.region_code.like(f"{OTHER_COUNTY[:6]}%"), Region.region_code.not_like("%000"))
    return str(db.session.scalars(select(Region.region_code).where(*below)).first())


def test_rows_merged_into_another_county_are_not_missed_by_who_had_them(any_app: Flask) -> None:
    asset, heir = confirmed(), far_village()
    with transaction(VILLAGE, heir):
        merge_region(VILLAGE, heir, on=TODAY, basis="批复", by=system_actor(MUNICIPALITY))
        hand_over(VILLAGE, heir, by=system_actor(MUNICIPALITY))
    auditor = person("auditor")
    assert [verify_unit(unit, by=auditor).faults for unit in (TOWNSHIP, heir)] == [[], []]
    assert verify_asset(asset.id, heir, by=auditor).faults == []


@pytest.mark.parametrize("county", ["its own", "another"])
def test_a_row_moved_by_hand_is_missed_where_it_was(county: str, forge: Forge) -> None:
    asset = confirmed()
    to = SIBLING_VILLAGE if county == "its own" else far_village()
    forge("asset", "UPDATE asset SET region_code = :to WHERE id = :id", {"id": asset.id, "to": to})
    assert said() == [OTHER]


def test_what_is_written_while_a_unit_is_verified_is_no_fault(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed()
    done = list[int]()

    def meanwhile() -> None:
        with any_app.app_context():
            done.append(confirmed(name="新水池").id)

    def slowly(*asked: Any) -> Any:
        if not done:
            worker = Thread(target=meanwhile)
            worker.start()
            worker.join()
        return rows_between(*asked)

    monkeypatch.setattr(spot, "rows_between", slowly)
    assert (said(), len(done)) == ([], 1)
    assert said() == []
