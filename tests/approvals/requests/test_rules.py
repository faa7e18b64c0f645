"""What a request is opened with, and the question that each kind of step waits for."""

from datetime import date

import pytest

from registry.approvals.requests.questions import QUESTIONS, Known, lacking
from registry.approvals.requests.refusals import (
    AppraisalExpired,
    AppraisalTooFew,
    DelegationBackwards,
    DelegationTooLong,
    PaperMissing,
)
from registry.approvals.requests.rules import (
    AppraisalFacts,
    check_appraisal,
    check_delegation,
    check_papers,
    desk_of,
    plan_steps,
)
from registry.approvals.requests.states import Desk
from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, OwnerKind, Sector, Subject, TitleDeed
from registry.permissions import Role
from registry.policy.parameters import Parameter
from registry.policy.procedures import Circumstances, Seat, StepKind
from registry.policy.routes import ROUTES_BY_KEY
from registry.policy.rules import policy_of
from tests.factories import COUNTY, MUNICIPALITY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE

POLICY = policy_of(VILLAGE, TODAY, (), ())
LAST, GONE = date(2026, 12, 31), date(2026, 1, 1)
#: Kind of step, what is known, whether it is done.
ANSWERS: tuple[tuple[StepKind, Known, bool], ...] = (
    (StepKind.MEETING, Known(), False),
    (StepKind.MEETING, Known(carried=False), False),
    (StepKind.MEETING, Known(carried=True), True),
    (StepKind.NOTICE, Known(), False),
    (StepKind.NOTICE, Known(posted=True), False),
    (StepKind.NOTICE, Known(posted=True, hung=True, open_objections=1), False),
    (StepKind.NOTICE, Known(posted=True, hung=True), True),
    (StepKind.APPRAISAL, Known(), False),
    (StepKind.APPRAISAL, Known(valid_until=GONE), False),
    (StepKind.APPRAISAL, Known(valid_until=LAST), True),
    (StepKind.COUNTERSIGN, Known(), False),
    (StepKind.COUNTERSIGN, Known(agreed=True), True),
    (StepKind.REVIEW, Known(), False),
    (StepKind.REVIEW, Known(agreed=True), True),
    (StepKind.APPROVAL, Known(carried=True, hung=True, valid_until=LAST), False),
    (StepKind.APPROVAL, Known(agreed=True), True),
    (StepKind.FILING, Known(), True),
)


@pytest.mark.parametrize(("kind", "known", "done"), ANSWERS)
def test_each_kind_of_step_has_its_own_question(kind: StepKind, known: Known, *, done: bool) -> None:
    assert (lacking(kind, known, TODAY) == "") is done


def test_every_kind_of_step_is_asked_and_answered_both_ways() -> None:
    assert set(QUESTIONS) == set(StepKind)
    both = {(kind, done) for kind, _known, done in ANSWERS}
    assert both >= {(kind, done) for kind in StepKind if kind is not StepKind.FILING for done in (True, False)}


#: Seat, the owner's unit, the desk.
DESKS: tuple[tuple[Seat, str, Desk], ...] = (
    (Seat.OWNER_CLERK, VILLAGE, Desk(Role.VILLAGE_CLERK, VILLAGE)),
    (Seat.OWNER_CLERK, TOWNSHIP, Desk(Role.TOWNSHIP_CLERK, TOWNSHIP)),
    (Seat.OWNER_HEAD, COUNTY, Desk(Role.COUNTY_AGRICULTURE, COUNTY)),
    (Seat.SUPERVISORY_COMMITTEE, VILLAGE, Desk(Role.VILLAGE_SUPERVISORY_COMMITTEE, VILLAGE)),
    (Seat.SUPERVISORY_COMMITTEE, TOWNSHIP, Desk(Role.TOWNSHIP_SUPERVISOR, TOWNSHIP)),
    (Seat.SUPERVISORY_BOARD, COUNTY, Desk(Role.COUNTY_AGRICULTURE, COUNTY)),
    (Seat.TOWNSHIP_SUPERVISOR, VILLAGE, Desk(Role.TOWNSHIP_SUPERVISOR, TOWNSHIP)),
    (Seat.TOWNSHIP_SUPERVISOR, COUNTY, Desk(Role.COUNTY_AGRICULTURE, COUNTY)),
    (Seat.SECTOR, VILLAGE, Desk(Role.SECTOR_OFFICER, COUNTY, Sector.WATER)),
    (Seat.COUNTY_GOVERNMENT, VILLAGE, Desk(Role.COUNTY_GOVERNMENT, COUNTY)),
    (Seat.MUNICIPALITY, VILLAGE, Desk(Role.MUNICIPAL_SUPERVISOR, MUNICIPALITY)),
)


@pytest.mark.parametrize(("seat", "unit", "desk"), DESKS)
def test_each_seat_is_a_desk_of_the_owners_line(seat: Seat, unit: str, desk: Desk) -> None:
    assert desk_of(seat, unit, Sector.WATER) == desk


def test_every_co_owning_village_meets() -> None:
    procedure = ROUTES_BY_KEY["TITLE.COLLECTIVE"].procedure
    steps = plan_steps(procedure, (VILLAGE, SIBLING_VILLAGE), None, POLICY)
    assert [step.kind.value[:2] for step in steps] == ["CO", "NO", "ME", "ME", "RE", "AP"]
    assert [step.desk.unit_code for step in steps if step.kind is StepKind.MEETING] == [VILLAGE, SIBLING_VILLAGE]
    assert steps[1].hang_days == POLICY.number(Parameter.NOTICE_DAYS_VILLAGE)


#: Deed, category, owner, the route.
ROUTED: tuple[tuple[TitleDeed, Category, OwnerKind, str], ...] = (
    (TitleDeed.FIRST_TITLE, Category.OPERATING, OwnerKind.VILLAGE_COLLECTIVE, "TITLE.COLLECTIVE"),
    (TitleDeed.FIRST_TITLE, Category.OPERATING, OwnerKind.TOWNSHIP, "TITLE.OTHER"),
    (TitleDeed.FIRST_TITLE, Category.PUBLIC_WELFARE, OwnerKind.VILLAGE_COLLECTIVE, "TITLE.PUBLIC_WELFARE"),
    (TitleDeed.FIRST_TITLE, Category.HOUSEHOLD, OwnerKind.HOUSEHOLD, "TITLE.HOUSEHOLD"),
    (TitleDeed.HAND_OVER, Category.PUBLIC_WELFARE, OwnerKind.VILLAGE_COLLECTIVE, "TITLE.HAND_OVER"),
    (TitleDeed.OWNER_NAME, Category.OPERATING, OwnerKind.ENTERPRISE, "TITLE.OWNER_NAME"),
    (TitleDeed.ERROR, Category.OPERATING, OwnerKind.GROUP_COLLECTIVE, "TITLE.ERROR"),
)


@pytest.mark.parametrize(("deed", "category", "owner", "key"), ROUTED)
def test_each_case_takes_its_route(deed: TitleDeed, category: Category, owner: OwnerKind, key: str) -> None:
    route, procedure = POLICY.procedure(Circumstances(Subject.TITLE, deed, category, owner))
    assert (route.key, procedure) == (key, ROUTES_BY_KEY[key].procedure)


def test_a_missing_paper_is_named() -> None:
    check_papers([EvidenceKind.MINUTES], [EvidenceKind.MINUTES, EvidenceKind.PHOTO])
    with pytest.raises(PaperMissing) as refused:
        check_papers([EvidenceKind.MINUTES, EvidenceKind.CONTRACT], [EvidenceKind.CONTRACT])
    assert refused.value.params["papers"] == EvidenceKind.MINUTES.label


def test_a_delegation_of_thirty_days_is_the_longest() -> None:
    check_delegation(TODAY, date(2026, 12, 22), TODAY, POLICY)
    with pytest.raises(DelegationTooLong):
        check_delegation(TODAY, date(2026, 12, 23), TODAY, POLICY)
    with pytest.raises(DelegationBackwards):
        check_delegation(date(2026, 11, 22), TODAY, TODAY, POLICY)


def report(on: date, *names: str) -> AppraisalFacts:
    return AppraisalFacts("渝评估所", "渝评字〔2026〕8号", names, 100, on)


def test_a_report_needs_two_appraisers_and_is_used_within_its_months() -> None:
    check_appraisal(report(date(2025, 11, 23), "张三", "李四"), TODAY, POLICY)
    with pytest.raises(AppraisalExpired):
        check_appraisal(report(date(2025, 11, 22), "张三", "李四"), TODAY, POLICY)
    with pytest.raises(AppraisalTooFew):
        check_appraisal(report(TODAY, "张三"), TODAY, POLICY)
