"""What waits for whom: answers due, notices to close, what went to the level above, publications owed."""

from datetime import date, timedelta

import pytest

from registry.approvals.notices.inbox import (
    count_due_publications,
    count_late_objections,
    count_notices_to_close,
    count_objections_passed_on,
    count_objections_to_answer,
    list_due_publications,
    list_late_objections,
    list_notices_to_close,
    list_objections_passed_on,
    list_objections_to_answer,
)
from registry.approvals.notices.rules import NoticeKind, Period
from registry.permissions import Role
from tests.approvals.notices.boards import (
    CASE,
    after,
    answered,
    breach,
    objected,
    passed_on,
    photographed,
    posted,
    taken_down,
)
from tests.factories import SIBLING_VILLAGE, TODAY, person

pytestmark = pytest.mark.usefixtures("any_app")
MOST = 100


def asked_to_answer(on: date = TODAY) -> dict[str, list[int]]:
    """Return for each person who has objections to answer which they are."""
    found = {}
    for role in Role:
        actor = person(role.value.lower())
        rows = [one.id for one in list_objections_to_answer(actor, on)]
        assert count_objections_to_answer(actor, on, MOST) == len(rows)
        if rows:
            found[role.value.lower()] = rows
    return found


def test_an_objection_waits_for_the_one_whose_turn_it_is_and_for_nobody_else() -> None:
    objection_id = objected(posted()).objection.id
    assert asked_to_answer() == {"village_head": [objection_id]}
    answered(objection_id, "village_head")
    assert asked_to_answer() == {}
    passed_on(objection_id)
    assert asked_to_answer() == {"township_supervisor": [objection_id]}
    clerk = person("village_clerk")
    assert [one.id for one in list_objections_passed_on(clerk, TODAY)] == [objection_id]
    assert count_objections_passed_on(clerk, TODAY, MOST) == 1
    assert list_objections_passed_on(person("sibling_clerk"), TODAY) == []
    answered(objection_id, "township_supervisor")
    assert asked_to_answer() == {}
    assert list_objections_passed_on(clerk, TODAY) == []


def test_one_asked_about_ones_own_proposal_is_not_asked() -> None:
    objected(posted(proposer_id=person("village_head").id))
    assert asked_to_answer() == {}


def test_the_one_due_first_comes_first_and_the_count_stops_at_its_limit() -> None:
    notice_id = posted()
    later, sooner = objected(notice_id, on=after(1), key="a"), objected(notice_id, key="b")
    head = person("village_head")
    assert [one.id for one in list_objections_to_answer(head, TODAY)] == [sooner.objection.id, later.objection.id]
    assert count_objections_to_answer(head, TODAY, 1) == 1


def test_what_a_unit_is_late_with_comes_before_the_eyes_of_the_level_above() -> None:
    objection_id = objected(posted()).objection.id
    township, county = person("township_supervisor"), person("county_agriculture")
    assert list_late_objections(township, after(3)) == []
    assert [one.id for one in list_late_objections(township, after(4))] == [objection_id]
    assert count_late_objections(township, after(4), MOST) == 1
    assert list_late_objections(county, after(4)) == []
    complaint = breach(posted())
    assert [one.id for one in list_late_objections(county, after(21))] == [complaint.objection.id]
    assert list_late_objections(person("village_head"), after(30)) == []


def test_a_notice_waits_to_be_closed_once_its_days_are_over_and_nothing_is_open() -> None:
    notice_id = posted()
    clerk = person("village_clerk")
    assert list_notices_to_close(clerk, after(9)) == []
    assert [one.id for one in list_notices_to_close(clerk, after(10))] == [notice_id]
    assert count_notices_to_close(clerk, after(10), MOST) == 1
    objection_id = objected(notice_id).objection.id
    assert list_notices_to_close(clerk, after(10)) == []
    answered(objection_id, "village_head")
    assert list_notices_to_close(clerk, after(5)) == []
    assert [one.id for one in list_notices_to_close(clerk, after(10))] == [notice_id]


def test_the_notice_of_a_case_can_be_left_to_the_inbox_of_the_case() -> None:
    clerk = person("village_clerk")
    own, _of_a_case = posted(), posted(case=CASE)
    assert [one.id for one in list_notices_to_close(clerk, after(10), without=CASE.table)] == [own]
    assert count_notices_to_close(clerk, after(10), MOST, without=CASE.table) == 1
    assert count_notices_to_close(clerk, after(10), MOST) == 2


def test_it_waits_for_whoever_posted_it_and_for_the_board_it_hangs_on() -> None:
    by_township = posted(by="township_clerk")
    photographed(by_township)
    names = ("village_clerk", "township_clerk", "county_clerk", "sibling_clerk", "village_head", "auditor")
    asked = {name for name in names if list_notices_to_close(person(name), after(10))}
    assert asked == {"village_clerk", "township_clerk"}
    posted(by="township_clerk", region_code=SIBLING_VILLAGE)
    assert count_notices_to_close(person("sibling_clerk"), after(10), MOST) == 1


def test_a_village_clerk_is_reminded_of_the_publications_the_village_owes() -> None:
    clerk = person("village_clerk")
    due = list_due_publications(clerk, TODAY)
    assert [one.kind for one in due] == [NoticeKind.COLLECTIVE_ACCOUNTS, NoticeKind.VILLAGE_MATTERS]
    assert count_due_publications(clerk, TODAY, MOST) == 2
    assert list_due_publications(person("township_clerk"), TODAY) == []
    assert list_due_publications(person("village_head"), TODAY) == []
    matters = posted(kind=NoticeKind.VILLAGE_MATTERS, period=due[1].period)
    assert [one.kind for one in list_due_publications(clerk, TODAY)] == [NoticeKind.COLLECTIVE_ACCOUNTS]
    taken_down(matters)
    assert count_due_publications(clerk, TODAY, MOST) == 2


def test_the_next_period_is_owed_again() -> None:
    clerk, quarter = person("village_clerk"), Period(date(2026, 7, 1), date(2026, 9, 30))
    posted(kind=NoticeKind.VILLAGE_MATTERS, period=quarter)
    turn = date(2027, 1, 1)
    assert NoticeKind.VILLAGE_MATTERS not in {one.kind for one in list_due_publications(clerk, turn - timedelta(1))}
    assert NoticeKind.VILLAGE_MATTERS in {one.kind for one in list_due_publications(clerk, turn)}
