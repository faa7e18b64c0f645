"""Putting a notice up, proving that it hung, taking it down, closing it; objections to it, on both databases."""

import pytest
from sqlalchemy import func, select

from registry.approvals.notices.models import Notice, ObjectionAnswer
from registry.approvals.notices.objecting import (
    AlreadyAnswered,
    Bar,
    CannotPassOn,
    Channel,
    MayNotAnswer,
    NotHanging,
    ObjectionState,
)
from registry.approvals.notices.queries import (
    count_open_objections,
    find_notice,
    find_objection,
    find_taken_down,
    has_hung,
    list_answers,
    list_objections,
    masked_of,
    unsealed,
)
from registry.approvals.notices.rules import (
    AlreadyClosed,
    AlreadyPosted,
    Case,
    NotAPhoto,
    NoticeState,
    NoticeTooShort,
    ObjectionOpen,
    PhotoMissing,
    SamePhoto,
    TakenDownEarly,
)
from registry.approvals.notices.services import add_first_photo, close_notice, repeating
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.audit.services import record
from registry.database import db, transaction
from registry.errors import Conflict
from registry.evidence.queries import list_attachments
from registry.evidence.rules import MediaType
from registry.evidence.services import KeptFile
from registry.places.services import merge_region
from registry.regions import Level
from registry.workbench.moving import hand_over
from tests.approvals.notices.boards import (
    CASE,
    after,
    answered,
    breach,
    closed,
    kept,
    notice_facts,
    notice_of,
    objected,
    objection_of,
    passed_on,
    photographed,
    posted,
    taken_down,
)
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, person

pytestmark = pytest.mark.usefixtures("any_app")


def events(action: str) -> list[TrailEvent]:
    db.session.rollback()
    return list(db.session.scalars(select(TrailEvent).where(TrailEvent.action == action)))


def test_a_notice_keeps_the_policy_of_its_day_and_stands_in_the_trail() -> None:
    notice = notice_of(posted(case=CASE))
    assert (notice.days, notice.days_kind, notice.hotline) == (10, "CALENDAR", "12317")
    assert (notice.starts_on, notice.ends_on) == (TODAY, after(10))
    assert find_notice(CASE.table, CASE.id, CASE.content_digest, VILLAGE) is notice
    assert find_notice(CASE.table, CASE.id, "e" * 64, VILLAGE) is None
    assert find_notice(CASE.table, CASE.id, CASE.content_digest, SIBLING_VILLAGE) is None
    assert len(events("NOTICE_POSTED")) == 1


def test_a_notice_that_hung_is_closed_with_two_photographs() -> None:
    notice_id = posted()
    photographed(notice_id)
    assert not has_hung(notice_of(notice_id), after(9))
    assert has_hung(notice_of(notice_id), after(10))
    with pytest.raises(NoticeTooShort):
        closed(notice_id, after(9))
    closed(notice_id, after(10))
    notice = notice_of(notice_id)
    assert notice.notice_state is NoticeState.CLOSED
    assert [one.sha256 for one in list_attachments("notice", str(notice_id))] == [notice.first_photo, notice.last_photo]
    assert has_hung(notice, after(10))
    with pytest.raises(AlreadyClosed):
        closed(notice_id, after(11))


def test_without_both_photographs_it_stays_open() -> None:
    notice_id = posted()
    with pytest.raises(PhotoMissing):
        closed(notice_id, after(10))
    photographed(notice_id)
    same, paper = kept("white"), KeptFile("x.pdf", MediaType.PDF, "f" * 64, 1)
    for file, error in ((None, PhotoMissing), (same, SamePhoto), (paper, NotAPhoto)):
        with transaction(VILLAGE), pytest.raises(error):
            close_notice(notice_of(notice_id), file, by=person("village_clerk"), on=after(10))
        db.session.expire_all()
    assert notice_of(notice_id).notice_state is NoticeState.POSTED
    with transaction(VILLAGE), pytest.raises(SamePhoto):
        add_first_photo(notice_of(notice_id), kept("grey"), by=person("village_clerk"), on=TODAY)


def test_taken_down_early_it_counts_for_nothing_and_starts_again_from_the_first_day() -> None:
    first = posted(case=CASE)
    taken_down(first, after(8))
    assert not has_hung(notice_of(first), after(30))
    assert find_notice(CASE.table, CASE.id, CASE.content_digest, VILLAGE) is None
    assert find_taken_down(CASE, VILLAGE) is notice_of(first)
    with pytest.raises(TakenDownEarly):
        closed(first, after(10))
    again = notice_of(posted(on=after(8), case=Case(CASE.table, CASE.id, "e" * 64)))
    assert (again.replaces_id, again.ends_on) == (first, after(18))
    assert find_taken_down(CASE, VILLAGE) is None
    assert not has_hung(again, after(10))


def test_taking_down_sheds_no_objection() -> None:
    first = posted(case=CASE)
    open_one, settled = objected(first, key="a").objection.id, objected(first, key="b").objection.id
    with transaction(VILLAGE):
        objection_of(settled).state = ObjectionState.CLOSED.value
        record(Action.OBJECTION_ANSWERED, objection_of(settled), by=person("village_head"))
    taken_down(first)
    again = posted(case=CASE)
    assert [one.id for one in list_objections(again)] == [open_one]
    assert [one.id for one in list_objections(first)] == [settled]
    assert count_open_objections(again, after(30)) == 1
    assert not has_hung(notice_of(again), after(30))


def test_one_matter_hangs_once_at_a_time() -> None:
    posted(case=CASE)
    for digest in (CASE.content_digest, "e" * 64):
        with pytest.raises(AlreadyPosted):
            posted(case=Case(CASE.table, CASE.id, digest))
    posted(case=CASE, region_code=SIBLING_VILLAGE)
    posted()


def test_a_notice_of_its_own_is_repeated_as_it_was_by_naming_it() -> None:
    first = posted(proposer_id=person("village_head").id, proposer_text="村负责人")
    with pytest.raises(Conflict):
        posted(replaces_id=first)
    taken_down(first)
    facts = repeating(notice_facts(title="改正后的名单"), notice_of(first))
    again = notice_of(posted(**{name: getattr(facts, name) for name in ("title", "replaces_id", "proposer_id")}))
    assert (again.replaces_id, again.proposer_id) == (first, person("village_head").id)
    with pytest.raises(Conflict):
        posted(replaces_id=first, region_code=SIBLING_VILLAGE)


# ---- Objections


def test_an_objection_stops_the_notice_until_it_is_answered_and_the_days_to_pass_it_on_are_over() -> None:
    notice_id = posted()
    photographed(notice_id)
    raised = objected(notice_id, on=after(8))
    assert raised.objection.due_on == after(11)
    with pytest.raises(ObjectionOpen):
        closed(notice_id, after(10))
    answered(raised.objection.id, "village_head", after(9))
    assert objection_of(raised.objection.id).pass_on_until == after(14)
    assert count_open_objections(notice_id, after(14)) == 1
    with pytest.raises(ObjectionOpen):
        closed(notice_id, after(14))
    assert count_open_objections(notice_id, after(15)) == 0
    closed(notice_id, after(15))


def test_passed_on_the_township_answers_for_good() -> None:
    objection_id = objected(posted()).objection.id
    with pytest.raises(CannotPassOn):
        passed_on(objection_id)
    answered(objection_id, "village_head", after(2))
    passed_on(objection_id, after(7))
    row = objection_of(objection_id)
    assert (row.objection_state, row.lies_at, row.due_on) == (ObjectionState.PASSED_ON, Level.TOWNSHIP, after(17))
    assert count_open_objections(row.notice_id, after(400)) == 1
    with pytest.raises(MayNotAnswer):
        answered(objection_id, "village_head", after(8))
    answered(objection_id, "township_supervisor", after(8))
    assert objection_of(objection_id).objection_state is ObjectionState.CLOSED
    assert count_open_objections(row.notice_id, after(8)) == 0
    assert [one.level for one in list_answers([objection_id])] == ["VILLAGE", "TOWNSHIP"]
    with pytest.raises(CannotPassOn):
        passed_on(objection_id, after(8))


def test_after_the_days_it_is_too_late_to_pass_it_on() -> None:
    objection_id = objected(posted()).objection.id
    answered(objection_id, "village_head", TODAY)
    with pytest.raises(CannotPassOn):
        passed_on(objection_id, after(6))
    passed_on(objection_id, after(5))


def test_a_breach_of_the_rules_lies_with_the_township_at_once_and_may_go_on_to_the_county() -> None:
    raised = breach(posted())
    assert (raised.objection.lies_at, raised.objection.due_on) == (Level.TOWNSHIP, after(20))
    answered(raised.objection.id, "township_supervisor")
    passed_on(raised.objection.id, after(5))
    assert objection_of(raised.objection.id).lies_at is Level.COUNTY
    answered(raised.objection.id, "county_agriculture", after(6))
    assert objection_of(raised.objection.id).objection_state is ObjectionState.CLOSED


def test_whoever_proposed_the_matter_answers_nothing_and_leaves_no_trace_of_having_tried() -> None:
    head = person("village_head")
    objection_id = objected(posted(proposer_id=head.id)).objection.id
    with pytest.raises(MayNotAnswer) as refused:
        answered(objection_id, "village_head")
    assert str(refused.value) == Bar.OWN_PROPOSAL.value
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(ObjectionAnswer)) == 0
    assert objection_of(objection_id).objection_state is ObjectionState.OPEN


def test_each_level_answers_once() -> None:
    objection_id = objected(posted()).objection.id
    answered(objection_id, "village_head")
    with pytest.raises(AlreadyAnswered):
        answered(objection_id, "village_head")


def test_sent_twice_it_is_one_objection_with_one_code() -> None:
    notice_id = posted()
    first, second = objected(notice_id, key="tap"), objected(notice_id, key="tap", text="又说一遍")
    other = objected(notice_id, key="tap2")
    assert (first.receipt, first.objection.id) == (second.receipt, second.objection.id)
    assert other.receipt != first.receipt
    assert find_objection(first.receipt.lower().replace("-", "")) is first.objection
    assert find_objection("ABCD-EFGH-JKMN") is None


def test_no_objection_is_taken_once_the_notice_is_gone() -> None:
    notice_id = posted()
    taken_down(notice_id)
    with pytest.raises(NotHanging):
        objected(notice_id)


def test_who_objected_is_sealed_and_only_masked_for_staff() -> None:
    raised = objected(posted(), name="谭正国", contact="13996057184", channel=Channel.TELEPHONE)
    row = raised.objection
    assert "谭正国" not in row.name
    assert (unsealed(row).name, unsealed(row).contact) == ("谭正国", "13996057184")
    assert (masked_of(row).name, masked_of(row).contact) == ("谭**", "139****7184")
    assert row.raised_by_id == person("village_clerk").id
    payload = events("OBJECTION_RAISED")[0].payload
    assert not any(secret in payload for secret in ("谭正国", "13996057184", raised.receipt))


def test_notices_and_objections_follow_a_merged_unit_and_lie_with_its_heir() -> None:
    notice_id = posted()
    objection_id = objected(notice_id).objection.id
    with transaction(VILLAGE, SIBLING_VILLAGE):
        merge_region(VILLAGE, SIBLING_VILLAGE, on=TODAY, basis="test", by=person("system_administrator"))
        hand_over(VILLAGE, SIBLING_VILLAGE, by=person("system_administrator"))
    assert notice_of(notice_id).region_code == SIBLING_VILLAGE
    assert objection_of(objection_id).region_code == SIBLING_VILLAGE
    assert db.session.scalar(select(func.count()).select_from(Notice).filter_by(region_code=VILLAGE)) == 0
