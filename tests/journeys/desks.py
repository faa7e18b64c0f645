"""A case taken over its desks on its pages: its notice posted and taken in, its meeting held, its papers signed."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from registry.approvals.notices.models import Notice
from registry.approvals.requests.models import ApprovalRequest
from registry.database import db
from tests.assets.title.making import PEOPLE, picture
from tests.journeys.browser import Visitor
from tests.journeys.days import Calendar
from tests.journeys.test_case_agreed import decide, now_of, take_down, visitor, vote

#: Where the notices of tests hang, and whom they name.
BOARD = {"place": "村务公开栏", "contact_name": "谭小玲", "contact_phone": "023-73330000"}


def stored(query: Any) -> list[Any]:
    """Read what the requests have written, past the snapshot that the test itself still holds."""
    db.session.rollback()
    return list(db.session.scalars(query))


def newest_request() -> int:
    """The request that was submitted last."""
    return stored(select(ApprovalRequest.id).order_by(ApprovalRequest.id.desc()))[0]  # type: ignore[no-any-return]


def post(app: Flask, request_id: int) -> None:
    """Put the notice of a case up, with the photograph of the board."""
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/requests/{request_id}/notice")
    clerk.send_file(picture(), "张贴.png", **BOARD)
    assert "已张贴。期满拍照收回后转下一环节。" in clerk.page.text


def hung(app: Flask, request_id: int, calendar: Calendar) -> None:
    """Put the notice up, wait until its days are over, and take it in."""
    post(app, request_id)
    until = stored(select(Notice.ends_on).order_by(Notice.id.desc()))[0]
    early = take_down(app, request_id)
    assert early.page.status_code == 422
    calendar.turn_to(until)
    assert "转到下一环节" in take_down(app, request_id).page.text


def agreed(app: Flask, request_id: int, calendar: Calendar) -> Visitor:
    """Take a case over the desks that it has left; returns whoever signed last."""
    last = visitor(app, "village_clerk")
    while (now := now_of(request_id)).status == "OPEN":
        if now.step_kind == "NOTICE":
            hung(app, request_id, calendar)
        elif now.step_kind == "MEETING":
            last = vote(app, request_id, 21)
            assert "转到下一环节" in last.page.text
        else:
            last = decide(app, PEOPLE[now.desk_role], request_id)
    return last
