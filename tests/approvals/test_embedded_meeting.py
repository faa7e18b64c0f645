"""The form of a meeting inside the page of a case: the item is settled, only the vote is asked for."""

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict

from registry.approvals.meetings.facts import Vote, find_sitting, sittings_at
from registry.approvals.meetings.forms import FixedItem, MeetingForm
from registry.approvals.meetings.kinds import Matter
from registry.approvals.meetings.queries import list_resolutions
from registry.regions import Level
from tests.approvals.gatherings import CASE, HELD_ON, K, about, default_policy, held
from tests.factories import VILLAGE

TYPED = {
    "body_name": "华溪村成员大会", "held_on": "2026-11-20", "notified_on": "2026-11-10", "chair": "谭登周",
    "recorder": "马培清", "due": "312", "present": "190", "proxies": "20", "items-0-agreed": "210",
    "items-0-matter": "INVESTMENT", "items-0-text": "偷换的内容",
}  # fmt: skip
FIXED = FixedItem(Matter.TITLE_CONFIRMATION, "首次确权：中益冷链仓库等 12 项", CASE)
FORM = """{% from "meetings/_form.html" import meeting_fields %}
{{ meeting_fields(form, form.needed(policy), form.verdicts(policy)) }}"""
TABLE = """{% from "meetings/_resolutions.html" import resolution_table %}{{ resolution_table(decided, true) }}"""


@pytest.fixture
def form(app: Flask) -> MeetingForm:
    """The form as a case's page would make it, filled in."""
    sitting = find_sitting("A1", Level.VILLAGE, Matter.TITLE_CONFIRMATION)
    assert sitting is not None
    with app.test_request_context(method="POST", data=MultiDict(TYPED)):
        return MeetingForm(sitting, VILLAGE, fixed=FIXED)


def test_the_case_says_what_is_decided_and_the_form_only_how(form: MeetingForm) -> None:
    facts = form.to_facts()
    assert [(one.matter, one.text, one.vote, one.case) for one in facts.items] == [
        (FIXED.matter, FIXED.text, Vote(210), CASE)
    ]


def test_the_macro_draws_the_form_with_the_votes_needed(app: Flask, form: MeetingForm) -> None:
    with app.test_request_context():
        page = render_template_string(FORM, form=form, policy=default_policy())
    assert "首次确权：中益冷链仓库等 12 项" in page
    assert "至少 208 票同意才通过" in page
    assert 'name="items-0-agreed"' in page
    assert 'name="items-0-text"' not in page
    assert "items-1" not in page


def test_a_case_shows_every_resolution_about_it_with_its_meeting(app: Flask) -> None:
    held(items=(about(agreed=100, opposed=110),), held_on=HELD_ON.replace(day=12), notified_on=HELD_ON.replace(day=1))
    held(items=(about(),), body_name="第二次成员大会")
    with app.test_request_context():
        page = render_template_string(TABLE, decided=list_resolutions(CASE.table, CASE.id))
    for text in ("第二次成员大会", "还差 108 票", "已由以后的会议变更", "需要 208 人"):
        assert text in page


def test_only_meetings_that_may_decide_the_matter_are_offered() -> None:
    offered = {one.deciding for one in sittings_at(Level.VILLAGE, Matter.SHARE_QUANTIFICATION)}
    assert offered == {K.MEMBERS, K.VILLAGERS, K.GROUP}
    assert find_sitting("A2", Level.VILLAGE, Matter.SHARE_QUANTIFICATION) is None
