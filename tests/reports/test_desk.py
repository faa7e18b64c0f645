"""The auditor's desk over HTTP: verify, compare, take out, print; what is altered in the database is named."""

import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.audit.models import TrailEvent
from registry.audit.queries import find_last_checkpoint
from registry.audit.services import make_checkpoint
from registry.audit.verify_audit import verify
from registry.database import db
from registry.reports.desk import bundling
from tests.audit.second_verifier import judge
from tests.factories import (
    COUNTY,
    MUNICIPALITY,
    OTHER_COUNTY,
    PASSWORD,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    confirmed,
)
from tests.reports.histories import Calendar, calendar
from tests.reports.printing import signed_in
from tests.trust.lived import COUNTY_LOG, database_file, keys


@pytest.fixture(autouse=True)
def days(app: Flask) -> Iterator[type[Calendar]]:
    with calendar() as one:
        one.day = TODAY
        yield one


def send(client: FlaskClient, url: str, key: str, **fields: object) -> object:
    """Send a form."""
    return client.post(url, data={"one_time_key": key, "password": PASSWORD, **fields})


@contextmanager
def behind(sql: str, *values: object) -> Iterator[None]:
    """Alter the database as somebody with the file can, past every guard."""
    path = database_file()
    with sqlite3.connect(path, isolation_level=None) as forger:
        for (name,) in forger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            forger.execute(f"DROP TRIGGER {name}")
        forger.execute(sql, values)
    forger.close()
    yield


def actions() -> list[str]:
    """The actions of the county's log, the newest last."""
    db.session.rollback()
    here = select(TrailEvent.action).where(TrailEvent.log_id == COUNTY_LOG)
    return list(db.session.scalars(here.order_by(TrailEvent.seq)))


@pytest.mark.parametrize(
    "address",
    ["", "/compare", "/verify", "/bundles", "/edits", "/leaving", "/reveals", "/then"],
)
def test_every_page_of_the_desk_opens_and_the_reading_is_recorded(client: FlaskClient, address: str) -> None:
    with signed_in(client, "auditor"):
        before = len(actions())
        assert client.get(f"/audit-desk{address}").status_code == 200
        assert actions()[before:] == ["READ"]


def test_who_may_not_verify_does_not_enter_and_who_may_not_print_sees_no_papers(client: FlaskClient) -> None:
    with signed_in(client, "village_clerk"):
        assert client.get("/audit-desk").status_code == 403
    with signed_in(client, "audit_administrator"):
        text = client.get("/audit-desk").text
        assert ("导出证据包" in text, "离任交接摘录" in text) == (True, False)
        assert client.get("/audit-desk/edits").status_code == 404
    with signed_in(client, "discipline_inspector"):
        text = client.get("/audit-desk").text
        assert ("导出证据包" in text, "离任交接摘录" in text) == (False, True)


def test_a_checkpoint_kept_elsewhere_holds_until_history_is_rewritten(client: FlaskClient) -> None:
    confirmed()
    make_checkpoint(COUNTY_LOG, "test")
    kept = find_last_checkpoint(COUNTY_LOG)
    assert kept is not None
    confirmed(name="后来的")
    with signed_in(client, "auditor"):
        assert "一条都没有改过" in send(client, "/audit-desk/compare", "a", notes=kept.note).text
        sent = {"file": (io.BytesIO(kept.note.encode()), "检查点.txt"), "one_time_key": "b"}
        assert "一条都没有改过" in client.post("/audit-desk/compare", data=sent).text
        forged = kept.note.replace(kept.note.split("\n")[2], "A" * 43 + "=")
        assert "签名不成立" in send(client, "/audit-desk/compare", "c", notes=forged).text
        nonsense = send(client, "/audit-desk/compare", "d", notes="早上好")
        assert (nonsense.status_code, "这不是检查点" in nonsense.text) == (422, True)
        with behind(
            "UPDATE trail_event SET payload = replace(payload, '中益冷链仓库', '中益冷链仓厍') WHERE seq < 9999"
        ):
            assert "被改过" in send(client, "/audit-desk/compare", "e", notes=kept.note).text


def test_a_unit_and_an_asset_are_sound_until_a_digit_is_altered_and_then_the_row_is_named(client: FlaskClient) -> None:
    asset = confirmed()
    number, key = asset.asset_no, asset.id
    make_checkpoint(COUNTY_LOG, "test")
    with signed_in(client, "auditor"):
        assert "没有发现改动" in send(client, "/audit-desk/verify/unit", "a", region_code=TOWNSHIP).text
        assert "没有发现改动" in send(client, "/audit-desk/verify/asset", "b", asset_no=number).text
        wide = "".join(chr(ord(one) + 0xFEE0) for one in number.lower())
        assert "没有发现改动" in send(client, "/audit-desk/verify/asset", "w", asset_no=wide).text
        with behind("UPDATE asset SET original_value_fen = original_value_fen + 1000 WHERE id = ?", key):
            for address, fields in (("unit", {"region_code": TOWNSHIP}), ("asset", {"asset_no": number})):
                text = send(client, f"/audit-desk/verify/{address}", f"c{address}", **fields).text
                assert f"资产 {key}：“原值（original_value_fen）”" in text, text


def test_an_event_altered_or_gone_is_named_by_its_number(client: FlaskClient) -> None:
    confirmed()
    make_checkpoint(COUNTY_LOG, "test")
    rows = select(TrailEvent.seq).where(TrailEvent.log_id == COUNTY_LOG, TrailEvent.region_code == VILLAGE)
    first, second = list(db.session.scalars(rows.order_by(TrailEvent.seq)))[-2:]
    with signed_in(client, "auditor"):
        with behind(
            "UPDATE trail_event SET payload = replace(payload, '\"outcome\":\"DONE\"', '\"outcome\":\"REFUSED\"')"
            " WHERE log_id = ? AND seq = ?", COUNTY_LOG, first,
        ):  # fmt: skip
            assert f"日志第 {first} 条" in send(client, "/audit-desk/verify/unit", "a", region_code=VILLAGE).text
        with behind("DELETE FROM trail_event WHERE log_id = ? AND seq = ?", COUNTY_LOG, first):
            assert "不见了" in send(client, "/audit-desk/verify/unit", "b", region_code=VILLAGE).text
    assert second > first


@pytest.mark.parametrize("region", [OTHER_COUNTY, MUNICIPALITY, "123"])
def test_a_foreign_unit_does_not_exist(client: FlaskClient, region: str) -> None:
    with signed_in(client, "auditor"):
        assert send(client, "/audit-desk/verify/unit", "a", region_code=region).status_code == 404
        assert send(client, "/audit-desk/bundles", "b", region_code=region).status_code == 404
        fields = {"since": "2026-01-01", "on": "2026-11-01", "who": "auditor"}
        for name in ("edits", "leaving", "reveals"):
            assert send(client, f"/audit-desk/{name}", name, region_code=region, **fields).status_code == 404


def test_a_bundle_is_made_fetched_and_sound_to_both_verifiers(client: FlaskClient, tmp_path) -> None:
    confirmed()
    with signed_in(client, "auditor"):
        answer = send(client, "/audit-desk/bundles", "a", region_code=TOWNSHIP, with_files="y")
        assert answer.status_code == 303, answer.text
        again = send(client, "/audit-desk/bundles", "a", region_code=TOWNSHIP, with_files="y")
        assert again.headers["Location"] == answer.headers["Location"]
        address = answer.headers["Location"]
        said = client.get(address).text
        assert "做好了" in said
        polled = said.split('id="progress"')[1]
        assert "包里有什么" in polled, "the digest comes with the news that the bundle is done"
        file = client.get(f"{address}/file")
        (tmp_path / "b.zip").write_bytes(file.data)
    assert verify(tmp_path / "b.zip", (), keys()).code == 0
    assert judge(tmp_path / "b.zip", (), keys()) == []
    assert [one for one in actions() if one.endswith(("EVIDENCE", "SEALED"))] == [
        "EXPORTED_EVIDENCE",
        "EVIDENCE_SEALED",
    ]
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        assert json.loads(packed.read("manifest.json"))["files"] is True
    with signed_in(client, "audit_administrator"):
        assert client.get(address).status_code == 404
        refused = send(client, "/audit-desk/bundles", "b", region_code=TOWNSHIP, with_files="y")
        assert refused.status_code == 403


def test_a_bundle_is_forgotten_after_its_days(client: FlaskClient) -> None:
    confirmed()
    with signed_in(client, "auditor"):
        address = send(client, "/audit-desk/bundles", "a", region_code=VILLAGE).headers["Location"]
        bundling.forget_bundles()
        assert client.get(f"{address}/file").status_code == 200
        for path in bundling.path_of(1).parent.iterdir():
            os.utime(path, (0, 0))
        bundling.forget_bundles()
        assert client.get(f"{address}/file").status_code == 409


def test_a_period_that_ends_before_it_begins_is_refused_beside_its_field(client: FlaskClient) -> None:
    with signed_in(client, "auditor"):
        fields = {"region_code": VILLAGE, "since": "2026-05-02", "until": "2026-05-01"}
        answer = send(client, "/audit-desk/bundles", "a", **fields)
        assert (answer.status_code, "结束日期不能早于开始日期" in answer.text) == (422, True)
        fields = {"region_code": COUNTY, "since": "2026-05-02", "on": "2026-05-01", "kind": ""}
        answer = send(client, "/audit-desk/edits", "b", **fields)
        assert (answer.status_code, "开始日期不能晚于截止日期" in answer.text) == (422, True)
