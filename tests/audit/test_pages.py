"""The pages of the trail: who sees which events, what a reader may ask, and what reading leaves behind."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from sqlalchemy import func, select

from registry.audit import verification, verify_audit, views
from registry.audit.models import TrailEvent
from registry.audit.services import make_checkpoint
from registry.database import db, refuse_writes
from registry.ledger.books.models import Book
from registry.ledger.books.rules import month_of
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, PASSWORD, SIBLING_VILLAGE, VILLAGE, confirmed, entered
from tests.ledger.books.keeping import closed_until
from tests.ledger.receipts.receiving import posted, rent
from tests.trust.lived import CITY_LOG, COUNTY_LOG


def sign_in(app, username):
    client = app.test_client()
    assert client.post("/login", data={"username": username, "password": PASSWORD}).status_code == 303
    return client


def head(log_id=COUNTY_LOG):
    db.session.rollback()
    return db.session.scalar(select(func.max(TrailEvent.seq)).where(TrailEvent.log_id == log_id)) or 0


def actions(log_id=COUNTY_LOG):
    rows = select(TrailEvent.action).where(TrailEvent.log_id == log_id).order_by(TrailEvent.seq)
    return list(db.session.scalars(rows))


def test_a_clerk_reads_what_was_done_in_the_own_village_in_plain_chinese(any_app):
    confirmed(name="中益加工车间")
    page = sign_in(any_app, "village_clerk").get("/trail").text
    for words in ("登记资产", "中益加工车间", "确认登记", "Township Clerk", "第 "):
        assert words in page
    assert "1,286,400.00 元" in page
    assert "original_value_fen" not in page
    assert "经营性资产" in page


def test_the_months_of_books_and_income_are_written_as_people_write_them(app):
    posted(confirmed(), rent(50_000))
    book_id = db.session.scalars(select(Book.id)).one()
    closed_until(book_id, month_of(date(2026, 1, 1)))
    page = sign_in(app, "village_clerk").get("/trail").text
    told = set(re.findall(r"\d{4}年\d{1,2}月", page))
    assert {"2026年1月", "2026年11月"} <= told
    assert [number for number in ("24312", "24322", "202611") if re.search(rf"\b{number}\b", page)] == []


def test_nobody_reads_events_of_a_unit_outside_the_reach(app):
    entered(name="隐秘的仓库")
    seq = head()
    for stranger in ("sibling_clerk", "other_clerk"):
        client = sign_in(app, stranger)
        assert "隐秘的仓库" not in client.get("/trail").text
        assert "隐秘的仓库" not in client.get(f"/trail?region={COUNTY}").text
        assert client.get(f"/trail?region={VILLAGE}").status_code == 404
        assert client.get(f"/trail/{COUNTY_LOG}/{seq}").status_code == 404
        assert client.get(f"/trail/{COUNTY_LOG}/999999").status_code == 404
    assert sign_in(app, "village_clerk").get(f"/trail/{COUNTY_LOG}/{seq}").status_code == 200


@pytest.mark.parametrize("username", ["custodian", "system_administrator", "security_administrator"])
def test_who_may_not_read_the_trail_is_refused(username, app):
    assert sign_in(app, username).get("/trail").status_code == 403


def test_a_sector_officer_is_led_to_the_assets(app):
    entered(name="隐秘的仓库")
    page = sign_in(app, "sector_officer").get("/trail")
    assert page.status_code == 200
    assert "请从具体资产查看" in page.text
    assert "隐秘的仓库" not in page.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("action=ASSET_CONFIRMED", True),
        ("action=ASSET_WITHDRAWN", False),
        ("who=Township", True),
        ("who=Nobody", False),
        ("who=%25", False),
        ("day_from=2020-01-01&day_to=2099-01-01", True),
        ("day_to=2020-01-01", False),
        ("day_from=2099-01-01", False),
        ("thing=asset:1", True),
        ("thing=asset:77", False),
        (f"region={VILLAGE}", True),
        (f"region={SIBLING_VILLAGE}", False),
    ],
)
def test_each_condition_narrows_the_list(query, shown, any_app):
    confirmed(name="中益加工车间")
    page = sign_in(any_app, "county_agriculture").get(f"/trail?{query}")
    assert page.status_code == 200
    assert ("中益加工车间" in page.text) is shown


def test_a_condition_that_is_none_is_said_and_not_left_out(app):
    answer = sign_in(app, "village_clerk").get("/trail?action=NOTHING")
    assert answer.status_code == 422
    assert "事项" in answer.text


def test_a_name_with_signs_of_its_own_is_no_pattern_and_no_place_holder(app):
    entered(name="产量提高50%的%(n)s车间")
    page = sign_in(app, "village_clerk").get("/trail?who=%25")
    assert page.status_code == 200
    assert "产量提高" not in page.text
    assert "产量提高50%的%(n)s车间" in sign_in(app, "village_clerk").get("/trail").text


@pytest.mark.parametrize("query", ["", f"region={VILLAGE}", "action=ASSET_SUBMITTED"])
def test_leafing_shows_every_event_once_and_leads_back(query, any_app, monkeypatch):
    from registry.audit import reading

    monkeypatch.setattr(reading, "PAGE", 2)
    for number in range(5):
        entered(name=f"资产{number}")
    client = sign_in(any_app, "village_clerk")
    seen, url, urls = [], f"/trail?{query}", []
    while url:
        urls.append(url)
        page = client.get(url).text
        seen += [int(part.split('"')[0]) for part in page.split('<li id="e')[1:]]
        url = _step(page, "下一页")
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) >= 5
    assert _step(client.get(urls[1]).text, "上一页")
    back = client.get(_step(client.get(urls[2]).text, "上一页")).text
    assert back.split('<li id="e')[1].split('"')[0] == client.get(urls[1]).text.split('<li id="e')[1].split('"')[0]


def _step(page: str, label: str) -> str:
    import html
    import re

    found = re.search(r'href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?' + label, page)
    return html.unescape(found[1]) if found else ""


def test_an_auditor_leaves_one_event_for_each_page_read_and_a_supervisor_none(app):
    entered()
    for username, left in (("auditor", 1), ("county_agriculture", 0)):
        client = sign_in(app, username)
        for url in ("/trail", f"/trail/{COUNTY_LOG}/1", "/trail/checkpoint"):
            before = head()
            assert client.get(url).status_code == 200
            assert head() - before == left
    assert db.session.get(TrailEvent, (COUNTY_LOG, head())).action != "READ"


def test_reading_still_works_when_nothing_may_be_written(app):
    client = sign_in(app, "auditor")
    refuse_writes("只读")
    assert client.get("/trail").status_code == 200


def test_an_event_is_shown_with_its_hash_and_a_proof_to_the_newest_checkpoint(any_app):
    asset = entered(name="中益加工车间")
    seq = head()
    client = sign_in(any_app, "village_clerk")
    assert "还没有被检查点覆盖" in client.get(f"/trail/{COUNTY_LOG}/{seq}").text
    make_checkpoint(COUNTY_LOG, "test")
    page = client.get(f"/trail/{COUNTY_LOG}/{seq}").text
    row = db.session.get_one(TrailEvent, (COUNTY_LOG, seq))
    for words in ("在检查点之内", row.leaf_hash, row.prev, "证明路径", asset.name):
        assert words in page


def test_the_checkpoint_page_hands_out_the_note_and_the_key(app):
    entered()
    note = make_checkpoint(COUNTY_LOG, "test")
    page = sign_in(app, "village_clerk").get("/trail/checkpoint").text
    assert note.splitlines()[2] in page
    assert "data:image/svg" in page
    assert "校验这个日志" not in page
    assert "校验这个日志" in sign_in(app, "county_agriculture").get("/trail/checkpoint").text


def test_a_sound_log_is_reported_sound_with_what_that_proves(any_app):
    confirmed()
    note = make_checkpoint(COUNTY_LOG, "test")
    entered(name="之后")
    client = sign_in(any_app, "auditor")
    report = client.post("/trail/verify", data={"region": COUNTY, "notes": f"\r\n{note}\r\n{note}"})
    assert report.status_code == 200
    assert "没有发现改动" in report.text
    assert all(promise in report.text for promise in verify_audit.PROMISES)
    assert f"外部检查点确认到第 {note.splitlines()[1]} 条" in report.text
    told = db.session.get_one(TrailEvent, (COUNTY_LOG, head()))
    assert (told.action, json.loads(told.payload)["facts"]["code"]) == ("VERIFIED", 0)


def test_a_row_changed_behind_the_trail_is_reported(app):
    import sqlite3

    asset_id = confirmed().id
    db.session.rollback()
    with sqlite3.connect(str(db.engine.url.database)) as forger:
        forger.execute("UPDATE asset SET original_value_fen = original_value_fen + 1")
    report = sign_in(app, "county_agriculture").post("/trail/verify", data={"region": COUNTY}).text
    assert "发现改动" in report
    assert f"资产 {asset_id}" in report


def test_a_forged_note_is_no_proof(app):
    entered()
    note = make_checkpoint(COUNTY_LOG, "test")
    forged = note.replace("\n", "\n1", 1)
    client = sign_in(app, "county_agriculture")
    report = client.post("/trail/verify", data={"region": COUNTY, "notes": forged}).text
    assert "没有发现改动" not in report
    report = client.post("/trail/verify", data={"region": COUNTY, "notes": "随便写的"}).text
    assert "不能核验" in report


def test_only_who_reaches_the_whole_log_verifies_and_exports(app):
    entered()
    for username, url, status in (
        ("village_clerk", "/trail/verify", 403),
        ("county_agriculture", "/trail/export", 403),
        ("other_supervisor", "/trail/verify", 404),
    ):
        assert sign_in(app, username).post(url, data={"region": COUNTY}).status_code == status
    client = sign_in(app, "auditor")
    assert client.post("/trail/verify", data={"region": OTHER_COUNTY}).status_code == 404
    assert client.post("/trail/verify", data={"region": "x"}).status_code == 404
    assert client.post("/trail/export", data={"region": MUNICIPALITY}).status_code == 404


def test_too_many_events_are_left_to_the_console(app, monkeypatch):
    monkeypatch.setattr(views, "MAX_ON_PAGE", 3)
    client = sign_in(app, "auditor")
    for url in ("/trail/verify", "/trail/export"):
        answer = client.post(url, data={"region": COUNTY})
        assert answer.status_code == 422
        assert "registry audit" in answer.text


def test_an_export_from_the_page_verifies_by_itself(any_app, tmp_path):
    confirmed()
    answer = sign_in(any_app, "auditor").post("/trail/export", data={"region": COUNTY})
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        packed.extractall(tmp_path)
    report = verify_audit.verify(tmp_path)
    assert report.code == 0, report.lines()
    assert actions()[-2:] == ["EXPORTED_TRAIL", "KEY_USED"]


def test_the_municipality_chooses_among_the_logs(app):
    entered(name="中益加工车间")
    client = sign_in(app, "municipal_supervisor")
    assert "中益加工车间" not in client.get("/trail").text
    assert "中益加工车间" in client.get(f"/trail?region={COUNTY}").text
    report = client.post("/trail/verify", data={"region": ""}).text
    assert f"日志 {CITY_LOG}" in report
    assert f"日志 {COUNTY_LOG}" in report


def test_the_limit_of_the_page_is_the_one_that_is_documented():
    assert verification.MAX_ON_PAGE == 200_000
