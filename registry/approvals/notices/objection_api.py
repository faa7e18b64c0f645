"""JSON resources of objections: those to answer, those of a notice, entering, answering, passing on."""

from typing import Any

from flask import Response, url_for

from registry.approvals.notices.answering import AnswerFacts, answer_objection, pass_on, raise_objection
from registry.approvals.notices.inbox import list_objections_to_answer
from registry.approvals.notices.queries import get_notice, get_objection
from registry.approvals.notices.schemas import AnswerEntry, ObjectionEntry, ObjectionPage, ObjectionRow, objection_of
from registry.approvals.notices.showing import ShownObjection, shown_objection, shown_objections
from registry.clock import today
from registry.database import db
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import (
    Body,
    actor,
    api_requires,
    check_match,
    deed,
    done,
    listed,
    sending_key,
    shown,
    told_once,
)
from registry.rest.fields import MOST_AT_ONCE, Reason
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("objections", __name__, "异议")
_P, _S = Permission, Scope
_PLAIN = (
    "id", "version_id", "notice_id", "region_code", "channel", "ground", "text", "level", "raised_at", "due_on",
    "pass_on_until", "passed_on_reason",
)  # fmt: skip


def _row(one: ShownObjection) -> Body:
    plain = {name: getattr(one.row, name) for name in _PLAIN}
    who = {"name": one.masked.name, "contact": one.masked.contact} if one.masked else {"name": "", "contact": ""}
    row: Body = ObjectionRow().dump(
        {**plain, **who, "state": one.state.value, "lies_at": one.seat, "answers": one.answers}
    )  # fmt: skip
    return row


def _found(objection_id: int, permission: Permission) -> ShownObjection:
    return shown_objection(get_objection(objection_id, actor(), permission), today(), actor())


@resources.get("/objections", "列该我答复的异议")
@api_requires(_P.OBJECTION_ANSWER, scope=_S.CASES_READ)
@resources.response(200, ObjectionPage)
def to_answer() -> Response:
    """List the objections that it is the caller's turn to answer, the one due first first."""
    rows = list_objections_to_answer(actor(), today(), limit=MOST_AT_ONCE)
    return listed([_row(shown_objection(row, today(), actor())) for row in rows])


@resources.get("/notices/<int:notice_id>/objections", "列一份公示的异议和答复")
@api_requires(_P.ASSET_READ, scope=_S.CASES_READ)
@resources.response(200, ObjectionPage)
def of_notice(notice_id: int) -> Response:
    """List what was objected to a notice and answered, the oldest first."""
    notice = get_notice(notice_id, actor())
    return listed([_row(one) for one in shown_objections(notice.id, today(), actor())])


@resources.get("/objections/<int:objection_id>", "读一件异议")
@api_requires(_P.OBJECTION_ANSWER, scope=_S.CASES_READ)
@resources.response(200, ObjectionRow)
def one(objection_id: int) -> Response:
    """Show an objection to those who answer in its unit or above."""
    return shown(_row(_found(objection_id, _P.OBJECTION_ANSWER)))


@resources.post("/notices/<int:notice_id>/objections", "代录异议，得到回执码")
@api_requires(_P.OBJECTION_ENTER, scope=_S.CASES_WRITE)
@resources.arguments(ObjectionEntry)
@resources.response(201, ObjectionRow)
def enter(body: dict[str, Any], notice_id: int) -> Response:
    """Enter an objection that came on paper, by telephone or in person."""
    region, on = get_notice(notice_id, actor(), _P.OBJECTION_ENTER).region_code, today()
    facts, policy = objection_of(body, sending_key()), policy_for(region, on)
    with deed(region):
        notice = get_notice(notice_id, actor(), _P.OBJECTION_ENTER)
        raised = raise_objection(notice, facts, by=actor(), on=on, policy=policy)
        db.session.flush()
        row = _row(shown_objection(raised.objection, on, actor()))
        address = url_for("objections_api.one", objection_id=raised.objection.id)
        return told_once(done(row, 201, location=address), receipt=raised.receipt)


@resources.post("/objections/<int:objection_id>/answer", "答复异议")
@api_requires(_P.OBJECTION_ANSWER, scope=_S.DECISIONS_WRITE)
@resources.arguments(AnswerEntry)
@resources.response(200, ObjectionRow)
def answer(facts: AnswerFacts, objection_id: int) -> Response:
    """Answer for the level at which an objection lies."""
    region, on = get_objection(objection_id, actor(), _P.OBJECTION_ANSWER).region_code, today()
    with deed(region):
        row = get_objection(objection_id, actor(), _P.OBJECTION_ANSWER)
        check_match(_row(shown_objection(row, on, actor())), needed=False)
        answer_objection(row, facts, by=actor(), on=on, policy=policy_for(region, on))
        db.session.flush()
        return done(_row(_found(objection_id, _P.OBJECTION_ANSWER)))


@resources.post("/objections/<int:objection_id>/pass-on", "代提出人转上一级")
@api_requires(_P.OBJECTION_ENTER, scope=_S.CASES_WRITE)
@resources.arguments(Reason)
@resources.response(200, ObjectionRow)
def pass_on_for(body: dict[str, Any], objection_id: int) -> Response:
    """Take an answer to the level above for somebody who asked by paper, by telephone or in person."""
    region, on = get_objection(objection_id, actor(), _P.OBJECTION_ENTER).region_code, today()
    with deed(region):
        row = get_objection(objection_id, actor(), _P.OBJECTION_ENTER)
        check_match(_row(shown_objection(row, on, actor())), needed=False)
        pass_on(row, body["reason"], by=actor(), on=on, policy=policy_for(region, on))
        return done(_row(_found(objection_id, _P.OBJECTION_ENTER)))
