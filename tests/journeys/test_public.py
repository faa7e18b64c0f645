"""A villager opens the village on a phone, reads a notice, objects, is answered, and sees the answer."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.approvals.notices.boards import posted
from tests.factories import COUNTY, TOWNSHIP, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.journeys.days import Calendar

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


class Villager(Visitor):
    """Somebody with a phone and no account."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: TestResponse = client.get("/public", follow_redirects=True)


def test_a_villager_objects_and_reads_the_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar = Calendar(monkeypatch, date(2026, 11, 23))
    app.config["WTF_CSRF_ENABLED"] = True
    notice_id = posted(on=calendar.today)
    villager = Villager(app.test_client())
    for code in (COUNTY, TOWNSHIP, VILLAGE):
        villager.open(villager.link(f"/public/{code}"))
    page_then = villager.page.headers["ETag"]
    assert "还剩" in villager.page.text
    villager.open(villager.link(f"/public/notices/{notice_id}"))
    villager.open(villager.link(f"/public/notices/{notice_id}/objections"))
    villager.send("", text="三组的面积不对", name="谭正国", contact="13996057184")
    (receipt,) = CODE.findall(villager.page.text)[:1]
    told = villager.client.get(f"/public/{VILLAGE}", headers={"If-None-Match": page_then})
    assert told.status_code == 200  # the page has moved on
    assert "待答复" in told.text

    calendar.wait(1)
    app.config["WTF_CSRF_ENABLED"] = False
    head = Visitor(app.test_client(), "village_head")
    app.config["WTF_CSRF_ENABLED"] = True
    assert "异议" in head.open("/todo").text
    head.open(head.link("/objections/[0-9]+"))
    answer = "已请谭正国到现场量过，面积无误，有事打 13996057184。"
    head.send("", finding="EXPLAINED", text=answer)
    assert head.page.status_code == 200, head.page.text

    villager.open(f"/public/{VILLAGE}")
    assert "已请谭**到现场量过，面积无误，有事打 ***。" in villager.page.text
    assert not [
        secret for secret in ("谭正国", "13996057184", person("village_head").name) if secret in villager.page.text
    ]
    villager.open("/public/objections")
    villager.send("", receipt=receipt)
    assert answer in villager.page.text  # whoever holds the code reads it whole
