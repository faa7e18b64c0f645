"""The trail on the console: exit codes, what is printed, what is recorded; and rows laid beside the trail."""

import sqlite3

import pytest
from sqlalchemy import text

from registry.audit.console import checkpoint, export, verify
from registry.audit.models import TrailEvent
from registry.audit.queries import last_seq
from registry.audit.reconcile import DIFFERS, GONE, UNLISTED, UNTOLD, reconcile
from registry.audit.services import make_checkpoint
from registry.audit.verify_audit import PROMISES
from registry.audit.verify_audit import verify as verify_file
from registry.database import db, refuse_writes, transaction
from registry.errors import Forbidden, Missing
from registry.permissions import system_actor
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, VILLAGE, confirmed, entered, person
from tests.trust.lived import CITY_LOG, COUNTY_LOG, database_file, keys, live


def last_action(log_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(TrailEvent, (log_id, last_seq(log_id))).action


def forge(*statements: str) -> None:
    with sqlite3.connect(database_file()) as forger:
        for statement in statements:
            forger.execute(statement)
    forger.close()


def test_a_database_that_lived_is_sound_and_the_check_is_recorded(any_app, capsys):
    live(any_app)
    assert verify(None, by=person("municipal_supervisor")) == 0
    printed = capsys.readouterr().out
    assert "未发现篡改" in printed
    assert all(promise in printed for promise in PROMISES)
    assert last_action(CITY_LOG) == "VERIFIED"


def test_one_county_is_verified_with_its_rows(any_app, capsys):
    live(any_app)
    assert verify(VILLAGE, by=person("county_agriculture")) == 0
    assert "没有核对业务表" not in capsys.readouterr().out
    assert last_action(COUNTY_LOG) == "VERIFIED"


def test_an_earlier_note_anchors_and_a_foreign_one_condemns(app, tmp_path, capsys):
    confirmed()
    paper = tmp_path / "paper.txt"
    paper.write_text(make_checkpoint(COUNTY_LOG, "test"), "utf-8")
    assert verify(COUNTY, by=person("auditor"), checkpoints=[paper]) == 0
    paper.write_text(paper.read_text("utf-8").replace("500240\n", "500240\n1", 1), "utf-8")
    assert verify(COUNTY, by=person("auditor"), checkpoints=[paper]) in {1, 2}
    paper.write_text("不是检查点", "utf-8")
    assert verify(COUNTY, by=person("auditor"), checkpoints=[paper]) == 2


def test_a_changed_row_is_exit_code_one(app, capsys):
    confirmed()
    forge("UPDATE asset SET name = '换了'")
    assert verify(COUNTY, by=person("auditor")) == 1
    assert "发现篡改" in capsys.readouterr().out


def test_verification_works_while_nothing_may_be_written(app, capsys):
    confirmed()
    refuse_writes("只读")
    assert verify(COUNTY, by=person("auditor")) == 0


def test_strangers_verify_export_and_sign_nothing(app, tmp_path):
    with pytest.raises(Forbidden):
        verify(None, by=person("village_clerk"))
    with pytest.raises(Missing):
        verify(OTHER_COUNTY, by=person("auditor"))
    with pytest.raises(Forbidden):
        export(None, tmp_path / "x.zip", by=person("county_agriculture"))
    with pytest.raises(Forbidden):
        checkpoint(None, by=person("county_agriculture"))


def test_an_export_from_the_console_verifies(any_app, tmp_path, capsys):
    confirmed()
    assert export(None, tmp_path / "trail.zip", by=person("auditor")) == 0
    assert "公钥指纹" in capsys.readouterr().out
    assert verify_file(tmp_path / "trail.zip", (), keys()).code == 0


def test_signing_covers_what_is_asked_and_the_municipality_witnesses(any_app, capsys):
    confirmed()
    assert checkpoint(None, by=person("audit_administrator"), everything=True) == 0
    assert "签署 3 个日志，见证 2 个" in capsys.readouterr().out
    entered(name="又一项")
    assert checkpoint(None, by=person("audit_administrator")) == 0
    assert "签署 0 个日志" in capsys.readouterr().out
    assert checkpoint(COUNTY, by=person("auditor")) == 0
    assert "签署 1 个日志，见证 1 个" in capsys.readouterr().out


# ---- rows beside the trail


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE asset SET name = name || ' '", DIFFERS),
        ("UPDATE asset SET original_value_fen = original_value_fen + 1", DIFFERS),
        ("UPDATE asset SET is_legacy = 2", DIFFERS),
        ("UPDATE asset SET acquired_on = '2019-10-27'", DIFFERS),
        ("UPDATE asset SET certificate_on = '2019-10-27'", DIFFERS),
        ("UPDATE asset SET version_id = 9", DIFFERS),
        ("UPDATE user SET password_hash = 'x' WHERE username = 'auditor'", DIFFERS),
        ("UPDATE region SET name = '别名' WHERE region_code = '500240213203'", DIFFERS),
        ("DELETE FROM asset_owner", GONE),
        ("DELETE FROM region WHERE region_code = '500240213204'", GONE),
        ("UPDATE asset_owner SET region_code = '500101000000'", GONE),
        (("INSERT INTO user_grant(user_id, role, valid_from, basis, region_code) "
         "VALUES (1, 'AUDITOR', '2020-01-01', 'x', '500240000000')"), UNTOLD),
        (("INSERT INTO trail_mention SELECT log_id, seq, 'asset', '77' FROM trail_event "
         "WHERE log_id = 500240 AND seq = 3"), UNLISTED),
    ],
)  # fmt: skip
def test_a_row_that_the_trail_does_not_bear_out_is_named(statement, problem, app):
    entered()
    db.session.rollback()
    forge(statement)
    assert {one.problem for one in reconcile(COUNTY_LOG)} == {problem}


def test_untouched_rows_of_every_log_are_borne_out(any_app):
    live(any_app)
    for log_id in (CITY_LOG, 500101, COUNTY_LOG):
        assert reconcile(log_id) == []


def test_a_row_that_moved_to_another_county_is_judged_there(any_app):
    from registry.assets.register.cards.models import Asset
    from registry.audit.actions import Action
    from registry.audit.services import record

    asset_id = entered().id
    with transaction(VILLAGE, OTHER_COUNTY):
        asset = db.session.get_one(Asset, asset_id)
        asset.region_code = OTHER_COUNTY
        record(Action.ASSETS_MOVED, asset, by=system_actor(MUNICIPALITY))
    assert reconcile(COUNTY_LOG) == []
    assert reconcile(500101) == []


@pytest.mark.postgres
def test_on_postgresql_too_a_changed_row_is_found(pg_settings, pg_server, capsys):
    from tests.conftest import opened
    from tests.postgres import OWNER

    for _app in opened(pg_settings):
        confirmed()
        name = str(db.engine.url.database)
        db.session.rollback()
        owner = pg_server.uri(OWNER, name)
        from sqlalchemy import create_engine

        engine = create_engine(owner)
        with engine.begin() as connection:
            connection.execute(text("UPDATE asset SET original_value_fen = 1, poverty_fund_fen = 0"))
        engine.dispose()
        assert verify(COUNTY, by=person("auditor")) == 1
