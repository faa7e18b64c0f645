"""Requests led over their desks without the pages: what each step waits for is written down as it would stand."""

from datetime import timedelta

from registry.approvals.meetings.kinds import Majority, Matter, MeetingKind
from registry.approvals.meetings.models import Meeting, Resolution
from registry.approvals.notices.models import Notice
from registry.approvals.notices.rules import NoticeKind, NoticeState
from registry.approvals.notices.tables import NO_TABLE, table_text
from registry.approvals.requests.answering import current_step
from registry.approvals.requests.cases import case_of, write_back
from registry.approvals.requests.machine import complete
from registry.approvals.requests.models import ApprovalRequest, ApprovalStep
from registry.approvals.requests.queries import CASE_TABLE
from registry.approvals.requests.services import Decision, decide
from registry.approvals.requests.states import RequestStatus, Verdict
from registry.clock import now
from registry.database import db
from registry.kinds import NoticeDays
from registry.policy.parameters import Parameter
from registry.policy.procedures import DECIDED, StepKind
from registry.policy.queries import policy_for
from registry.regions import Level, level_of
from tests.factories import TODAY, person

#: How long ago what a step waits for began, in days: longer than any notice hangs.
_AGO = 40


def bring_step(request: ApprovalRequest) -> None:
    """Take the current step, a meeting's or a notice's, as done by a meeting or notice of this very content."""
    step = current_step(request)
    assert step is not None
    bearer = _notice(request, step) if step.step_kind is StepKind.NOTICE else _meeting(request, step)
    step.answer_table, step.answer_id = bearer.__tablename__, str(bearer.id)
    policy = policy_for(request.region_code, TODAY)
    write_back(request, complete(case_of(request), step.position), on=TODAY, policy=policy)


def walk(request: ApprovalRequest) -> None:
    """Lead a request over all its desks, each served by whoever sits there, inside the caller's transaction."""
    while request.state is RequestStatus.OPEN:
        step = current_step(request)
        assert step is not None
        if step.step_kind not in DECIDED:
            bring_step(request)
            continue
        said = Decision(Verdict.AGREE, "同意。", request.content_digest, request.version_id)
        by, policy = person(step.desk_role.lower()), policy_for(request.region_code, TODAY)
        decide(request, said, by=by, on=TODAY, policy=policy)


def _notice(request: ApprovalRequest, step: ApprovalStep) -> Notice:
    """A notice of the content that has hung its days."""
    notice = Notice(
        region_code=step.seat_code, kind=NoticeKind.RESOLUTION.value, state=NoticeState.POSTED.value,
        title=request.title[:120], body="公示正文", table_json=table_text(NO_TABLE), place="村务公开栏",
        contact_name="陈书记", contact_phone="023-73301234", hotline="12317", days=_AGO - 10,
        days_kind=NoticeDays.CALENDAR.value, days_parameter=Parameter.NOTICE_DAYS_VILLAGE.value,
        starts_on=TODAY - timedelta(_AGO), ends_on=TODAY - timedelta(10), case_table=CASE_TABLE,
        case_id=str(request.id), content_digest=request.content_digest, posted_by_text="某人", posted_at=now(),
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    notice.state, notice.ended_on = NoticeState.CLOSED.value, TODAY - timedelta(10)
    notice.first_photo, notice.last_photo = "1" * 64, "2" * 64
    db.session.flush()
    return notice


def _meeting(request: ApprovalRequest, step: ApprovalStep) -> Meeting:
    """A meeting that carried the content."""
    village = level_of(step.seat_code) is Level.VILLAGE
    meeting = Meeting(
        region_code=step.seat_code, kind=(MeetingKind.DELEGATES if village else MeetingKind.UNIT).value,
        body_name="成员代表大会", held_on=TODAY, due=30, present=24, proxies=0, households_due=0, households_present=0,
        representatives=0, women=8, quorate=True, entered_by_text="某人", entered_at=now(),
    )  # fmt: skip
    db.session.add(meeting)
    db.session.flush()
    carried = Resolution(
        meeting_id=meeting.id, region_code=step.seat_code, item=1, matter=Matter.OTHER.value, text=request.title,
        agreed=24, opposed=0, abstained=0, majority=Majority.OVER_HALF_OF_PRESENT.value, votes_needed=13, carried=True,
        case_table=CASE_TABLE, case_id=str(request.id), content_digest=request.content_digest,
    )  # fmt: skip
    db.session.add(carried)
    db.session.flush()
    return meeting
