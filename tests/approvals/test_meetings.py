"""Meetings as they are entered: what is kept, what stands, what a later meeting replaces, and what nobody changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from registry.approvals.meetings import refusals
from registry.approvals.meetings.facts import Case
from registry.approvals.meetings.kinds import Matter, StageKind
from registry.approvals.meetings.models import Meeting, Resolution
from registry.approvals.meetings.queries import (
    Wanted,
    find_last_meeting,
    find_resolution,
    get_meeting,
    get_minutes,
    list_meetings,
    list_resolutions,
    list_standing,
    place_of,
)
from registry.approvals.meetings.services import Papers, attach_papers, record_publication
from registry.audit.models import TrailEvent
from registry.database import UnrecordedChange, db, transaction
from registry.errors import Missing
from registry.places.services import merge_region, set_go_live
from tests.approvals.gatherings import CASE, HELD_ON, K, about, held, item
from tests.factories import COUNTY, SIBLING_VILLAGE, TODAY, VILLAGE, person

DAY = timedelta(1)
OLDER = {"held_on": HELD_ON - 3 * DAY, "notified_on": HELD_ON - 30 * DAY}


def found(case: Case = CASE, region: str = VILLAGE) -> Resolution | None:
    return find_resolution(case.table, case.id, case.content_digest, region)


def test_a_meeting_keeps_what_was_needed_and_what_came_of_it(any_app: Flask) -> None:
    meeting = held(items=(about(agreed=208, opposed=2), about(replace(CASE, id="8"), agreed=207, opposed=3)))
    minutes = get_minutes(meeting.id, person("village_clerk"))
    assert (meeting.people_needed, meeting.quorate) == (208, True)
    assert [(one.resolution.votes_needed, one.resolution.carried) for one in minutes.decided] == [
        (208, True),
        (208, False),
    ]
    assert [one.verdict.carried for one in minutes.decided] == [True, False]
    assert minutes.quorum[0].params == {"attending": 210, "due": 312, "needed": 208}


@pytest.mark.usefixtures("app")
def test_a_meeting_is_one_event_with_all_its_rows() -> None:
    meeting = held(K.FOUR_DISCUSSIONS)
    event = db.session.scalars(select(TrailEvent).order_by(TrailEvent.seq.desc())).first()
    assert event is not None
    assert (event.action, event.thing_table, event.thing_id) == ("MEETING_RECORDED", "meeting", str(meeting.id))
    assert [event.payload.count(f'"table":"{name}"') for name in ("meeting_stage", "resolution")] == [4, 1]


@pytest.mark.parametrize("table", ["meeting", "meeting_stage", "resolution"])
def test_nobody_changes_or_deletes_what_a_meeting_said(any_app: Flask, table: str) -> None:
    held(K.FOUR_DISCUSSIONS)
    for deed in (f"UPDATE {table} SET region_code = region_code", f"DELETE FROM {table}"):
        with pytest.raises((DatabaseError, UnrecordedChange)):
            db.session.execute(text(deed))
        db.session.rollback()
    with pytest.raises(DatabaseError), transaction(VILLAGE):
        db.session.scalars(select(Meeting)).one().place = "别处"
        db.session.flush()


def test_the_database_itself_refuses_impossible_numbers(any_app: Flask) -> None:
    meeting = held()
    for wrong in ({"present": 400}, {"households_present": 1}):
        with pytest.raises(DatabaseError), transaction(VILLAGE):
            columns = {c.name: getattr(meeting, c.name) for c in Meeting.__table__.columns if c.name != "id"}
            db.session.add(Meeting(**{**columns, **wrong}))
            db.session.flush()


@pytest.mark.usefixtures("app")
def test_a_resolution_is_found_for_exactly_its_content_and_its_unit() -> None:
    held(items=(about(),))
    resolution = found()
    assert resolution is not None
    assert resolution.carried
    assert resolution.case == CASE
    assert found(replace(CASE, content_digest="b" * 64)) is None
    assert found(replace(CASE, id="8")) is None
    assert found(region=SIBLING_VILLAGE) is None


def test_a_later_meeting_replaces_what_an_earlier_one_resolved_about_a_case(any_app: Flask) -> None:
    held(items=(about(),), **OLDER)
    other = replace(CASE, content_digest="b" * 64)
    held(items=(about(other),))
    assert found() is None
    standing = found(other)
    assert standing is not None
    first, second = list_resolutions(CASE.table, CASE.id)
    assert first.altered_by is second.resolution is standing
    assert standing.alters_id == first.resolution.id
    assert second.altered_by is None


@pytest.mark.usefixtures("app")
def test_the_same_meeting_told_again_replaces_nothing() -> None:
    held(items=(about(),))
    with pytest.raises(refusals.NotANewMeeting):
        held(items=(about(),))
    with pytest.raises(refusals.NotANewMeeting):
        held(items=(about(),), **OLDER)


@pytest.mark.usefixtures("app")
def test_a_vote_that_fails_leaves_in_force_what_was() -> None:
    held(items=(about(),), **OLDER)
    held(items=(about(agreed=100, opposed=110),))
    standing = found()
    assert standing is not None
    assert standing.carried
    held(items=(about(agreed=210),), held_on=TODAY)
    latest = found()
    assert latest is not None
    assert latest.alters_id == standing.id


@pytest.mark.usefixtures("app")
def test_a_failed_resolution_gives_way_to_the_next_vote() -> None:
    held(items=(about(agreed=100, opposed=110),), **OLDER)
    failed = found()
    assert failed is not None
    assert not failed.carried
    held(items=(about(),))
    standing = found()
    assert standing is not None
    assert standing.carried
    assert standing.alters_id == failed.id


@pytest.mark.usefixtures("app")
def test_a_resolution_without_a_case_is_altered_by_name_and_once() -> None:
    held(items=(item(K.MEMBERS),), **OLDER)
    earlier = list_standing(VILLAGE)[0].resolution
    held(items=(item(K.MEMBERS, text="改由村集体自管", alters_id=earlier.id),))
    assert [one.resolution.text for one in list_standing(VILLAGE)] == ["改由村集体自管"]
    with pytest.raises(refusals.NotANewMeeting):
        held(items=(item(K.MEMBERS, alters_id=earlier.id),), held_on=TODAY)
    with pytest.raises(Missing):
        held(items=(item(K.MEMBERS, alters_id=999),), held_on=TODAY)


@pytest.mark.usefixtures("app")
def test_a_lower_body_does_not_alter_what_the_members_resolved() -> None:
    held(items=(about(),), **OLDER)
    lower = about(agreed=28, matter=Matter.TITLE_CONFIRMATION)
    with pytest.raises(refusals.LowerBody):
        held(K.DELEGATES, items=(lower,))
    standing = found()
    assert standing is not None
    assert standing.alters_id is None


@pytest.mark.usefixtures("app")
def test_another_units_resolution_cannot_be_altered() -> None:
    held(items=(item(K.MEMBERS),), region_code=SIBLING_VILLAGE, by="sibling_clerk", **OLDER)
    foreign = list_standing(SIBLING_VILLAGE)[0].resolution.id
    with pytest.raises(Missing):
        held(items=(item(K.MEMBERS, alters_id=foreign),))


@pytest.mark.usefixtures("app")
def test_history_is_held_before_go_live_and_skips_the_notice() -> None:
    past = {"held_on": date(2020, 3, 1), "notified_on": None, "is_history": True}
    with pytest.raises(refusals.NotHistory):
        held(**past)
    with transaction(COUNTY):
        set_go_live(COUNTY, date(2021, 7, 1), basis="启用通知", by=person("county_clerk"))
    assert held(**past).is_history
    with pytest.raises(refusals.NotHistory):
        held(is_history=True)


@pytest.mark.usefixtures("app")
def test_the_two_publications_follow_the_four_discussions() -> None:
    meeting_id = held(K.FOUR_DISCUSSIONS).id

    def publish(stage: StageKind, on: date) -> None:
        with transaction(VILLAGE):
            meeting = get_meeting(meeting_id, person("village_clerk"))
            record_publication(meeting, stage, on, by=person("village_clerk"), on=TODAY)

    with pytest.raises(refusals.NotPublishable):
        publish(StageKind.RESULT_PUBLISHED, TODAY)
    publish(StageKind.RESOLUTION_PUBLISHED, HELD_ON + DAY)
    publish(StageKind.RESULT_PUBLISHED, TODAY)
    with pytest.raises(refusals.NotPublishable):
        publish(StageKind.RESULT_PUBLISHED, TODAY)
    stages = [one.stage for one in get_minutes(meeting_id, person("village_clerk")).stages]
    assert stages == [one.value for one in StageKind]


@pytest.mark.usefixtures("app")
def test_only_the_four_discussions_are_published_here() -> None:
    meeting_id = held().id
    with pytest.raises(refusals.NotPublishable), transaction(VILLAGE):
        meeting = get_meeting(meeting_id, person("village_clerk"))
        record_publication(meeting, StageKind.RESOLUTION_PUBLISHED, TODAY, by=person("village_clerk"), on=TODAY)


@pytest.mark.usefixtures("app")
def test_a_meeting_needs_its_minutes_or_a_photo() -> None:
    meeting_id = held().id
    with pytest.raises(refusals.NoPapers), transaction(VILLAGE):
        attach_papers(db.session.get_one(Meeting, meeting_id), Papers(), by=person("village_clerk"))


@pytest.mark.usefixtures("app")
def test_each_sees_the_meetings_within_reach_only() -> None:
    own = held()
    held(region_code=SIBLING_VILLAGE, by="sibling_clerk")
    assert [one.id for one in list_meetings(Wanted(), person("village_clerk")).rows] == [own.id]
    assert len(list_meetings(Wanted(), person("county_agriculture")).rows) == 2
    assert list_meetings(Wanted(), person("other_clerk")).rows == []
    with pytest.raises(Missing):
        get_meeting(own.id, person("sibling_clerk"))


def test_pages_of_meetings_hold_each_meeting_once_the_newest_first(any_app: Flask) -> None:
    for number in range(5):
        held(K.BOARD, held_on=HELD_ON - (number // 2) * DAY, body_name=f"第{number}次理事会")
    clerk, seen, after = person("village_clerk"), [], None
    while True:
        page = list_meetings(Wanted(kind=K.BOARD), clerk, after=after, limit=2)
        if not page.rows:
            break
        assert page.before == len(seen)
        seen += list(page.rows)
        assert page.after == 5 - len(seen)
        after = place_of(page.rows[-1])
    assert seen == sorted(seen, key=place_of, reverse=True)
    assert len(seen) == 5
    back = list_meetings(Wanted(), clerk, before=place_of(seen[4]), limit=2)
    assert list(back.rows) == seen[2:4]
    assert find_last_meeting(VILLAGE, K.BOARD) is seen[0]


@pytest.mark.usefixtures("app")
def test_what_a_merged_village_resolved_speaks_for_the_one_that_took_over() -> None:
    meeting = held(items=(about(),))
    with transaction(VILLAGE, SIBLING_VILLAGE):
        merge_region(VILLAGE, SIBLING_VILLAGE, on=TODAY, basis="合并村", by=person("system_administrator"))
    assert found(region=SIBLING_VILLAGE) is not None
    assert get_meeting(meeting.id, person("sibling_clerk")).id == meeting.id
    assert list_meetings(Wanted(), person("sibling_clerk")).rows == [meeting]
