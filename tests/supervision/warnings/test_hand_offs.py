"""Handing on, answering, judging: over pages, by whose turn it is; who else sees nothing of it."""

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.accounts.models import User
from registry.accounts.services import add_grant
from registry.audit.models import TrailEvent
from registry.clock import today
from registry.database import db, transaction
from registry.permissions import Grant, Role, system_actor
from registry.regions import log_of
from registry.supervision.warnings.models import WarningHandOff
from registry.supervision.warnings.queries import get_hand_off, get_warning
from registry.supervision.warnings.refusals import AlreadyHanded
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import HandingOff, HandOffState
from registry.supervision.warnings.services import hand_off
from tests.approvals.notices.boards import photograph
from tests.factories import COUNTY, TODAY, TOWNSHIP, VILLAGE, person
from tests.journeys.test_case_agreed import visitor
from tests.supervision.warnings.deeds import card
from tests.supervision.warnings.scenery import ask_all, days, deed, follow, sound_world, standing, the_asset


def disputed() -> int:
    """A warning of the village's asset."""
    key = sound_world()
    with deed():
        card(title_status="DISPUTED")(the_asset(key))
    ask_all()
    (warning,) = standing(Risk.OWNER_DISPUTED)
    return warning.id


def handed(warning_id: int, username: str = "township_supervisor") -> WarningHandOff:
    db.session.rollback()
    by = person(username)
    with transaction(COUNTY):
        said = HandingOff(VILLAGE, "请调处", days(10))
        return hand_off(get_warning(warning_id, by), said, by=by, on=TODAY)


def test_a_warning_lies_with_one_unit_at_a_time(any_app: Flask) -> None:
    warning_id = disputed()
    handed(warning_id)
    with pytest.raises(AlreadyHanded):
        handed(warning_id, "county_agriculture")


def test_what_is_mended_ends_what_was_handed_on_and_frees_the_next_episode(any_app: Flask) -> None:
    warning_id = disputed()
    first = handed(warning_id).id
    for status in ("CONFIRMED", "DISPUTED"):
        with deed():
            card(title_status=status)(the_asset(1))
        follow()
    over = get_hand_off(first, person("township_supervisor"))
    assert (over.stands, over.end_way) == (HandOffState.ENDED, "GONE")
    (again,) = standing(Risk.OWNER_DISPUTED)
    assert handed(again.id).stands is HandOffState.OPEN


def test_an_answer_goes_back_and_forth_until_the_desk_takes_it(any_app: Flask) -> None:
    app, warning_id = any_app, disputed()
    hand_off_id = handed(warning_id).id
    clerk, town = visitor(app, "village_clerk"), visitor(app, "township_supervisor")
    here = f"/warnings/hand-offs/{hand_off_id}"
    assert "请调处" in clerk.open(here).text
    assert clerk.send("/answer", text=" ").status_code == 422
    assert "已回复，等交办单位核实" in clerk.send("/answer", text="已与双方谈过").text
    assert "交办待核实" in town.open("/todo").text
    town.open(here)
    assert town.send("/verdict", opinion="看过了").status_code == 422  # nothing is chosen beforehand
    assert town.send("/verdict", takes="0", opinion="").status_code == 422
    assert "退回要写明还缺什么" in town.page.text
    new_day = today() + timedelta(days=9)
    assert "已退回重办" in town.send("/verdict", takes="0", opinion="还缺协议", due_on=new_day).text
    clerk.open(here)
    clerk.send("/answer", text="协议已签")
    town.open(here)
    assert town.send("/verdict", takes="1", opinion=" ").status_code == 422
    assert "预警的原因还没有消除，办结要写明意见" in town.page.text
    assert "已办结" in town.send("/verdict", takes="1", opinion="双方已签协议，证书在办").text
    assert "双方已签协议，证书在办" in town.open(f"/warnings/{warning_id}").text
    db.session.rollback()
    rows = select(TrailEvent.payload).where(TrailEvent.action == "WARNING_TAKEN")
    assert json.loads(db.session.scalars(rows).one())["reason"] == "双方已签协议，证书在办"
    assert "还缺协议" in town.open(f"/warnings/{warning_id}").text
    assert town.open("/warnings/hand-offs?state=ENDED").text.count("产权有争议") >= 1
    assert len(standing(Risk.OWNER_DISPUTED)) == 1


def test_what_was_mended_a_moment_ago_is_taken_without_an_opinion(any_app: Flask) -> None:
    app, hand_off_id = any_app, handed(disputed()).id
    here = f"/warnings/hand-offs/{hand_off_id}"
    clerk, town = visitor(app, "village_clerk"), visitor(app, "township_supervisor")
    clerk.open(here)
    clerk.send("/answer", text="已确权")
    town.open(here)
    assert town.send("/verdict", takes="1").status_code == 422
    db.session.rollback()
    with deed():
        card(title_status="CONFIRMED")(the_asset(1))
    assert len(standing(Risk.OWNER_DISPUTED)) == 1  # nobody has looked since
    assert "已办结" in town.send("/verdict", takes="1").text


def test_a_verdict_is_of_the_answer_that_was_seen(any_app: Flask) -> None:
    app, hand_off_id = any_app, handed(disputed()).id
    here = f"/warnings/hand-offs/{hand_off_id}"
    clerk, town = visitor(app, "village_clerk"), visitor(app, "township_supervisor")
    clerk.open(here)
    clerk.send("/answer", text="已与双方谈过")
    town.open(here)
    other = visitor(app, "township_supervisor")
    other.open(here)
    other.send("/verdict", takes="0", opinion="还缺协议", due_on=today() + timedelta(days=9))
    clerk.open(here)
    clerk.send("/answer", text="协议另行补签")
    stale = town.send("/verdict", takes="1", opinion="同意")
    assert (stale.status_code, "您打开以后" in stale.text, "协议另行补签" in stale.text) == (409, True, True)
    db.session.rollback()
    assert get_hand_off(hand_off_id, person("village_clerk")).stands is HandOffState.ANSWERED
    assert "已办结" in town.send("/verdict", takes="1", opinion="已谈妥").text


def test_nobody_judges_their_own_answer_whatever_seats_they_hold(any_app: Flask) -> None:
    app, hand_off_id = any_app, handed(disputed()).id
    here, both = f"/warnings/hand-offs/{hand_off_id}", visitor(app, "village_clerk")
    both.open(here)
    both.send("/answer", text="已与双方谈过")
    db.session.rollback()
    user = db.session.scalars(select(User).where(User.username == "village_clerk")).one().id
    with transaction(COUNTY):
        grant = Grant(Role.TOWNSHIP_SUPERVISOR, TOWNSHIP)
        add_grant(db.session.get_one(User, user), grant, on=TODAY, basis="test", by=system_actor(COUNTY))
    page = both.open(here)
    assert 'name="opinion"' not in page.text
    assert "交办待核实" not in both.open("/todo").text
    version = get_hand_off(hand_off_id, person("village_clerk")).version_id
    own = both.client.post(f"{here}/verdict", data={"takes": "1", "version": version})
    assert own.status_code == 403
    town = visitor(app, "township_supervisor")
    town.open(here)
    assert "已办结" in town.send("/verdict", takes="1", opinion="已谈妥").text


def test_a_village_does_not_read_what_a_county_and_a_township_say_to_each_other(any_app: Flask) -> None:
    app, warning_id, by = any_app, disputed(), person("county_agriculture")
    db.session.rollback()
    with transaction(COUNTY):
        said = HandingOff(TOWNSHIP, "查一查村里是否隐瞒", days(10))
        hand_off(get_warning(warning_id, by), said, by=by, on=TODAY)
    assert "查一查村里是否隐瞒" in visitor(app, "township_supervisor").open(f"/warnings/{warning_id}").text
    village = visitor(app, "village_clerk").open(f"/warnings/{warning_id}")
    assert village.status_code == 200
    assert "查一查村里是否隐瞒" not in village.text
    assert "/warnings/hand-offs/1" not in village.text


def test_only_whose_turn_it_is_is_offered_a_form_and_may_send_it(any_app: Flask) -> None:
    app, hand_off_id = any_app, handed(disputed()).id
    here = f"/warnings/hand-offs/{hand_off_id}"
    for username, status in (("township_clerk", 403), ("village_supervisory_committee", 403), ("sibling_clerk", 404)):
        one = visitor(app, username)
        page = one.open(here)
        assert page.status_code == (404 if status == 404 else 200)
        assert 'name="text"' not in page.text
        assert one.client.post(f"{here}/answer", data={"text": "已办"}).status_code == status
    town = visitor(app, "township_supervisor")
    assert town.client.post(f"{here}/verdict", data={"takes": "1"}).status_code == 409


def test_what_was_handed_on_by_mistake_is_taken_back_and_free_for_the_right_unit(any_app: Flask) -> None:
    app, warning_id = any_app, disputed()
    hand_off_id = handed(warning_id).id
    here, clerk, town = (
        f"/warnings/hand-offs/{hand_off_id}",
        visitor(app, "village_clerk"),
        visitor(app, "township_supervisor"),
    )
    assert f'href="{here}"' in clerk.open("/todo").text
    assert clerk.client.get(f"{here}/withdraw").status_code == 403
    # Another desk above sees it and does not take it back.
    county = visitor(app, "county_agriculture")
    assert "撤回交办" not in county.open(here).text
    assert county.client.post(f"{here}/withdraw", data={"reason": "办错"}).status_code == 403
    assert "撤回交办" in town.open(here).text
    town.open(f"{here}/withdraw")
    assert town.client.post(f"{here}/withdraw", data={"reason": " "}).status_code == 422
    assert "已撤回" in town.send("", reason="应交办给镇里").text
    assert f'href="{here}"' not in clerk.open("/todo").text
    assert "应交办给镇里" in clerk.open(here).text
    assert 'name="text"' not in clerk.page.text
    assert clerk.client.post(f"{here}/answer", data={"text": "已办"}).status_code == 409
    assert town.client.post(f"{here}/withdraw", data={"reason": "再撤"}).status_code == 409
    assert last_deed() == ("WARNING_WITHDRAWN", "应交办给镇里")
    over = get_hand_off(hand_off_id, person("township_supervisor"))
    assert (over.stands, over.end_way) == (HandOffState.ENDED, "WITHDRAWN")
    assert handed(warning_id, "county_agriculture").id != hand_off_id


def last_deed() -> tuple[str, str]:
    """Action and reason of the county's last event."""
    db.session.rollback()
    rows = select(TrailEvent).where(TrailEvent.log_id == log_of(COUNTY)).order_by(TrailEvent.seq.desc()).limit(1)
    event = db.session.scalars(rows).one()
    return event.action, json.loads(event.payload)["reason"]


def test_an_answer_is_proved_by_files_that_only_its_readers_open(any_app: Flask) -> None:
    app, hand_off_id = any_app, handed(disputed()).id
    here, clerk = f"/warnings/hand-offs/{hand_off_id}", visitor(app, "village_clerk")
    clerk.open(here)
    clerk.send_file(photograph(), "调解书.jpg", "/answer", text="已与双方谈过")
    (address,) = re.findall(r'href="([^"]+/files/\d+)"', clerk.page.text)
    assert "调解书.jpg" in visitor(app, "township_supervisor").open(here).text
    assert clerk.client.get(address).data[:2] == b"\xff\xd8"
    assert visitor(app, "sibling_clerk").client.get(address).status_code == 404
    assert clerk.client.get(address.replace("/words/", "/words/9")).status_code == 404


def test_lists_show_what_is_within_reach_and_can_be_narrowed(any_app: Flask) -> None:
    app, warning_id = any_app, disputed()
    town = visitor(app, "township_supervisor")
    for query, seen in (
        ("", True), ("?severity=MEDIUM", True), ("?severity=HIGH", False), ("?topic=REGISTER", True),
        ("?topic=MONEY", False), ("?risk=OWNER_DISPUTED&handed=no", True), ("?handed=yes", False),
        ("?state=closed", False), (f"?region={VILLAGE}", True), ("?sector=FORESTRY", False),
    ):  # fmt: skip
        assert (f'href="/warnings/{warning_id}"' in town.open(f"/warnings{query}").text) is seen, query
    for nonsense in ("?risk=X", "?region=500240", "?region=500101000000", "?severity=1"):
        assert town.open(f"/warnings{nonsense}").status_code == 404
    for username in ("custodian", "sibling_clerk", "other_supervisor"):
        one = visitor(app, username)
        assert f'href="/warnings/{warning_id}"' not in one.open("/warnings").text
        assert one.open(f"/warnings/{warning_id}").status_code == 404
