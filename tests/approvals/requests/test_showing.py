"""How the steps of a request are shown: whose desk has it, and that nobody's does once it was turned away."""

from datetime import timedelta

import pytest
from flask import Flask

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.services import withdraw_request
from registry.approvals.requests.showing import StepShown, steps_of
from registry.approvals.requests.states import RequestStatus, StepStatus, Verdict
from registry.database import db, transaction
from registry.policy.queries import policy_for
from tests.approvals.requests.submitting import now_of, said, submitted
from tests.factories import TODAY, VILLAGE, person

LATER = TODAY + timedelta(days=90)


def first_step(request_id: int) -> StepShown:
    return steps_of(now_of(request_id), LATER)[0]


def test_the_desk_that_has_the_case_is_at_work_and_late_after_its_days(app: Flask) -> None:
    shown = first_step(submitted())
    assert (shown.state, shown.dot, shown.late) == (StepStatus.CURRENT, "now", True)


@pytest.mark.parametrize(
    ("verdict", "state"), [(Verdict.SEND_BACK, RequestStatus.SENT_BACK), (Verdict.REJECT, RequestStatus.REJECTED)]
)
def test_a_case_that_was_turned_away_lies_on_no_desk_and_is_not_late(
    app: Flask, verdict: Verdict, state: RequestStatus
) -> None:
    request_id = submitted()
    said(request_id, "village_head", verdict, "数量对不上")
    shown = first_step(request_id)
    assert (shown.state, shown.dot, shown.late, shown.due_on) == (state, "corrected", False, None)


def test_a_case_that_was_taken_back_lies_on_no_desk(app: Flask) -> None:
    request_id = submitted()
    with transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        withdraw_request(request, "重新核", by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))
    assert first_step(request_id).state is RequestStatus.WITHDRAWN
