"""Policy over JSON: read, proposed by one, confirmed by another, in force."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from registry.clock import today
from registry.policy.routes import ROUTES_BY_KEY
from registry.policy.steps import step_to_json
from registry.token_scopes import Scope
from tests.factories import COUNTY, OTHER_COUNTY, VILLAGE
from tests.policy.setting import DOCUMENT, LONGER, ROUTE, proposed
from tests.rest.program import Program

NOTICE = "notice_days_village"


def value_body(value: str = "15", **changes: object) -> dict[str, object]:
    """The county wants notices to hang fifteen days."""
    grounds = {"effective_on": today().isoformat(), "document": DOCUMENT, "reason": "多数村民外出"}
    return {"region_code": COUNTY, "parameter": NOTICE, "value": value, **grounds, **changes}


def held(program: Program, key: str = NOTICE, **query: str) -> dict[str, Any]:
    """What holds of a parameter in the village."""
    items = program.get(f"/units/{VILLAGE}/policy/values", query_string=query).json["items"]
    found: dict[str, Any] = next(one for one in items if one["parameter"] == key)
    return found


def test_a_value_is_proposed_confirmed_and_in_force(app: Flask) -> None:
    clerk, second = (Program(app.test_client(), name) for name in ("county_clerk", "county_agriculture"))
    village = Program(app.test_client(), "village_clerk")
    assert (held(village)["value"], held(village)["set_by"]) == ("10", None)
    made = clerk.post("/policy/values", value_body())
    assert made.status_code == 201, made.text
    assert (made.json["status"], made.json["value"], held(village)["value"]) == ("PROPOSED", "15", "10")
    url = made.headers["Location"]
    assert [one["id"] for one in second.get("/policy/proposals/value?status=PROPOSED").json["items"]] == [
        made.json["id"]
    ]
    agreed = second.post(f"{url}/confirm", {"opinion": "同意"}, headers={"If-Match": second.get(url).headers["ETag"]})
    assert (agreed.status_code, agreed.json["status"]) == (200, "CONFIRMED"), agreed.text
    now = held(village)
    assert (now["value"], now["said"], now["set_by"]["document"]) == ("15", "15 天", DOCUMENT)
    assert held(village, on=(today() - timedelta(days=1)).isoformat())["value"] == "10"
    past = village.get(f"/units/{VILLAGE}/policy/values/{NOTICE}/history").json["items"]
    assert [one["id"] for one in past] == [made.json["id"]]


def test_steps_are_proposed_and_taken(app: Flask) -> None:
    clerk, second = (Program(app.test_client(), name) for name in ("county_clerk", "county_agriculture"))
    steps = [step_to_json(step) for step in LONGER]
    grounds = {name: value_body()[name] for name in ("region_code", "effective_on", "document", "reason")}
    made = clerk.post("/policy/routes", {"route": ROUTE.key, "steps": steps, **grounds})
    assert made.status_code == 201, made.text
    assert second.post(f"{made.headers['Location']}/confirm").status_code == 200
    items = Program(app.test_client(), "village_clerk").get(f"/units/{VILLAGE}/policy/routes").json["items"]
    assert {one["route"] for one in items} == set(ROUTES_BY_KEY)
    assert next(one for one in items if one["route"] == ROUTE.key)["steps"] == made.json["steps"]
    weaker = {"route": ROUTE.key, "steps": steps[:1], **grounds}
    assert clerk.post("/policy/routes", weaker).json["type"] == "urn:fpa:problem:step-missing"


@pytest.mark.parametrize(
    ("changes", "status", "name"),
    [
        ({"value": "999"}, 422, "too-high"),
        ({"value": "十五"}, 422, "not-a-value"),
        ({"effective_on": "2020-01-01"}, 422, "effective-in-past"),
        ({"region_code": OTHER_COUNTY}, 403, "other-units-policy"),
        ({"bound": "FLOOR"}, 403, "bounds-are-the-municipalitys"),
        ({"surprise": 1}, 422, "invalid-request"),
    ],
)
def test_what_may_not_be_proposed_is_refused(app: Flask, changes: dict[str, object], status: int, name: str) -> None:
    answer = Program(app.test_client(), "county_clerk").post("/policy/values", value_body(**changes))
    assert answer.status_code == status, answer.text
    assert answer.json["type"] == f"urn:fpa:problem:{name}" or name == "invalid-request"


def test_who_proposed_does_not_confirm_and_may_take_back(app: Flask) -> None:
    number = proposed(by="county_agriculture")
    program = Program(app.test_client(), "county_agriculture")
    url = f"/policy/proposals/value/{number}"
    assert program.post(f"{url}/confirm").json["type"] == "urn:fpa:problem:second-person-needed"
    other = Program(app.test_client(), "county_government")
    assert other.post(f"{url}/refuse").json["type"] == "urn:fpa:problem:refusal-unexplained"
    assert program.post(f"{url}/withdraw").json["status"] == "WITHDRAWN"
    assert other.post(f"{url}/refuse", {"opinion": "不妥"}).status_code == 409


def test_a_foreign_policy_does_not_exist_and_a_stale_answer_is_refused(app: Flask) -> None:
    url = f"/policy/proposals/value/{proposed()}"
    program = Program(app.test_client(), "county_agriculture")
    assert program.get(f"/units/{OTHER_COUNTY}/policy/values").status_code == 404
    assert program.get("/policy/proposals/other").status_code == 404
    assert program.post(f"{url}/confirm", headers={"If-Match": '"0-0"'}).status_code == 412
    signing_only = Program(app.test_client(), "county_agriculture", scopes=[Scope.POLICY_WRITE])
    assert signing_only.post(f"{url}/confirm").json["type"] == "urn:fpa:problem:scope-missing"
