"""Imports by file, precheck and confirmation; exports to be fetched for a day by who asked."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.sheets import keeping
from registry.audit.models import TrailEvent
from registry.clock import now
from registry.config import Settings
from registry.database import db
from tests.factories import SIBLING_VILLAGE, confirmed
from tests.rest.program import Program

LEDGER = (
    "资产名称,类别,子类,购建时间,原值（元）,资金来源,所有权人,所在村\n"
    "冷库一号,经营性资产,仓储设施,2019-10-26,1000.00,专项扶贫资金,华溪村股份经济合作社,华溪村\n"
)


def exported(program: Program, form: str = "csv", **conditions: str) -> str:
    """Ask for an export and return where it is fetched."""
    made = program.post("/exports", {"form": form, **conditions})
    assert made.status_code == 303, made.text
    return str(made.headers["Location"])


def test_what_is_exported_can_be_imported_again_and_is_found_to_be_known(app: Flask) -> None:
    confirmed()
    program = Program(app.test_client(), "village_clerk")
    data = program.get(exported(program, "xlsx")).data
    made = program.call("POST", "/imports", data={"file": (io.BytesIO(data), "台账.xlsx")})
    assert made.status_code == 201, made.text
    assert (made.json["status"], made.json["added"], made.json["invalid"]) == ("CHECKED", 0, 0)
    assert program.get(made.headers["Location"]).json == made.json


def test_a_file_is_prechecked_then_confirmed_once(app: Flask) -> None:
    confirmed()
    program = Program(app.test_client(), "village_clerk")
    rows = list(csv.reader(io.StringIO(program.get(exported(program)).data.decode("utf-8-sig"))))
    heads = rows[0]
    number, name = next(i for i, head in enumerate(heads) if "编号" in head), heads.index("资产名称")
    fresh = [*rows[1]]
    fresh[number], fresh[name] = "", "新冷库"
    text = io.StringIO()
    csv.writer(text).writerows([heads, fresh])
    body = text.getvalue().encode("utf-8-sig")
    before = db.session.scalar(select(func.count()).select_from(Asset))
    made = program.call("POST", "/imports", data={"file": (io.BytesIO(body), "新.csv")})
    assert (made.json["added"], made.json["written"]) == (1, 0), made.text
    done = program.post(f"/imports/{made.json['id']}/confirm", {"mode": "ALL_OR_NOTHING"})
    assert done.status_code == 202, done.text
    assert program.get(done.headers["Location"]).json["written"] == 1
    assert program.post(f"/imports/{made.json['id']}/confirm", {"mode": "ALL_OR_NOTHING"}).status_code == 409
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Asset)) == (before or 0) + 1


def test_cells_to_be_mended_are_listed_page_by_page(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk")
    rows = LEDGER.splitlines()
    bad = [rows[1].replace("1000.00", f"x{number}") for number in range(3)]
    body = "\n".join([rows[0], *bad]).encode("utf-8-sig")
    made = program.call("POST", "/imports", data={"file": (io.BytesIO(body), "坏.csv")})
    assert made.status_code == 201, made.text
    first = program.get(f"/imports/{made.json['id']}/problems?limit=2")
    assert len(first.json["items"]) == 2
    assert first.json["items"][0]["problem"]
    assert program.get(first.headers["Link"].partition(">")[0][1:]).json["items"]


def test_a_call_without_a_file_is_refused(app: Flask) -> None:
    refused = Program(app.test_client(), "village_clerk").call("POST", "/imports", data={})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "#/file")


def test_the_same_file_sent_again_under_its_key_is_the_same_import(app: Flask) -> None:
    program, key = Program(app.test_client(), "village_clerk"), {"Idempotency-Key": "k"}
    answers = [
        program.call("POST", "/imports", data={"file": (io.BytesIO(LEDGER.encode()), "台账.csv")}, headers=key)
        for _ in range(2)
    ]
    assert answers[0].json["id"] == answers[1].json["id"]
    other = {"file": (io.BytesIO(LEDGER.encode() + b"\n"), "台账.csv")}
    assert program.call("POST", "/imports", data=other, headers=key).status_code == 422


def test_an_import_belongs_to_who_sent_it(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk")
    made = program.call("POST", "/imports", data={"file": (io.BytesIO(LEDGER.encode()), "台账.csv")})
    other = Program(app.test_client(), "township_clerk")
    for path in ("", "/problems"):
        assert other.get(f"/imports/{made.json['id']}{path}").status_code == 404
    assert other.post(f"/imports/{made.json['id']}/confirm", {"mode": "CORRECT_ROWS"}).status_code == 404
    assert other.post(f"/imports/{made.json['id']}/continue").status_code == 404


def test_an_export_holds_what_the_conditions_show_and_stands_in_the_trail(app: Flask) -> None:
    confirmed(name="冷库")
    confirmed(name="大棚")
    program = Program(app.test_client(), "village_clerk")
    text = program.get(exported(program, q="大棚")).data.decode("utf-8-sig")
    assert "大棚" in text
    assert "冷库" not in text.replace("冷链", "")
    db.session.rollback()
    assert db.session.scalar(select(TrailEvent.actor_id).where(TrailEvent.action == "EXPORTED")) is not None
    assert program.post("/exports", {"form": "csv", "region": SIBLING_VILLAGE}).status_code == 404
    assert program.post("/exports", {"form": "pdf"}).status_code == 422


def test_an_export_is_sealed_on_the_disk_fetched_by_who_asked_and_gone_after_a_day(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed()
    program = Program(app.test_client(), "village_clerk")
    url = exported(program)
    kept = [path for path in settings.uploads.rglob("*") if path.is_file()]
    assert kept
    assert not any("冷链".encode() in path.read_bytes() for path in kept)
    assert Program(app.test_client(), "township_clerk").get(url).status_code == 404
    assert program.get(url).status_code == 200
    later = now() + timedelta(hours=keeping.KEPT_HOURS + 1)
    monkeypatch.setattr(keeping, "now", lambda: later)
    assert program.get(url).status_code == 404
    exported(program)
    assert not any(path.exists() for path in kept)
