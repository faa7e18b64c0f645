"""Handing on, answering, judging: over pages, by whose turn it is; who else sees nothing of it."""

from datetime import timedelta

import pytest
from flask import Flask

from registry.clock import today
from registry.database import db, transaction
from registry.supervision.warnings.models import WarningHandOff
from registry.supervision.warnings.queries import get_hand_off, get_warning
from registry.supervision.warnings.refusals import AlreadyHanded
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import HandingOff, HandOffState
from registry.supervision.warnings.services import hand_off
from tests.factories import COUNTY, TODAY, VILLAGE, person
from tests.journeys.test_case_agreed import visitor
from tests.supervision.warnings.cases import card
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
    assert town.send("/verdict", takes="0", opinion="").status_code == 422
    assert "退回要写明还缺什么" in town.page.text
    new_day = today() + timedelta(days=9)
    assert "已退回重办" in town.send("/verdict", takes="0", opinion="还缺协议", due_on=new_day).text
    clerk.open(here)
    clerk.send("/answer", text="协议已签")
    town.open(here)
    assert "已办结" in town.send("/verdict", takes="1").text
    assert "还缺协议" in town.open(f"/warnings/{warning_id}").text
    assert town.open("/warnings/hand-offs?state=ENDED").text.count("产权有争议") >= 1
    assert len(standing(Risk.OWNER_DISPUTED)) == 1


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
