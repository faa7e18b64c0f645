"""Requests in the database: desks, decisions, content that changes, filings, people who stand in."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.approvals.requests.answering import finish_step
from registry.approvals.requests.inbox import count_on_desk, list_filed_with, list_late_below, list_on_desk
from registry.approvals.requests.models import ApprovalDecision, ApprovalRequest
from registry.approvals.requests.people import person_of
from registry.approvals.requests.refusals import (
    AlreadyOpen,
    DefectMissing,
    Interested,
    NotDoneYet,
    NotOpen,
    NotToBeCalledIn,
    NotYourDesk,
    NotYours,
    OpinionMissing,
    OwnRequest,
    SeenOldContent,
    TwoSteps,
)
from registry.approvals.requests.rules import Capacity, InterestedPerson
from registry.approvals.requests.services import Decision, answer_call_in, call_in, decide, recuse, withdraw_request
from registry.approvals.requests.states import Outcome, RequestStatus, StepStatus, Verdict
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Forbidden
from registry.kinds import Subject
from registry.permissions import Role
from registry.policy.procedures import Circumstances
from registry.policy.queries import policy_for
from tests.approvals.requests.submitting import again, now_of, one_more, said, submitted
from tests.factories import COUNTY, TODAY, TOWNSHIP, VILLAGE, person

FILED = 2


def events() -> list[str]:
    rows = select(TrailEvent.action).where(TrailEvent.thing_table == "approval_request").order_by(TrailEvent.seq)
    return list(db.session.scalars(rows))


def on_desk_of(username: str) -> list[int]:
    db.session.rollback()
    found = person_of(person(username), TODAY)
    assert count_on_desk(found, TODAY, 100) == len(list_on_desk(found, TODAY))
    return [row.id for row in list_on_desk(found, TODAY)]


def test_a_case_goes_from_desk_to_desk_and_is_approved(any_app: Flask) -> None:
    request_id = submitted()
    assert on_desk_of("village_head") == [request_id]
    assert said(request_id, "village_head") is Outcome.OPEN
    assert on_desk_of("village_head") == []
    assert on_desk_of("township_supervisor") == [request_id]
    assert said(request_id, "township_supervisor") is Outcome.APPROVED
    request = now_of(request_id)
    assert request.state is RequestStatus.APPROVED
    assert request.desk_code == ""
    assert [step.state for step in request.steps] == [StepStatus.DONE, StepStatus.DONE, StepStatus.RECEIVED]
    assert events() == [Action.REQUEST_SUBMITTED, Action.STEP_AGREED, Action.STEP_AGREED]


def test_a_case_has_one_running_request(app: Flask) -> None:
    submitted()
    with pytest.raises(AlreadyOpen):
        submitted()


def test_another_desk_is_told_where_the_case_lies(app: Flask) -> None:
    with pytest.raises(NotYourDesk, match="村负责人"):
        said(submitted(), "township_supervisor")


def test_nobody_decides_what_they_submitted(app: Flask) -> None:
    request_id = submitted(by="village_head")
    assert on_desk_of("village_head") == []
    # Nobody else heads the village, so the township acts; the submitter is still refused.
    assert now_of(request_id).desk_code == TOWNSHIP
    with pytest.raises((OwnRequest, NotYourDesk)):
        said(request_id, "village_head")


def test_who_acted_for_the_village_does_not_act_for_the_township(app: Flask) -> None:
    request_id = submitted(by="village_head")
    said(request_id, "township_supervisor")
    request = now_of(request_id)
    assert (request.desk_code, request.desk_role) == (COUNTY, Role.COUNTY_AGRICULTURE.value)
    with pytest.raises((TwoSteps, NotYourDesk)):
        said(request_id, "township_supervisor")
    assert said(request_id, "county_agriculture") is Outcome.APPROVED


def test_of_two_at_one_desk_the_second_finds_it_decided(app: Flask) -> None:
    request_id = submitted()
    request = now_of(request_id)
    seen = Decision(Verdict.AGREE, "同意", request.content_digest, request.version_id)
    said(request_id, "village_head")
    with pytest.raises(SeenOldContent), transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        decide(request, seen, by=person("township_supervisor"), on=TODAY, policy=policy_for(VILLAGE, TODAY))


def test_sent_back_names_the_paper_and_changed_content_starts_anew(app: Flask) -> None:
    request_id = submitted()
    said(request_id, "village_head")
    with pytest.raises(OpinionMissing):
        said(request_id, "township_supervisor", Verdict.SEND_BACK, opinion=" ")
    assert said(request_id, "township_supervisor", Verdict.SEND_BACK, "数量对不上") is Outcome.SENT_BACK
    assert on_desk_of("township_supervisor") == []
    again(request_id, "乙")
    request = now_of(request_id)
    assert (request.content_version, request.desk_role) == (2, Role.VILLAGE_HEAD.value)
    decisions = db.session.scalars(select(ApprovalDecision).order_by(ApprovalDecision.id)).all()
    assert [one.defect for one in decisions] == ["移交清单", "移交清单"]
    assert all(one.content_digest != request.content_digest for one in decisions)


def test_sending_back_without_naming_what_to_mend_is_refused(app: Flask) -> None:
    request = now_of(submitted())
    bare = Decision(Verdict.SEND_BACK, "不对", request.content_digest, request.version_id)
    with pytest.raises(DefectMissing), transaction(VILLAGE):
        found = db.session.get_one(ApprovalRequest, request.id)
        decide(found, bare, by=person("village_head"), on=TODAY, policy=policy_for(VILLAGE, TODAY))


def test_the_same_content_goes_on_at_the_desk_that_sent_it_back(app: Flask) -> None:
    request_id = submitted()
    said(request_id, "village_head")
    said(request_id, "township_supervisor", Verdict.SEND_BACK, "补材料")
    again(request_id, "甲")
    assert on_desk_of("township_supervisor") == [request_id]


def test_who_submits_it_again_is_as_little_a_decider_as_who_submitted_it_first(app: Flask) -> None:
    one_more("second_head", Role.VILLAGE_HEAD, VILLAGE)
    request_id = submitted(by="second_head")
    said(request_id, "village_head", Verdict.SEND_BACK, "补材料")
    again(request_id, "乙", by="village_clerk")
    with pytest.raises(Interested, match="曾提交"):
        said(request_id, "second_head")
    assert said(request_id, "village_head") is Outcome.OPEN


def test_an_interested_person_is_barred_and_the_level_above_acts(app: Flask) -> None:
    head = person("village_head")
    request_id = submitted(interested=(InterestedPerson(head.name, Capacity.KIN, head.id),))
    assert now_of(request_id).desk_code == TOWNSHIP
    with pytest.raises((Interested, NotYourDesk)):
        said(request_id, "village_head")


def test_a_name_alone_bars_too(app: Flask) -> None:
    submitted(interested=(InterestedPerson(person("village_head").name, Capacity.BUYER),))
    assert on_desk_of("village_head") == []


def test_stepping_aside_hands_the_case_to_the_level_above(app: Flask) -> None:
    request_id = submitted()
    with transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        recuse(request, "接收人是我兄弟", by=person("village_head"), on=TODAY, policy=policy_for(VILLAGE, TODAY))
    assert on_desk_of("village_head") == []
    assert on_desk_of("township_supervisor") == [request_id]


def called_in(request_id: int, on_day: int = 0) -> Outcome:
    on = TODAY + timedelta(days=on_day)
    with transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        decision = Decision(Verdict.CALL_IN, "要看移交清单", request.content_digest, request.version_id)
        by = person("county_agriculture")
        return call_in(request, FILED, decision, by=by, on=on, policy=policy_for(VILLAGE, on))


def answered(request_id: int, verdict: Verdict) -> Outcome:
    with transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        decision = Decision(verdict, "已核对", request.content_digest, request.version_id, "移交清单")
        by = person("county_agriculture")
        return answer_call_in(request, decision, by=by, on=TODAY, policy=policy_for(VILLAGE, TODAY))


def approved() -> int:
    request_id = submitted()
    said(request_id, "village_head")
    said(request_id, "township_supervisor")
    return request_id


def test_a_filed_case_can_be_called_in_and_released(app: Flask) -> None:
    request_id = approved()
    county = person_of(person("county_agriculture"), TODAY)
    assert [one.id for one in list_filed_with(county, TODAY)] == [request_id]
    assert called_in(request_id) is Outcome.SUSPENDED
    assert on_desk_of("county_agriculture") == [request_id]
    assert list_filed_with(county, TODAY) == []
    assert answered(request_id, Verdict.RELEASE) is Outcome.APPROVED


def test_a_case_called_in_can_be_sent_back(app: Flask) -> None:
    request_id = approved()
    called_in(request_id)
    assert answered(request_id, Verdict.SEND_BACK) is Outcome.SENT_BACK


def test_after_its_days_a_filed_case_is_left_alone(app: Flask) -> None:
    request_id = approved()
    with pytest.raises(NotToBeCalledIn):
        called_in(request_id, on_day=30)


def test_what_is_late_stands_in_the_inbox_of_the_level_above(app: Flask) -> None:
    request_id = submitted()
    township = person_of(person("township_supervisor"), TODAY)
    assert list_late_below(township, TODAY) == []
    assert [row.id for row in list_late_below(township, TODAY + timedelta(days=40))] == [request_id]


def test_a_rejected_case_is_over(app: Flask) -> None:
    request_id = submitted()
    assert said(request_id, "village_head", Verdict.REJECT, "不移交") is Outcome.REJECTED
    with pytest.raises(NotOpen):
        said(request_id, "village_head")
    assert submitted() != request_id


def test_a_running_request_keeps_its_time_limit(app: Flask) -> None:
    request = now_of(submitted())
    assert request.due_on == TODAY + timedelta(days=5)
    assert [step.limit_days for step in request.steps] == [5, 10, None]


def taken_back(request_id: int, by: str) -> None:
    with transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        withdraw_request(request, "不办了", by=person(by), on=TODAY, policy=policy_for(VILLAGE, TODAY))


@pytest.mark.parametrize("username", ["village_supervisory_committee", "township_clerk", "auditor", "sibling_clerk"])
def test_nobody_else_takes_a_request_back(app: Flask, username: str) -> None:
    request_id = submitted()
    with pytest.raises(NotYours):
        taken_back(request_id, username)
    assert now_of(request_id).state is RequestStatus.OPEN


def test_another_clerk_of_the_unit_takes_it_back(app: Flask) -> None:
    one_more("second_clerk", Role.VILLAGE_CLERK, VILLAGE)
    request_id = submitted()
    taken_back(request_id, "second_clerk")
    assert now_of(request_id).state is RequestStatus.WITHDRAWN


def with_notice() -> int:
    """A request whose first step is a notice at the village."""
    return submitted(circumstances=Circumstances(Subject.PUBLIC_POST, "APPOINT"))


def test_a_step_that_waits_is_not_finished_before_its_time(app: Flask) -> None:
    request_id = with_notice()
    with pytest.raises(NotDoneYet), transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        finish_step(request, by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))


@pytest.mark.parametrize("username", ["auditor", "village_head", "sibling_clerk"])
def test_who_may_not_bring_it_does_not_finish_a_step(app: Flask, username: str) -> None:
    request_id = with_notice()
    with pytest.raises(Forbidden), transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        finish_step(request, by=person(username), on=TODAY, policy=policy_for(VILLAGE, TODAY))
