"""Writing the trail: what a transaction takes up, and what it refuses to commit."""

import json

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from registry.accounts.models import User
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.merkle import TILE_LEAVES
from registry.audit.models import TrailEvent, TrailMention, TrailTile
from registry.audit.services import make_checkpoint, record, thing_of
from registry.clock import now
from registry.config import current
from registry.database import NotInTransaction, UnrecordedChange, db, transaction
from registry.permissions import system_actor
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, VILLAGE, entered, person
from tests.trust.lived import COUNTY_LOG


def head(log_id: int) -> int:
    return db.session.scalar(select(func.max(TrailEvent.seq)).where(TrailEvent.log_id == log_id)) or 0


def payload(log_id: int, seq: int) -> dict:
    return json.loads(db.session.get_one(TrailEvent, (log_id, seq)).payload)


def rename(asset_id: int, name: str) -> Asset:
    asset = db.session.get_one(Asset, asset_id)
    asset.name = name
    return asset


@pytest.fixture
def asset_id(any_app) -> int:
    return entered().id


def test_an_event_carries_every_row_of_the_deed_before_and_after(asset_id):
    with transaction(VILLAGE):
        record(Action.ASSET_CORRECTED, rename(asset_id, "新名"), by=person("village_clerk"), reason="理由")
    told = payload(COUNTY_LOG, head(COUNTY_LOG))
    (change,) = told["changes"]
    assert (change["before"]["name"], change["after"]["name"]) == ("中益冷链仓库", "新名")
    assert (change["before"]["version_id"], change["after"]["version_id"]) == (1, 2)
    assert set(change["before"]) == set(change["after"]) == {column.name for column in Asset.__table__.columns}


def test_two_events_of_one_transaction_are_numbered_one_after_the_other(asset_id):
    before = head(COUNTY_LOG)
    with transaction(VILLAGE):
        for name in ("甲", "乙"):
            record(Action.ASSET_CORRECTED, rename(asset_id, name), by=person("village_clerk"))
    first, second = payload(COUNTY_LOG, before + 1), payload(COUNTY_LOG, before + 2)
    assert second["region_seq"] == first["region_seq"] + 1
    assert second["changes"][0]["before"] == first["changes"][0]["after"]


def test_an_actor_of_another_county_writes_into_the_log_of_the_thing(asset_id):
    before = head(500101)
    with transaction(VILLAGE):
        record(Action.READ, db.session.get_one(Asset, asset_id), by=person("other_clerk"))
    assert head(500101) == before
    assert payload(COUNTY_LOG, head(COUNTY_LOG))["actor"]["unit"] == OTHER_COUNTY


def test_a_deed_over_two_counties_is_one_event_in_each_log_with_one_deed_number(any_app):
    with transaction(COUNTY, OTHER_COUNTY):
        for seat in ("village_clerk", "other_clerk"):
            db.session.scalars(select(User).where(User.username == seat)).one().post = "改"
        thing = Thing("user", "many", MUNICIPALITY)
        with pytest.raises(NotInTransaction):
            record(Action.USER_CHANGED, thing, by=system_actor(MUNICIPALITY))
        record(Action.USER_CHANGED, Thing("user", "many", COUNTY), by=system_actor(MUNICIPALITY))
    here, there = payload(COUNTY_LOG, head(COUNTY_LOG)), payload(500101, head(500101))
    assert here["deed"] == there["deed"]
    assert [len(event["changes"]) for event in (here, there)] == [1, 1]
    assert there["region"] == OTHER_COUNTY


def test_a_row_does_not_leave_a_county_whose_log_is_not_held(asset_id):
    with pytest.raises(NotInTransaction), transaction(OTHER_COUNTY):
        asset = db.session.get_one(Asset, asset_id)
        asset.region_code = OTHER_COUNTY
        record(Action.ASSETS_MOVED, asset, by=system_actor(MUNICIPALITY))


def test_an_unrecorded_change_takes_everything_back(asset_id):
    before = head(COUNTY_LOG)
    with pytest.raises(UnrecordedChange), transaction(VILLAGE):
        record(Action.ASSET_CORRECTED, rename(asset_id, "记了"), by=person("village_clerk"))
        rename(asset_id, "没记")
    assert head(COUNTY_LOG) == before
    assert db.session.get_one(Asset, asset_id).name == "中益冷链仓库"


def test_an_audited_row_is_not_flushed_outside_a_transaction(asset_id):
    rename(asset_id, "偷偷")
    with pytest.raises(NotInTransaction):
        db.session.flush()
    db.session.rollback()


def test_going_on_after_a_failed_statement_commits_nothing(asset_id):
    """The failure undid the transaction and freed its locks; what follows would be half a deed."""
    before = head(COUNTY_LOG)
    with pytest.raises(NotInTransaction), transaction(VILLAGE):
        record(Action.ASSET_CORRECTED, rename(asset_id, "第一半"), by=person("village_clerk"))
        db.session.add(User(username="village_clerk", name="重", post="", region_code=VILLAGE, password_hash="",
                            password_changed_at=now(), created_at=now()))  # fmt: skip
        try:
            db.session.flush()
        except IntegrityError:
            db.session.rollback()
        record(Action.READ, Thing("page", "x", VILLAGE), by=person("village_clerk"))
    assert head(COUNTY_LOG) == before


def test_what_a_savepoint_undid_is_not_told(asset_id):
    with transaction(VILLAGE):
        with pytest.raises(ZeroDivisionError), db.session.begin_nested():
            rename(asset_id, "试一试")
            db.session.flush()
            raise ZeroDivisionError
        asset = rename(asset_id, "当真")
        record(Action.ASSET_CORRECTED, asset, by=person("village_clerk"))
    (change,) = payload(COUNTY_LOG, head(COUNTY_LOG))["changes"]
    assert (change["before"]["name"], change["after"]["name"]) == ("中益冷链仓库", "当真")


def test_a_change_recorded_within_an_undone_savepoint_is_unrecorded_again(asset_id):
    with pytest.raises(UnrecordedChange), transaction(VILLAGE):
        asset = rename(asset_id, "先改")
        db.session.flush()
        with pytest.raises(ZeroDivisionError), db.session.begin_nested():
            record(Action.ASSET_CORRECTED, asset, by=person("village_clerk"))
            raise ZeroDivisionError


def test_a_transaction_does_not_open_inside_another(any_app):
    with transaction(VILLAGE), pytest.raises(NotInTransaction), transaction(COUNTY):
        pass


def test_a_row_not_yet_stored_has_no_name_in_the_trail(any_app):
    with pytest.raises(NotInTransaction):
        thing_of(Asset(region_code=VILLAGE))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE asset SET name = 'x'",
        "  update  asset set name = 'x'",
        "UPDATE \"asset\" SET name = 'x'",
        "/* tidy */ UPDATE asset SET name = 'x'",
        "-- tidy\nUPDATE asset SET name = 'x'",
        "WITH one AS (SELECT 1) UPDATE asset SET name = 'x'",
        "WITH one AS (SELECT 1) DELETE FROM asset",
        "DELETE FROM asset",
        "INSERT INTO comment(asset_id) VALUES (1)",
    ],
)
def test_raw_statements_on_audited_tables_are_refused(statement, asset_id):
    with pytest.raises(UnrecordedChange), transaction(VILLAGE):
        db.session.execute(text(statement))


@pytest.mark.parametrize("statement", ["UPDATE main.asset SET name = 'x'", "UPDATE [asset] SET name = 'x'",
    "REPLACE INTO asset(id) VALUES (1)", "UPDATE OR IGNORE asset SET name = 'x'"])  # fmt: skip
def test_spellings_of_sqlite_are_refused_too(statement, app):
    with pytest.raises(UnrecordedChange), transaction(VILLAGE):
        db.session.execute(text(statement))


@pytest.mark.postgres
@pytest.mark.parametrize("statement", ["SELECT 1; DELETE FROM asset", "UPDATE ONLY asset SET name = 'x'",
    "TRUNCATE asset", "COPY asset FROM STDIN", "MERGE INTO asset USING party ON false WHEN MATCHED THEN DELETE"],
)  # fmt: skip
def test_spellings_of_postgresql_are_refused_too(statement, pg_settings):
    from tests.conftest import opened

    for _app in opened(pg_settings):
        with pytest.raises(UnrecordedChange), transaction(VILLAGE):
            db.session.connection().exec_driver_sql(statement)


def test_bulk_writes_of_the_session_are_refused(asset_id):
    for write in (
        lambda: db.session.execute(update(Asset).values(name="x")),
        lambda: db.session.execute(insert(Asset), [{"name": "x"}]),
        lambda: db.session.bulk_update_mappings(Asset, [{"id": asset_id, "name": "x", "version_id": 1}]),
    ):
        with pytest.raises(UnrecordedChange), transaction(VILLAGE):
            write()


def test_an_event_is_listed_under_the_asset_its_rows_belong_to(asset_id):
    with transaction(VILLAGE):
        record(Action.ASSET_CORRECTED, rename(asset_id, "新"), by=person("village_clerk"))
    listed = select(TrailMention.thing_id).where(
        TrailMention.seq == head(COUNTY_LOG), TrailMention.log_id == COUNTY_LOG, TrailMention.thing_table == "asset"
    )
    assert list(db.session.scalars(listed)) == [str(asset_id)]


def test_a_checkpoint_covers_the_use_of_its_own_key_and_is_not_signed_twice(asset_id):
    before = head(COUNTY_LOG)
    note = make_checkpoint(COUNTY_LOG, "为了测试")
    told = payload(COUNTY_LOG, before + 1)
    assert (told["action"], told["reason"]) == ("KEY_USED", "为了测试")
    assert note is not None
    assert note.splitlines()[1] == str(before + 1)
    assert make_checkpoint(COUNTY_LOG, "再来") == note
    assert (current().checkpoints / str(COUNTY_LOG)).read_text("utf-8") == note
    assert head(COUNTY_LOG) == before + 1


def test_an_empty_log_has_no_checkpoint(any_app):
    assert make_checkpoint(509999, "空") is None


def test_every_complete_tile_is_stored_with_a_checkpoint(app):
    by = system_actor(MUNICIPALITY)
    make_checkpoint(COUNTY_LOG, "first")
    with transaction(COUNTY):
        for _ in range(2 * TILE_LEAVES):
            record(Action.READ, Thing("page", "x", COUNTY), by=by)
    make_checkpoint(COUNTY_LOG, "second")
    tiles = db.session.scalars(select(TrailTile).where(TrailTile.log_id == COUNTY_LOG)).all()
    assert [tile.tile_index for tile in tiles] == list(range(head(COUNTY_LOG) // TILE_LEAVES))
    leaves = db.session.scalars(
        select(TrailEvent.leaf_hash).where(TrailEvent.log_id == COUNTY_LOG).order_by(TrailEvent.seq)
    )
    assert "".join(tile.hashes for tile in tiles) == "".join(leaves)[: len(tiles) * TILE_LEAVES * 64]


def test_a_slower_process_does_not_put_an_older_note_back(app):
    from registry.audit.services import keep_note

    entered()
    make_checkpoint(COUNTY_LOG, "older")
    entered(name="又一项")
    newer = make_checkpoint(COUNTY_LOG, "newer")
    keep_note(COUNTY_LOG)
    assert (current().checkpoints / str(COUNTY_LOG)).read_text("utf-8") == newer
