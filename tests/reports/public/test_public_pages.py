"""The public page: what it shows of what, what never stands on it, and how it is kept and given again."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from registry.approvals.notices.models import Notice
from registry.approvals.notices.rules import NoticeKind, NoticeState
from registry.clock import today
from registry.database import db, transaction
from registry.kinds import Category
from registry.places.services import merge_region, rename_region
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from registry.reports.public import gathering
from registry.reports.public.caching import MAX_AGE_SECONDS, Kept
from tests.approvals.notices.boards import answered, objected, posted, taken_down
from tests.factories import COUNTY, MUNICIPALITY, SIBLING_VILLAGE, TOWNSHIP, VILLAGE, confirmed, entered, person
from tests.ledger.rolls.people import household, number, on_roll

UNITS = (VILLAGE, SIBLING_VILLAGE, TOWNSHIP, COUNTY, MUNICIPALITY)
PATHS = ("/public/{}", "/public/{}/figures.json", "/public/{}/poster", "/public/{}/qr.svg", "/public/{}/notices")
#: What belongs to a person, as the register holds it: names, numbers, telephones, accounts, places.
CANARIES = ("欧阳金丝雀", "上官试探", "13899990001", number(777), "6217003700000000777", "金丝雀银行")


def figures(client: FlaskClient, code: str = VILLAGE) -> dict[str, object]:
    """The figures of a unit's page."""
    answer = client.get(f"/public/{code}/figures.json")
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = json.loads(answer.text)
    return told


# ---- What is shown


def test_a_villager_reads_the_page_of_a_village(app: Flask, client: FlaskClient) -> None:
    confirmed(name="中益冷链仓库")
    notice_id = posted(on=today())
    page = client.get(f"/public/{VILLAGE}")
    assert page.status_code == 200
    for words in (
        "正在公示",
        "资产概况",
        "经营性资产",
        "有没有人管",
        "收益和分配",
        "12317",
        f"/public/notices/{notice_id}",
    ):
        assert words in page.text


def test_the_rules_of_a_village_are_found_from_its_page_and_lead_back(client: FlaskClient) -> None:
    assert f'href="/public/{VILLAGE}/policy"' in client.get(f"/public/{VILLAGE}").text
    assert f'href="/public/{VILLAGE}/policy?large=1"' in client.get(f"/public/{VILLAGE}?large=1").text
    assert f'href="/public/{VILLAGE}?large=1"' in client.get(f"/public/{VILLAGE}/policy?large=1").text


def test_only_confirmed_assets_are_public(app: Flask, client: FlaskClient) -> None:
    entered(name="还没有确认的")
    assert figures(client)["assets"] == []
    asset = confirmed(name="路", category=Category.PUBLIC_WELFARE, subtype="ROAD")
    (row,) = figures(client)["assets"]  # type: ignore[misc]
    held = {"count": 1, "original_fen": asset.original_value_fen}
    assert (row["category"], row["whole"]) == ("PUBLIC_WELFARE", held)
    assert row["owners"] == [["村集体", held]]
    for code in (TOWNSHIP, COUNTY):
        assert figures(client, code)["assets"] == [row]
    (city,) = figures(client, MUNICIPALITY)["assets"]  # type: ignore[misc]
    assert (city["whole"], city["owners"]) == (held, [])


def test_a_card_that_waits_beside_a_confirmed_one_is_not_counted(app: Flask, client: FlaskClient) -> None:
    confirmed(name="甲")
    entered(name="乙")
    (row,) = figures(client)["assets"]  # type: ignore[misc]
    assert row["whole"]["count"] == 1
    assert figures(client)["care"] == {"assets": 1, "cared": 0}


def test_results_are_those_that_hung(app: Flask, client: FlaskClient) -> None:
    kept = posted(on=today(), kind=NoticeKind.DISPOSAL_RESULT, title="处置结果甲")
    gone = posted(on=today(), kind=NoticeKind.DISPOSAL_RESULT, title="处置结果乙")
    posted(on=today(), kind=NoticeKind.DISPOSAL_PLAN, title="处置方案")
    taken_down(gone, on=today())
    assert [one["id"] for one in figures(client)["results"]] == [kept]  # type: ignore[attr-defined]
    assert db.session.get_one(Notice, gone).notice_state is NoticeState.TAKEN_DOWN


def test_an_objection_stands_there_without_its_objector_and_with_its_answer(app: Flask, client: FlaskClient) -> None:
    raised = objected(posted(on=today()), on=today(), text="三组的面积不对", name="欧阳金丝雀", contact="13899990001")
    (one,) = figures(client)["objections"]  # type: ignore[misc]
    assert (one["is_open"], one["answers"]) == (True, [])
    answered(raised.objection.id, "village_head", on=today())
    page = client.get(f"/public/{VILLAGE}").text
    assert "已到现场量过，面积无误。" in page
    assert "三组的面积不对" not in page


@pytest.mark.parametrize(
    ("scope", "shown"), [("NOTICES", set()), ("SUMMARY", {"assets", "care", "objections"}),
                         ("FULL", {"assets", "care", "objections", "years"})],
)  # fmt: skip
def test_a_county_lets_less_be_seen(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, scope: str, shown: set[str]
) -> None:
    def policy(region: str, on: object) -> Policy:
        return policy_for(region, on).holding(Parameter.PUBLIC_SCOPE, scope)  # type: ignore[arg-type]

    monkeypatch.setattr(gathering, "policy_for", policy)
    confirmed(name="路")
    told = figures(client)
    assert {part for part in ("assets", "care", "objections", "years") if told[part] is not None} == shown
    assert told["hotlines"]


def test_one_finds_ones_village_by_a_part_of_its_name(client: FlaskClient) -> None:
    found = client.get("/public/find?q=华溪")
    assert (found.status_code, f'href="/public/{VILLAGE}"' in found.text) == (200, True)
    assert "没有找到" in client.get("/public/find?q=火星村").text
    assert client.get("/public/find").status_code == 200
    assert "没有找到" in client.get("/public/find?q=%25").text


def test_names_of_what_was_found_are_asked_for_together(app: Flask, client: FlaskClient) -> None:
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, text, *_: asked.append(text))
    page = client.get("/public/find?q=村").text
    assert page.count('href="/public/500') > 10
    assert len([one for one in asked if "FROM region" in one]) == 2


def test_one_goes_down_from_the_city_to_the_village(client: FlaskClient) -> None:
    page = client.get("/public", follow_redirects=True)
    for code in (COUNTY, TOWNSHIP, VILLAGE):
        assert f'href="/public/{code}"' in page.text
        page = client.get(f"/public/{code}")
    assert page.status_code == 200


@pytest.mark.parametrize("code", ["500240213999", "abc", "1", "500240213203x"])
@pytest.mark.parametrize("path", PATHS)
def test_no_unit_no_page(client: FlaskClient, path: str, code: str) -> None:
    assert client.get(path.format(code)).status_code == 404


def test_large_text_goes_along_in_the_address(client: FlaskClient) -> None:
    page = client.get(f"/public/{TOWNSHIP}?large=1")
    assert 'class="large"' in page.text
    assert f'href="/public/{VILLAGE}?large=1"' in page.text
    assert 'class="large"' not in client.get(f"/public/{TOWNSHIP}").text


# ---- What never stands there


def test_nothing_about_a_person_stands_on_any_public_page(app: Flask, client: FlaskClient) -> None:
    facts = household()
    head = facts.persons[0]
    persons = (
        type(head)("欧阳金丝雀", head.relation, number(777), head.labour, True, 100),
        type(head)("上官试探", facts.persons[1].relation, number(778), head.labour, True, 100),
    )
    on_roll(persons=persons, phone="13899990001", bank_account="6217003700000000777", bank_name="金丝雀银行")
    confirmed(name="路")
    notice_id = posted(on=today())
    raised = objected(
        notice_id, on=today(), name="欧阳金丝雀", contact="13899990001", text=f"我是上官试探，{number(777)}"
    )
    answered(raised.objection.id, "village_head", on=today())
    pages = [path.format(code) for path in PATHS for code in UNITS]
    for path in (*pages, "/public", "/public/find?q=村", f"/public/notices/{notice_id}"):
        answer = client.get(path)
        said = str(answer.headers) + answer.text
        assert [one for one in CANARIES if one in said] == [], path
    staff = app.test_client()
    staff.post("/login", data={"username": "village_clerk", "password": "Mountain-Honey-2026"})
    assert "欧****" in staff.get(f"/notices/{notice_id}").text  # the canary sings where staff look: the check can fail


# ---- How it is kept and given again


@pytest.mark.parametrize("code", UNITS)
@pytest.mark.parametrize("path", ["/public/{}", "/public/{}/figures.json"])
def test_a_page_may_be_kept_and_sets_no_cookie(client: FlaskClient, path: str, code: str) -> None:
    answer = client.get(path.format(code))
    assert answer.headers["Cache-Control"] == f"public, max-age={MAX_AGE_SECONDS}"
    assert answer.headers["ETag"]
    assert "Cookie" in answer.headers["Vary"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", [*PATHS, "/public", "/public/find?q=x"])
def test_no_public_page_sets_a_cookie(client: FlaskClient, path: str) -> None:
    assert "Set-Cookie" not in client.get(path.format(VILLAGE)).headers


def test_whoever_holds_the_page_is_told_so_without_its_being_made(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(f"/public/{VILLAGE}")
    monkeypatch.setattr(Kept, "give", lambda *_args: pytest.fail("made, or looked for"))
    again = client.get(f"/public/{VILLAGE}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert "Set-Cookie" not in again.headers


def tag(client: FlaskClient, code: str = VILLAGE, query: str = "") -> str:
    """How a unit's page is named now."""
    return client.get(f"/public/{code}{query}").headers["ETag"]


def test_the_same_page_bears_the_same_name_and_another_another(client: FlaskClient) -> None:
    names = [tag(client), tag(client, SIBLING_VILLAGE), tag(client, TOWNSHIP), tag(client, query="?large=1")]
    assert tag(client) == names[0]
    assert len(set(names)) == len(names)


def test_the_name_moves_with_what_the_page_shows(app: Flask, client: FlaskClient) -> None:
    seen = [tag(client)]
    confirmed(name="路")
    seen.append(tag(client))
    notice_id = posted(on=today())
    seen.append(tag(client))
    raised = objected(notice_id, on=today())
    seen.append(tag(client))
    answered(raised.objection.id, "village_head", on=today())
    seen.append(tag(client))
    with transaction(VILLAGE):
        rename_region(VILLAGE, "华溪新村", on=today(), basis="渝民〔2026〕1号", by=person("system_administrator"))
    seen.append(tag(client))
    assert len(set(seen)) == len(seen)
    assert "华溪新村" in client.get(f"/public/{VILLAGE}").text


def test_what_happens_in_another_village_leaves_a_village_s_page_as_it_was(app: Flask, client: FlaskClient) -> None:
    before, above = tag(client, SIBLING_VILLAGE), tag(client, TOWNSHIP)
    confirmed(name="路")
    assert tag(client, SIBLING_VILLAGE) == before
    assert tag(client, TOWNSHIP) != above


def test_a_merged_village_leads_to_its_heir_whose_page_is_another_then(app: Flask, client: FlaskClient) -> None:
    before = tag(client, SIBLING_VILLAGE)
    with transaction(VILLAGE):
        by = person("system_administrator")
        merge_region(VILLAGE, SIBLING_VILLAGE, on=today(), basis="渝民〔2026〕1号", by=by)
    for path in ("/public/{}", "/public/{}/figures.json"):
        answer = client.get(path.format(VILLAGE))
        assert (answer.status_code, answer.headers["Location"]) == (302, path.format(SIBLING_VILLAGE))
        assert "Set-Cookie" not in answer.headers
    assert tag(client, SIBLING_VILLAGE) != before


def test_another_day_is_another_page(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from registry.reports.public import views

    before, on = tag(client), today()
    monkeypatch.setattr(views, "today", lambda: on + timedelta(days=1))
    assert tag(client) != before


def test_only_the_latest_answers_are_kept() -> None:
    kept, made = Kept(2), []

    def ask(name: str) -> bytes:
        return kept.give(name, lambda: made.append(name) or name.encode())  # type: ignore[func-returns-value]

    assert [ask(name) for name in "aabca"] == [b"a", b"a", b"b", b"c", b"a"]
    assert made == ["a", "b", "c", "a"]
