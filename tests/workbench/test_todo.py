"""The count at the menu is what the list of waiting work holds."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.assets.register.amendments.services import ask_correction
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.services import send_back
from registry.clock import now
from registry.database import db, transaction
from registry.permissions import Actor, Permission, Role
from registry.workbench import todo, views
from registry.workbench.tasks.task import Task
from registry.workbench.todo import QUESTIONS, Group, Question, count_of, page_of
from tests.factories import SEATS, TODAY, VILLAGE, confirmed, entered, person, registration
from tests.journeys.browser import Visitor


@pytest.fixture
def work(app: Flask) -> None:
    """Two cards that wait, one sent back, one correction."""
    entered(name="甲")
    entered(name="乙")
    back, changed = entered(name="丙").id, confirmed(name="丁").id
    with transaction(VILLAGE):
        send_back(db.session.get_one(Asset, back), "原值不符", by=person("township_clerk"))
    with transaction(VILLAGE):
        facts = registration(name="丁", quantity_milli=2000)
        ask_correction(db.session.get_one(Asset, changed), facts, reason="盘点", by=person("village_clerk"), on=TODAY)


def count_mine(actor: Actor) -> str:
    return count_of(Group.MINE, actor)


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("group", Group)
@pytest.mark.parametrize("role", Role, ids=str)
def test_the_count_is_the_length_of_the_list(app: Flask, role: Role, group: Group) -> None:
    with app.test_request_context():
        actor = person(role.value.lower())
        assert count_of(group, actor) == str(len(page_of(group, actor, 100).tasks) or "")


@pytest.mark.usefixtures("work")
def test_somebody_has_work_of_every_kind_that_waits() -> None:
    counted = {role: count_mine(person(role.value.lower())) for role in SEATS}
    assert counted[Role.TOWNSHIP_CLERK] == "3"
    assert counted[Role.VILLAGE_CLERK] == "5", (
        "a card sent back, a round, two publications owed, duties nobody answers for"
    )
    assert counted[Role.AUDITOR] == ""


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize(
    ("role", "group"),
    [("village_clerk", Group.MINE), ("village_clerk", Group.ELSEWHERE), ("township_clerk", Group.MINE)],
)
def test_the_pages_of_a_group_hold_every_task_once(app: Flask, role: str, group: Group, size: int) -> None:
    with app.test_request_context():
        actor = person(role)
        whole = page_of(group, actor, 100).tasks
        pages = [page_of(group, actor, size, number) for number in range(1, -(-len(whole) // size) + 1)]
        assert [task for page in pages for task in page.tasks] == whole
        assert [page.has_more for page in pages] == [True] * (len(pages) - 1) + [False]
        assert {page.total for page in pages} == {str(len(whole))}
        assert page_of(group, actor, size, len(pages) + 1).tasks == []


def a_task(days: int, name: str) -> Task:
    return Task("事", name, "", None, now() - timedelta(days=days), "", "/", "")


@pytest.mark.usefixtures("app")
def test_lists_are_merged_by_the_longest_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = [[a_task(9, "甲"), a_task(2, "乙")], [a_task(5, "丙"), a_task(1, "丁")]]
    asked = tuple(
        Question(
            Permission.ASSET_READ, lambda _actor, most, rows=rows: rows[:most], lambda _actor, rows=rows: len(rows)
        )
        for rows in lists
    )
    monkeypatch.setitem(QUESTIONS, Group.MINE, asked)
    assert [task.subject for task in page_of(Group.MINE, person("auditor"), 3).tasks] == ["甲", "丙", "乙"]


@pytest.mark.usefixtures("work")
def test_a_group_that_has_more_than_it_shows_leads_to_its_pages(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_SHOWN_OF_MINE", 3)
    visitor = Visitor(client, "village_clerk")
    assert "等我办：全部 5 件" in visitor.open("/todo").text
    first = visitor.open("/todo?group=mine")
    assert (len(deeds(first.text)), "page=2" in first.text) == (3, True)
    second = visitor.open("/todo?group=mine&page=2")
    assert (len(deeds(second.text)), "page=1" in second.text, "page=3" in second.text) == (2, True, False)
    assert not set(deeds(first.text)) & set(deeds(second.text))


def deeds(text: str) -> list[str]:
    return re.findall(r'class="act" data-label="[^"]*"><a [^>]*href="([^"]*)"', text)


@pytest.mark.parametrize(("address", "status"), [("?group=mine&page=0", 404), ("?group=mine&page=501", 404),
                                                 ("?group=mine&page=9", 200), ("?group=nonsense", 200)])  # fmt: skip
def test_a_page_that_cannot_be_is_not_found(client: FlaskClient, address: str, status: int) -> None:
    assert Visitor(client, "village_clerk").open("/todo" + address).status_code == status


@pytest.mark.parametrize(
    ("desk", "parted"),
    [
        ("我或同级，先办者为准", ("我或同级", "先办者为准")),
        ("me or a colleague, whoever is first", ("me or a colleague", "whoever is first")),
        ("中益乡 乡镇监管员", ("中益乡 乡镇监管员", "")),
    ],
)
def test_whose_desk_it_is_stands_apart_from_what_is_added(desk: str, parted: tuple[str, str]) -> None:
    assert Task("", "", "", None, now(), desk, "", "").whose == parted


@pytest.mark.usefixtures("work")
def test_more_than_a_menu_can_say_is_said_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todo, "MOST_COUNTED", 1)
    assert count_mine(person("township_clerk")) == "1+"


@pytest.mark.usefixtures("work")
def test_the_menu_of_every_page_shows_the_count(client: FlaskClient) -> None:
    visitor = Visitor(client, "township_clerk")
    assert re.search(r'href="/todo".*?class="count">.*?3</span>', visitor.open("/assets").text, re.S)


def test_no_work_shows_no_count(client: FlaskClient) -> None:
    assert 'class="count"' not in Visitor(client, "township_supervisor").open("/assets").text


@pytest.mark.usefixtures("work")
def test_who_may_not_do_a_kind_of_work_is_not_asked_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_actor: object) -> int:
        raise AssertionError

    monkeypatch.setitem(QUESTIONS, Group.MINE, (Question(Permission.ASSET_CONFIRM, lambda _actor, _most: [], never),))
    assert count_mine(person("auditor")) == ""
    with pytest.raises(AssertionError):
        count_mine(person("township_clerk"))
