"""Queries: the level a case was filed with asks, the sender answers with papers, and nothing is stopped by it."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from registry.approvals.requests.models import ApprovalQuery
from registry.approvals.requests.queried import count_answered, count_late, count_to_answer, list_queries, queried
from registry.approvals.requests.querying import answer_query, put_query
from registry.approvals.requests.refusals import (
    AnswerMissing,
    NotToBeQueried,
    NotYours,
    QueryAnswered,
    QuestionMissing,
)
from registry.approvals.requests.services import mark_executed
from registry.approvals.requests.states import RequestStatus, Verdict
from registry.audit.models import TrailEvent
from registry.clock import today
from registry.database import db, transaction
from tests.approvals.notices.boards import photograph
from tests.disposal.scenery import lead, policy, request_of, say, submitted_case
from tests.factories import VILLAGE, person
from tests.journeys.browser import Visitor
from tests.rest.program import Program

ASKER, CLERK, ANSWER = "municipal_supervisor", "village_clerk", "评估报告第 3 页写明了作价依据。"


def filed_case() -> int:
    """A case that everybody agreed to today, so that it is filed with county and municipality as of today."""
    case_id = submitted_case()
    say(lead(case_id, until="TOWNSHIP_SUPERVISOR"), Verdict.AGREE, "township_supervisor", today())
    return case_id


def asked(case_id: int, by: str = ASKER, question: str = "作价依据是什么？", days: int = 0) -> int:
    """Put a query about a case so many days from today; its id."""
    on = today() + timedelta(days)
    with transaction(VILLAGE):
        return put_query(request_of(case_id), question, by=person(by), on=on, policy=policy(VILLAGE, on)).id


def answered(case_id: int, query_id: int, by: str = CLERK, answer: str = ANSWER, days: int = 0) -> None:
    """Answer it so many days from today."""
    with transaction(VILLAGE):
        query = db.session.get_one(ApprovalQuery, query_id)
        answer_query(query, request_of(case_id), answer, [], by=person(by), on=today() + timedelta(days))


def told(action: str) -> TrailEvent:
    """The newest event of an action."""
    rows = select(TrailEvent).where(TrailEvent.action == action).order_by(TrailEvent.seq.desc()).limit(1)
    return db.session.scalars(rows).one()


def test_a_query_names_its_filing_its_content_and_the_day_for_the_answer(any_app: Flask) -> None:
    case_id = filed_case()
    asked(case_id)
    request, row = request_of(case_id), list_queries(request_of(case_id).id)[0]
    assert request.steps[row.position].desk_role == "MUNICIPAL_SUPERVISOR"
    assert (row.content_digest, row.answer_by) == (request.content_digest, today() + timedelta(10))
    assert not row.is_answered


def test_both_stand_in_the_trail_with_person_content_and_the_days_waited(app: Flask) -> None:
    case_id = filed_case()
    answered(case_id, asked(case_id), days=3)
    put, said = (json.loads(told(action).payload) for action in ("QUERY_PUT", "QUERY_ANSWERED"))
    assert put["content"] == said["content"] == request_of(case_id).content_digest
    assert said["facts"]["waited_days"] == 3
    assert (put["reason"], said["reason"]) == ("作价依据是什么？", ANSWER)
    assert (put["actor"]["post"], said["actor"]["post"]) == (person(ASKER).post, person(CLERK).post)


@pytest.mark.parametrize("by", ["township_supervisor", CLERK, "county_finance", "auditor"])
def test_who_had_no_filing_of_the_case_asks_nothing(app: Flask, by: str) -> None:
    case_id = filed_case()
    with pytest.raises(NotToBeQueried):
        asked(case_id, by=by)


def test_each_level_of_a_filing_may_ask(app: Flask) -> None:
    case_id = filed_case()
    asked(case_id)
    asked(case_id, by="county_agriculture")
    assert len({one.position for one in list_queries(request_of(case_id).id)}) == 2


def test_after_the_days_of_the_filing_nothing_is_asked_any_more(app: Flask) -> None:
    case_id = filed_case()
    asked(case_id, days=10)
    with pytest.raises(NotToBeQueried):
        asked(case_id, days=11)


def test_nothing_is_asked_of_a_case_that_is_still_under_way_below(app: Flask) -> None:
    case_id = submitted_case()
    with pytest.raises(NotToBeQueried):
        asked(case_id)


@pytest.mark.parametrize("question", ["  ", "问" * 501])
def test_a_query_asks_something_within_limits(app: Flask, question: str) -> None:
    case_id = filed_case()
    with pytest.raises(QuestionMissing):
        asked(case_id, question=question)


def test_it_is_answered_once_by_the_sender_with_words(app: Flask) -> None:
    case_id = filed_case()
    query_id = asked(case_id)
    with pytest.raises(NotYours):
        answered(case_id, query_id, by="sibling_clerk")
    with pytest.raises(AnswerMissing):
        answered(case_id, query_id, answer=" ")
    answered(case_id, query_id)
    with pytest.raises(QueryAnswered):
        answered(case_id, query_id)


def test_an_open_query_warns_and_stops_nothing(app: Flask) -> None:
    case_id = filed_case()
    asked(case_id)
    request = request_of(case_id)
    assert queried(request, person(CLERK), today()).open == 1
    assert request.state is RequestStatus.APPROVED
    with transaction(VILLAGE):
        mark_executed(request_of(case_id), by=person("village_head"), on=today(), policy=policy())
    assert request_of(case_id).state is RequestStatus.EXECUTED


def test_it_waits_for_the_sender_then_comes_back_to_the_asker(app: Flask) -> None:
    case_id, on = filed_case(), today()
    query_id = asked(case_id)
    clerk, asker = person(CLERK), person(ASKER)
    assert (count_to_answer(clerk, 9), count_to_answer(person("sibling_clerk"), 9)) == (1, 0)
    late = on + timedelta(11)
    assert [count_late(asker, day, 9) for day in (on, late)] == [0, 1]
    assert count_late(person("county_agriculture"), late, 9) == 0
    answered(case_id, query_id)
    assert (count_to_answer(clerk, 9), count_late(asker, late, 9)) == (0, 0)
    assert [count_answered(asker, day, 9) for day in (on, on + timedelta(10), late + timedelta(1))] == [1, 1, 0]


def test_it_is_put_and_answered_on_pages_from_the_inbox(app: Flask) -> None:
    case_id = filed_case()
    request_id = request_of(case_id).id
    asker = Visitor(app.test_client(), ASKER)
    asker.open(f"/requests/{request_id}")
    asker.open(asker.link(rf"/requests/{request_id}/query"))
    assert "作价依据？" in asker.send("", question="作价依据？").text
    assert "还没有答复" in asker.page.text
    clerk = Visitor(app.test_client(), CLERK)
    assert "作价依据？" in clerk.open("/todo").text
    url = clerk.link(rf"/requests/{request_id}/queries/\d+/answer")
    clerk.open(url)
    data = {**{name: values[0] for name, values in clerk.fields()[1].items()}, "answer": ANSWER}
    picture = (BytesIO(photograph("green")), "依据.jpg")
    page = clerk.client.post(url, data={**data, "files": picture}, follow_redirects=True)
    assert ANSWER in page.text
    asker.open("/todo")
    asker.open(asker.link(rf"/requests/{request_id}#queries"))
    assert ANSWER in asker.page.text
    paper = asker.client.get(asker.link(rf"/requests/{request_id}/queries/\d+/papers/\d+"))
    assert paper.mimetype == "image/jpeg"
    assert clerk.client.get(url).status_code == 409


def test_a_page_without_a_filing_offers_no_question(app: Flask) -> None:
    request_id = request_of(filed_case()).id
    head = Visitor(app.test_client(), "township_supervisor")
    assert f"/requests/{request_id}/query" not in head.open(f"/requests/{request_id}").text
    assert head.open(f"/requests/{request_id}/query").status_code == 403


def test_programs_ask_list_and_answer(any_app: Flask) -> None:
    request_id = request_of(filed_case()).id
    asker, clerk = Program(any_app.test_client(), ASKER), Program(any_app.test_client(), CLERK)
    url = f"/requests/{request_id}/queries"
    assert asker.get(url).json["may_put"] is True
    made = asker.post(url, {"question": "作价依据？"})
    assert (made.status_code, made.json["open"]) == (201, 1)
    row = clerk.get(url).json["items"][0]
    assert (row["question"], row["may_answer"], row["answered_at"]) == ("作价依据？", True, None)
    file = (BytesIO(photograph("blue")), "依据.jpg")
    answer = {"answer": json.dumps({"answer": ANSWER}), "files": file}
    done = clerk.call("POST", f"{url}/{row['id']}/answer", data=answer)
    assert (done.status_code, done.json["open"]) == (200, 0)
    found = asker.get(url).json["items"][0]
    assert (found["answer"], found["late"]) == (ANSWER, False)
    assert asker.get(f"{url}/{row['id']}/attachments/{found['files'][0]['id']}").mimetype == "image/jpeg"
    again = clerk.call("POST", f"{url}/{row['id']}/answer", data={"answer": json.dumps({"answer": "再答"})})
    assert again.status_code == 409
    assert clerk.post(url, {"question": "问自己"}).status_code == 403
