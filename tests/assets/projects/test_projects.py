"""Projects in the database and on their pages."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.assets.register.cards.linking import LinkedElsewhere, link_asset, unlink_asset
from registry.assets.register.cards.models import Asset
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.lookup.money import list_documents, list_formed
from registry.assets.register.projects.models import Project, ProjectFunding
from registry.assets.register.projects.queries import Wanted, list_given, list_projects, place_of, tally_projects
from registry.assets.register.projects.rules import NotOpen, ProjectFacts, ProjectStatus, balance
from registry.assets.register.projects.services import (
    add_project,
    change_project,
    close_without_asset,
    mark_formed,
    reopen_project,
)
from registry.assets.register.registration import FundingFact
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Invalid
from tests.factories import PASSWORD, SIBLING_VILLAGE, VILLAGE, entered, person

DOCUMENT = "渝财农〔2019〕36号"


def facts(name: str = "中益乡冷链物流项目", fen: int = 80_000_000, **changes: object) -> ProjectFacts:
    lines = (FundingFact(FundingSource.POVERTY_FUND, fen, FundingLevel.CENTRAL, 2019, DOCUMENT),)
    return ProjectFacts(VILLAGE, name, **{"year": 2019, "lines": lines, **changes})  # type: ignore[arg-type]


def added(one: ProjectFacts | None = None) -> int:
    one = one or facts()
    with transaction(one.region_code):
        project_id: int = add_project(one, by=person("village_clerk")).id
    return project_id


def actions() -> list[str]:
    return list(db.session.scalars(select(TrailEvent.action).order_by(TrailEvent.log_id, TrailEvent.seq)))


@pytest.fixture
def clerk(client: FlaskClient) -> FlaskClient:
    client.post("/login", data={"username": "village_clerk", "password": PASSWORD})
    return client


@pytest.mark.usefixtures("app")
def test_a_project_is_entered_open_with_the_sum_of_its_lines_and_one_event() -> None:
    project = db.session.get_one(Project, added())
    assert (project.status, project.total_fen, actions()[-1]) == ("OPEN", 80_000_000, "PROJECT_ADDED")


@pytest.mark.usefixtures("app")
def test_a_change_keeps_the_lines_that_are_said_again() -> None:
    project_id = added()
    (kept,) = db.session.scalars(select(ProjectFunding.id))
    more = facts(lines=(*facts().lines, *facts().lines, FundingFact(FundingSource.DONATION, 5)))
    with transaction(VILLAGE):
        change_project(db.session.get_one(Project, project_id), more, by=person("village_clerk"))
    lines = db.session.get_one(Project, project_id).lines
    assert [line.amount_fen for line in lines] == [80_000_000, 80_000_000, 5]
    assert lines[0].id == kept
    with transaction(VILLAGE):
        change_project(db.session.get_one(Project, project_id), facts(), by=person("village_clerk"))
    assert db.session.get_one(Project, project_id).total_fen == 80_000_000
    assert len(list(db.session.scalars(select(ProjectFunding)))) == 1


@pytest.mark.usefixtures("app")
def test_a_project_does_not_change_its_unit() -> None:
    project_id = added()
    with pytest.raises(Invalid), transaction(VILLAGE):
        project = db.session.get_one(Project, project_id)
        elsewhere = ProjectFacts(SIBLING_VILLAGE, "冷链", 2019, facts().lines)
        change_project(project, elsewhere, by=person("county_clerk"))


@pytest.mark.usefixtures("app")
def test_a_project_that_formed_nothing_takes_no_asset_until_it_is_reopened() -> None:
    project_id = added()
    by = person("village_clerk")
    with transaction(VILLAGE):
        close_without_asset(db.session.get_one(Project, project_id), "培训支出", assets=0, by=by)
    with pytest.raises(NotOpen), transaction(VILLAGE):
        mark_formed(db.session.get_one(Project, project_id))
    with transaction(VILLAGE):
        reopen_project(db.session.get_one(Project, project_id), "查到资产", by=by)
    assert db.session.get_one(Project, project_id).status == "OPEN"


@pytest.mark.usefixtures("app")
def test_an_asset_hangs_on_one_project_and_its_status_follows() -> None:
    project_id, other_id, asset_id = added(), added(facts("人饮工程")), entered().id
    by = person("village_clerk")
    with transaction(VILLAGE):
        link_asset(db.session.get_one(Asset, asset_id), db.session.get_one(Project, project_id), by=by)
    assert db.session.get_one(Project, project_id).status == "FORMED"
    with pytest.raises(LinkedElsewhere), transaction(VILLAGE):
        link_asset(db.session.get_one(Asset, asset_id), db.session.get_one(Project, other_id), by=by)
    with transaction(VILLAGE):
        unlink_asset(db.session.get_one(Asset, asset_id), db.session.get_one(Project, project_id), left=0, by=by)
    assert db.session.get_one(Project, project_id).status == "OPEN"
    assert db.session.get_one(Asset, asset_id).project_id is None


@pytest.mark.usefixtures("any_app")
def test_paging_forth_and_back_shows_every_project_once() -> None:
    ids = [added(facts(f"项目{n}", year=2015 + n % 3)) for n in range(7)]
    by = person("village_clerk")
    forth, page = [], list_projects(Wanted(), by, limit=3)
    while page.rows:
        assert page.before + len(page.rows) + page.after == 7
        forth += [row.id for row in page.rows]
        page = list_projects(Wanted(), by, after=place_of(page.rows[-1]), limit=3)
    back: list[int] = []
    page = list_projects(Wanted(), by, before=("9" * 12, 9999, 10**15), limit=3)
    while page.rows:
        back = [row.id for row in page.rows] + back
        page = list_projects(Wanted(), by, before=place_of(page.rows[0]), limit=3)
    assert forth == back
    assert sorted(forth) == ids


@pytest.mark.usefixtures("app")
def test_the_tally_counts_what_the_filter_shows() -> None:
    added(facts("项目甲", 100))
    added(facts("项目乙", 200, year=2020))
    by = person("village_clerk")
    assert tally_projects(Wanted(year=2020), by)[ProjectStatus.OPEN].total_fen == 200
    assert tally_projects(Wanted(text="甲"), by)[ProjectStatus.OPEN].projects == 1
    assert tally_projects(Wanted(text="%"), by)[ProjectStatus.OPEN].projects == 0
    assert tally_projects(Wanted(), person("sibling_clerk"))[ProjectStatus.OPEN].projects == 0


@pytest.mark.usefixtures("app")
def test_a_document_adds_up_over_projects_and_assets() -> None:
    formed_id, nothing_id = added(), added(facts("培训", 30_000_00))
    added(facts("人饮工程", 500_00))
    asset_id = entered().id
    by = person("village_clerk")
    with transaction(VILLAGE):
        link_asset(db.session.get_one(Asset, asset_id), db.session.get_one(Project, formed_id), by=by)
        close_without_asset(db.session.get_one(Project, nothing_id), "培训支出", assets=0, by=by)
    sums = balance(list_given(DOCUMENT, by), list_formed(DOCUMENT, by))
    assert (sums.formed_fen, sums.nothing_fen, sums.unexplained_fen) == (80_000_000, 30_000_00, 500_00)
    assert [gap.project.name for gap in sums.gaps if gap.project] == ["人饮工程"]
    stranger = person("sibling_clerk")
    assert not list_given(DOCUMENT, stranger)
    assert not list_formed(DOCUMENT, stranger)


@pytest.mark.usefixtures("any_app")
def test_documents_are_listed_in_pages_without_loss() -> None:
    for number in ("乙1号", "甲2号", "丙3号", ""):
        added(facts("项目", lines=(FundingFact(FundingSource.DONATION, 7, document_no=number),)))
    entered()
    by = person("village_clerk")
    whole = list_documents(by, limit=50)
    pages, after = [], None
    while rows := list_documents(by, after=after, limit=2):
        pages += rows
        after = rows[-1].document_no
    assert pages == whole
    assert {row.document_no for row in whole} == {"", "乙1号", "甲2号", "丙3号", DOCUMENT, "渝扶办发〔2019〕52号"}


def form(**changes: str) -> dict[str, str]:
    fields = {
        "name": "华溪村人饮工程", "region_code": VILLAGE, "year": "2019", "sector": "WATER", "one_time_key": "k1",
        "lines-0-source": "POVERTY_FUND", "lines-0-level": "CENTRAL", "lines-0-document_no": DOCUMENT,
        "lines-0-amount": "48.6万", "lines-1700000000000-source": "SELF_RAISED",
        "lines-1700000000000-level": "VILLAGE", "lines-1700000000000-amount": "1,000.50",
        "lines-7-source": "POVERTY_FUND", "lines-7-level": "OTHER", "lines-7-amount": "",
    }  # fmt: skip
    return {**fields, **changes}


def test_the_form_takes_lines_in_any_row_and_drops_empty_ones(clerk: FlaskClient) -> None:
    assert clerk.post("/projects/new", data=form()).status_code == 303
    project = db.session.scalars(select(Project)).one()
    assert project.total_fen == 48_600_000 + 100_050
    assert len(project.lines) == 2


def test_the_form_takes_a_single_line(clerk: FlaskClient) -> None:
    one = {key: value for key, value in form().items() if not key.startswith(("lines-1", "lines-7"))}
    assert clerk.post("/projects/new", data=one).status_code == 303


def test_a_double_tap_makes_one_project(clerk: FlaskClient) -> None:
    answers = [clerk.post("/projects/new", data=form()) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(list(db.session.scalars(select(Project)))) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lines-0-amount": "一万"}, "不是金额"),
        ({"lines-0-amount": "", "lines-1700000000000-amount": ""}, "至少填写一笔资金"),
        ({"year": "2999"}, "项目年度"),
        ({"name": ""}, "必填"),
        ({"region_code": SIBLING_VILLAGE}, "field-bad"),
    ],
)
def test_a_wrong_form_is_shown_again_and_writes_nothing(
    clerk: FlaskClient, changes: dict[str, str], words: str
) -> None:
    answer = clerk.post("/projects/new", data=form(**changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert list(db.session.scalars(select(Project))) == []


def test_a_form_opened_before_somebody_else_saved_is_refused(clerk: FlaskClient) -> None:
    project_id = added()
    stale = clerk.post(f"/projects/{project_id}/edit", data=form(version="99"))
    assert stale.status_code == 422
    fresh = clerk.post(f"/projects/{project_id}/edit", data=form(version="1"))
    assert fresh.status_code == 303


def test_the_page_of_a_document_shows_figures_that_add_up(clerk: FlaskClient) -> None:
    added()
    text = clerk.get("/funding", query_string={"document": DOCUMENT}).text
    given, formed, nothing, rest = re.search(
        r"下达 ([\d,.]+) = 形成资产 ([\d,.]+) \+ 未形成资产 ([\d,.]+) \+ 未说明 ([\d,.]+)", text
    ).groups()  # type: ignore[union-attr]
    fen = [int(part.replace(",", "").replace(".", "")) for part in (given, formed, nothing, rest)]
    assert fen[0] == sum(fen[1:]) == 80_000_000


def test_a_project_ends_without_asset_only_with_a_reason(clerk: FlaskClient, app: Flask) -> None:
    project_id = added()
    url = f"/projects/{project_id}/no-asset"
    assert clerk.post(url, data={"reason": "", "one_time_key": "a"}).status_code == 422
    assert clerk.post(url, data={"reason": "直接补助到户", "one_time_key": "b"}).status_code == 303
    assert "直接补助到户" in clerk.get(f"/projects/{project_id}").text


def test_an_asset_is_hung_on_and_taken_off_by_its_number(clerk: FlaskClient) -> None:
    project_id, number = added(), entered().asset_no
    spaced = f" {number[:12]} {number[12:]} ".lower()
    url = f"/projects/{project_id}"
    assert clerk.post(f"{url}/link", data={"asset_no": spaced, "one_time_key": "a"}).status_code == 303
    assert "取下" in clerk.get(url).text
    assert clerk.post(f"{url}/unlink", data={"asset_no": number, "one_time_key": "b"}).status_code == 303
    assert db.session.get_one(Project, project_id).status == "OPEN"


def test_a_number_that_names_no_asset_is_told_beside_its_field_and_what_was_typed_stays(clerk: FlaskClient) -> None:
    project_id, taken, here = added(), added(facts(name="另一个项目")), entered().asset_no
    url = f"/projects/{project_id}/link"
    for number, told in (("500240-NO", "没有找到编号为“500240-NO”的资产"), ("", "这一项必填")):
        refused = clerk.post(url, data={"asset_no": number, "one_time_key": "a"})
        wrong = unescape(refused.text).partition('id="asset_no-error"')[2].partition("</div>")[0]
        assert (refused.status_code, told in wrong) == (422, True)
        assert not number or f'value="{number}"' in refused.text
    assert clerk.post(f"/projects/{taken}/link", data={"asset_no": here, "one_time_key": "b"}).status_code == 303
    elsewhere = clerk.post(url, data={"asset_no": here, "one_time_key": "c"})
    assert (elsewhere.status_code, "已经挂在一个项目上" in elsewhere.text, f'value="{here}"' in elsewhere.text) == (
        409, True, True,
    )  # fmt: skip
    assert db.session.get_one(Project, project_id).status == "OPEN"
