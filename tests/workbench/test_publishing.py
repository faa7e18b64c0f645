"""A recurring publication is posted with the figures that the register knows."""

from flask import Flask
from sqlalchemy import select

from registry.approvals.notices.inbox import owed_by
from registry.approvals.notices.models import Notice
from registry.clock import today
from registry.database import db
from tests.factories import SIBLING_VILLAGE, VILLAGE, confirmed
from tests.journeys.browser import Visitor

PLACE = {"place": "村务公开栏", "contact_name": "谭小玲", "contact_phone": "023-73371234"}


def test_what_is_owed_is_posted_with_the_assets_of_the_unit_and_owed_no_more(app: Flask) -> None:
    confirmed()
    clerk = Visitor(app.test_client(), "village_clerk")
    page = clerk.open(f"/publications/{VILLAGE}/VILLAGE_MATTERS")
    assert "1,286,400.00" in page.text
    clerk.send("", **PLACE)
    db.session.rollback()
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.kind, notice.region_code) == ("VILLAGE_MATTERS", VILLAGE)
    assert "VILLAGE_MATTERS" not in {due.kind for due in owed_by(VILLAGE, today())}
    assert clerk.open(f"/publications/{VILLAGE}/VILLAGE_MATTERS").status_code == 404


def test_the_next_one_begins_with_where_the_last_one_hung(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/publications/{VILLAGE}/VILLAGE_MATTERS")
    clerk.send("", **PLACE)
    assert "023-73371234" in clerk.open(f"/publications/{VILLAGE}/COLLECTIVE_ACCOUNTS").text


def test_nobody_publishes_for_another_village(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "village_clerk")
    assert clerk.open(f"/publications/{SIBLING_VILLAGE}/VILLAGE_MATTERS").status_code == 404
    assert clerk.open(f"/publications/{VILLAGE}/NOTHING").status_code == 404
