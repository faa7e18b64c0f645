"""What came after registration in the demo county: every state occurs, and the pages of every role open."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.approvals.meetings.kinds import MeetingKind, StageKind
from registry.approvals.meetings.models import Meeting, MeetingStage, Resolution
from registry.approvals.notices.models import Notice, Objection
from registry.approvals.notices.objecting import Channel, ObjectionState
from registry.approvals.notices.queries import count_open_objections
from registry.approvals.notices.rules import NoticeKind, NoticeState
from registry.approvals.requests.models import ApprovalDecision, ApprovalRequest, ApprovalStep, Delegation
from registry.approvals.requests.people import person_of
from registry.approvals.requests.states import RequestStatus, StepStatus, Verdict
from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.agreements.rules import AgreementStatus, AnswerWay
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.rules import FaultStatus, Severity
from registry.assets.custody.patrols.models import Patrol, PatrolRound
from registry.assets.custody.patrols.rules import PatrolKind
from registry.assets.custody.posts.models import PublicPost
from registry.assets.custody.posts.rules import PostStatus
from registry.assets.register.cards.models import Asset
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.certificates.models import TitleCertificate
from registry.assets.title.encumbrances.models import Encumbrance
from registry.assets.title.encumbrances.rules import EncumbranceKind
from registry.assets.title.rules import CaseStatus
from registry.clock import today
from registry.database import Model, db
from registry.demo.living import ROWS
from registry.demo.load import STEPS
from registry.demo.people import DEMO_PASSWORD, Staff
from registry.demo.tables import DEMO_TODAY
from registry.permissions import ADMINISTRATORS, Role
from registry.policy.models import PolicyRoute, PolicyValue
from registry.policy.parameters import Parameter
from registry.policy.procedures import StepKind
from registry.policy.queries import policy_for
from registry.policy.rules import PolicyStatus
from registry.text import Labelled
from registry.workbench.todo import Group, count_of, page_of
from tests.demo.conftest import opened
from tests.factories import COUNTY, VILLAGE

TOLD = max(today(), DEMO_TODAY)


@pytest.fixture(scope="module")
def county(loaded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The loaded demo county, one copy for all who only look."""
    folder = tmp_path_factory.mktemp("living") / "demo"
    shutil.copytree(loaded_template, folder)
    with opened(folder) as app:
        yield app


def request_of(title: str) -> ApprovalRequest:
    """Return the request of a title."""
    return db.session.scalars(select(ApprovalRequest).where(ApprovalRequest.title == title)).one()


def verdicts_on(request: ApprovalRequest) -> list[str]:
    """Return what was said of a request, oldest first."""
    rows = select(ApprovalDecision.verdict).where(ApprovalDecision.request_id == request.id)
    return list(db.session.scalars(rows.order_by(ApprovalDecision.id)))


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        (ApprovalRequest.status, RequestStatus),
        (ApprovalStep.kind, StepKind),
        (TitleCase.status, CaseStatus),
        (Notice.state, NoticeState),
        (Objection.state, ObjectionState),
        (CustodyAgreement.status, AgreementStatus),
        (CustodyAgreement.answer_way, AnswerWay),
        (Fault.status, FaultStatus),
        (Fault.severity, Severity),
        (Patrol.kind, PatrolKind),
        (MeetingStage.stage, StageKind),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else "",
)
def test_every_state_occurs(county: Flask, column: object, wanted: type[Labelled]) -> None:
    seen = set(db.session.scalars(select(column).distinct()))  # type: ignore[call-overload]
    assert {member.value for member in wanted} - seen == set()


def test_the_steps_told_are_the_rows_of_the_tables() -> None:
    assert 100 < ROWS < STEPS


def test_policy_holds_from_its_day_on_and_not_before(county: Flask) -> None:
    days = [
        policy_for(VILLAGE, on).number(Parameter.NOTICE_DAYS_VILLAGE) for on in (DEMO_TODAY.replace(2024, 2, 1), TOLD)
    ]
    assert days == [10, 15]
    assert policy_for(VILLAGE, TOLD).text(Parameter.LOCAL_HOTLINE) == "023-00000000"


def test_one_value_and_one_route_wait_for_their_second_person_and_one_value_was_refused(county: Flask) -> None:
    rows = [*db.session.scalars(select(PolicyValue)), *db.session.scalars(select(PolicyRoute))]
    waiting = [row for row in rows if row.status == PolicyStatus.PROPOSED]
    assert {type(row) for row in waiting} == {PolicyValue, PolicyRoute}
    assert all(row.effective_on > TOLD for row in waiting)
    assert [row.status for row in rows].count(PolicyStatus.REFUSED.value) == 1
    assert all(row.proposed_by_id != row.decided_by_id for row in rows if row not in waiting)


def test_every_document_of_policy_says_that_it_is_a_demo(county: Flask) -> None:
    documents = [*db.session.scalars(select(PolicyValue.document)), *db.session.scalars(select(PolicyRoute.document))]
    assert all("（演示文件）" in one for one in documents)


def test_only_cases_opened_after_the_new_route_pass_the_county_s_finance(county: Flask) -> None:
    step = select(ApprovalStep.request_id).where(ApprovalStep.seat_role == Role.COUNTY_FINANCE.value)
    through = set(db.session.scalars(step))
    assert request_of("首次确权：莼菜加工车间等 2 项").id not in through
    assert request_of("首次确权：脆红李采摘园").id in through


def test_the_case_of_the_workshops_ended_with_certificates_and_an_entry_in_the_land_register(county: Flask) -> None:
    case = db.session.scalars(select(TitleCase).where(TitleCase.title == "首次确权：莼菜加工车间等 2 项")).one()
    rows = list(db.session.scalars(select(TitleCertificate).where(TitleCertificate.case_id == case.id)))
    assert case.status == CaseStatus.DONE
    assert [bool(row.real_estate_number) for row in rows] == [True, False]
    assert all(row.number.startswith("扶资权500240〔2024〕") for row in rows)


def test_the_channels_were_handed_over_with_a_signed_sheet(county: Flask) -> None:
    asset = db.session.scalars(select(Asset).where(Asset.name == "光明村灌溉渠系")).one()
    assert asset.handed_over_on is not None
    assert request_of("移交：光明村灌溉渠系").status == RequestStatus.EXECUTED


def test_one_case_is_late_at_the_township(county: Flask) -> None:
    late = db.session.scalars(
        select(ApprovalRequest).where(ApprovalRequest.status == RequestStatus.OPEN.value, ApprovalRequest.due_on < TOLD)
    ).all()
    assert [(one.title, one.desk_role) for one in late] == [
        ("首次确权：光明村黄连种植基地", Role.TOWNSHIP_SUPERVISOR.value)
    ]


def test_the_deputy_sent_a_case_back_with_its_defect_for_the_supervisor(county: Flask) -> None:
    said = db.session.scalars(select(ApprovalDecision).where(ApprovalDecision.verdict == Verdict.SEND_BACK.value)).one()
    staff = Staff()
    assert said.defect == "竣工验收表"
    assert (said.by_id, said.for_id) == (staff.named("deputy").id, staff.named("township_supervisor").id)


def test_the_deputy_stands_in_today(county: Flask) -> None:
    stands_for = person_of(Staff().named("deputy"), TOLD).stands_for
    assert [one.id for one in stands_for] == [Staff().named("township_supervisor").id]
    assert person_of(Staff().named("deputy"), TOLD + timedelta(days=60)).stands_for == ()
    assert db.session.scalar(select(func.count()).select_from(Delegation)) == 1


def test_a_hand_over_is_called_in_after_it_was_filed(county: Flask) -> None:
    request = request_of("移交：金花村冷藏车")
    assert verdicts_on(request) == ["AGREE", "AGREE", "CALL_IN"]
    assert [step.status for step in request.steps][-1] == StepStatus.CALLED_IN


def test_two_villages_each_voted_on_what_they_own_together(county: Flask) -> None:
    request = request_of("首次确权：全兴建峰联村肉牛场")
    meetings = [step for step in request.steps if step.kind == StepKind.MEETING]
    assert {step.seat_code for step in meetings} == {"500240213206", "500240213207"}
    assert {step.answer_table for step in meetings} == {"meeting"}
    assert request.status == RequestStatus.APPROVED


def test_nobody_decided_what_they_submitted_or_decided_twice(county: Flask) -> None:
    for request in db.session.scalars(select(ApprovalRequest)):
        rows = db.session.scalars(select(ApprovalDecision).where(ApprovalDecision.request_id == request.id)).all()
        people = [one for row in rows for one in (row.by_id, row.for_id) if one is not None]
        assert request.submitted_by_id not in people
        assert len(people) == len(set(people))


def test_one_vote_failed_and_its_case_waits_for_another_meeting(county: Flask) -> None:
    failed = db.session.scalars(select(Resolution).where(Resolution.carried.is_(False))).one()
    request = request_of("首次确权：龙河村育苗大棚")
    assert (failed.case_id, request.step_kind) == (str(request.id), StepKind.MEETING.value)


def test_a_later_meeting_altered_a_resolution(county: Flask) -> None:
    later = db.session.scalars(select(Resolution).where(Resolution.alters_id.is_not(None))).one()
    earlier = db.session.get_one(Resolution, later.alters_id)
    held = [db.session.get_one(Meeting, one.meeting_id).held_on for one in (earlier, later)]
    assert held == sorted(held)


def test_members_delegates_and_the_four_discussions_met(county: Flask) -> None:
    kinds = set(db.session.scalars(select(Meeting.kind)))
    assert kinds >= {MeetingKind.MEMBERS, MeetingKind.DELEGATES, MeetingKind.FOUR_DISCUSSIONS, MeetingKind.UNIT}


def test_every_notice_that_was_taken_in_hung_its_days_and_has_two_photos(county: Flask) -> None:
    closed = list(db.session.scalars(select(Notice).where(Notice.state == NoticeState.CLOSED.value)))
    assert closed
    for notice in closed:
        assert notice.ended_on is not None
        assert notice.starts_on + timedelta(days=notice.days) <= notice.ends_on <= notice.ended_on
        assert notice.first_photo != notice.last_photo
        assert count_open_objections(notice.id, TOLD) == 0


def test_a_notice_taken_down_early_hangs_again(county: Flask) -> None:
    again = db.session.scalars(select(Notice).where(Notice.replaces_id.is_not(None))).one()
    assert db.session.get_one(Notice, again.replaces_id).state == NoticeState.TAKEN_DOWN
    assert again.state == NoticeState.POSTED


def test_the_last_quarter_was_published(county: Flask) -> None:
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.VILLAGE_MATTERS.value)).one()
    assert notice.period_to is not None
    assert timedelta(0) < TOLD - notice.period_to <= timedelta(days=92)
    assert notice.table.rows


def test_an_open_objection_is_near_its_limit(county: Flask) -> None:
    objection = db.session.scalars(select(Objection).where(Objection.state == ObjectionState.OPEN.value)).one()
    assert timedelta(0) <= objection.due_on - TOLD <= timedelta(days=1)
    assert objection.name.startswith("k1:")
    assert {row.channel for row in db.session.scalars(select(Objection))} >= {Channel.PAGE, Channel.PAPER}


def test_posts_are_held_and_proposed(county: Flask) -> None:
    states = sorted(db.session.scalars(select(PublicPost.status)))
    assert states == sorted([PostStatus.IN_OFFICE.value, PostStatus.PROPOSED.value])


def test_faults_are_late_waiting_and_paid_for(county: Flask) -> None:
    faults = list(db.session.scalars(select(Fault)))
    assert any(one.status == FaultStatus.OPEN and one.due_on < TOLD for one in faults)
    assert [one.cost_fen for one in faults if one.status == FaultStatus.ACCEPTED] == [186_000]
    assert db.session.scalar(select(func.count()).select_from(PatrolRound)) == 3


def test_one_asset_is_pledged_one_disputed_and_one_caveat_was_lifted(county: Flask) -> None:
    rows = list(db.session.scalars(select(Encumbrance)))
    assert {row.kind for row in rows if not row.lifted_document} == {EncumbranceKind.PLEDGE, EncumbranceKind.DISPUTE}
    assert [row.kind for row in rows if row.lifted_document] == [EncumbranceKind.CAVEAT]


def _in_the_future(model: type[Model], column: str) -> int:
    later = getattr(model, column) > TOLD
    return db.session.scalar(select(func.count()).select_from(model).where(later)) or 0


@pytest.mark.parametrize(
    ("model", "column"),
    [(Meeting, "held_on"), (Notice, "starts_on"), (Notice, "ended_on"), (Patrol, "done_on"), (Fault, "repaired_on"),
     (CustodyAgreement, "taken_on"), (TitleCase, "done_on"), (Asset, "handed_over_on")],
)  # fmt: skip
def test_nothing_is_told_of_the_future(county: Flask, model: type[Model], column: str) -> None:
    assert _in_the_future(model, column) == 0


BUSY = {
    "village_clerk": 6, "village_head": 4, "village_supervisory_committee": 1, "custodian": 2, "township_supervisor": 5,
    "county_agriculture": 6, "county_finance": 1, "deputy": 2,
}  # fmt: skip


@pytest.mark.parametrize("username", BUSY)
def test_the_inbox_is_lively_but_not_flooded(county: Flask, username: str) -> None:
    with county.test_request_context():
        tasks = page_of(Group.MINE, Staff().named(username), 31).tasks
        assert BUSY[username] <= len(tasks) <= 30
        assert count_of(Group.MINE, Staff().named(username)) == str(len(tasks))


def test_the_inbox_of_every_role_but_the_administrators_opens(county: Flask) -> None:
    for role in set(Role) - ADMINISTRATORS:
        visitor = county.test_client()
        visitor.post("/login", data={"username": role.value.lower(), "password": DEMO_PASSWORD})
        assert (role, visitor.get("/todo").status_code) == (role, 200)


def test_the_pages_of_every_story_open(county: Flask) -> None:
    visitor = county.test_client()
    visitor.post("/login", data={"username": "county_agriculture", "password": DEMO_PASSWORD})
    pages = [
        *(f"/requests/{key}" for key in db.session.scalars(select(ApprovalRequest.id))),
        *(f"/title/{key}" for key in db.session.scalars(select(TitleCase.id))),
        *(f"/notices/{key}" for key in db.session.scalars(select(Notice.id))),
        *(f"/meetings/{key}" for key in db.session.scalars(select(Meeting.id))),
    ]
    assert {(page, visitor.get(page).status_code) for page in pages} == {(page, 200) for page in pages}
    assert visitor.get(f"/public/{COUNTY}/notices").status_code == 200
