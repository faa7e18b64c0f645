"""A county adds a step to a procedure: one proposes on the page, another confirms, and only new cases get it."""

import pytest
from flask import Flask

from registry.clock import today
from registry.database import db
from tests.assets.title.making import case_of, fill_in, opened, request_of, storehouse, submitted
from tests.browser.acting import choose, press, says
from tests.browser.desk import Desk
from tests.policy.setting import DOCUMENT

pytestmark = pytest.mark.browser
STEP = "区县财政会审"


def propose(desk: Desk) -> str:
    """Add a review by the county's finance bureau before the county's own; the address of the proposal."""
    desk.sign_in("county_clerk")
    desk.open("/policy")
    desk.click("main a[href*='/policy/routes/TITLE.COLLECTIVE/propose']")
    row = desk.page.locator("#steps section.panel").last
    for name, text in (("label", STEP), ("place", "45")):
        row.locator(f"[name$='-{name}']").fill(text)
    for name, value in (("kind", "REVIEW"), ("seat", "COUNTY_FINANCE"), ("term", "step_days_review")):
        row.locator(f"[name$='-{name}']").select_option(value)
    for name, text in (("effective_on", today().isoformat()), ("document", DOCUMENT), ("reason", "与国资台账同步")):
        desk.page.fill(f"[name={name}]", text)
    press(desk, "核对改动")
    assert STEP in desk.page.inner_text("#effect .differs")
    assert desk.problems() == []
    press(desk, "提出，送第二人确认")
    return desk.page.url.removeprefix(desk.base)


def steps_shown(desk: Desk, case_id: int) -> list[str]:
    """Open the request of a case; the titles of its steps."""
    db.session.rollback()
    desk.open(f"/requests/{request_of(case_id).id}")
    return desk.page.locator("main .life-title").all_inner_texts()


def test_a_step_added_by_the_county_is_for_new_cases_only(app: Flask, desk: Desk) -> None:
    running, fresh = opened(storehouse("一号仓")), opened(storehouse("二号仓"))
    fill_in(running)
    fill_in(fresh)
    submitted(running)
    before = request_of(running)
    assert before.step_kind == "COUNTERSIGN"

    address = propose(desk)
    assert "等另一个人确认" in says(desk)
    desk.sign_in_as_another("village_clerk")
    desk.open(f"/title/{fresh}/submit")
    assert STEP not in says(desk), "what nobody has confirmed does not hold"

    desk.sign_in_as_another("county_agriculture")
    desk.click(f"main td.act a[href='{address}']")
    choose(desk, "同意")
    press(desk, "核对并办理")
    assert desk.clicks == 3

    desk.sign_in_as_another("village_clerk")
    desk.open(f"/title/{fresh}/submit")
    assert STEP in says(desk)
    desk.click("main form button:has-text('提交')")
    assert STEP not in steps_shown(desk, running)
    assert len(steps_shown(desk, running)) == 5
    added = steps_shown(desk, fresh)
    assert (len(added), added[4]) == (6, STEP)
    assert case_of(running).deed == case_of(fresh).deed
