"""What is refused below /api says which field, by which rule, in the reader's language."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.rest.program import Program, card_of
from tests.rest.test_calls import PROJECT


def test_what_a_schema_refuses_is_named_by_pointer_and_code(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk")
    body = {"project": {**PROJECT, "name": "", "colour": "red", "lines": [{"source": "POVERTY_FUND", "amount": 1.5}]}}
    refused = program.post("/projects", body)
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    found = {one["pointer"]: one["code"] for one in refused.json["errors"]}
    assert found == {
        "#/project/name": "length", "#/project/colour": "unknown-field", "#/project/lines/0/amount": "money",
    }  # fmt: skip
    assert refused.json["instance"].startswith("urn:fpa:request:")


@pytest.mark.parametrize("amount", ["1.5", "1", "1,000.00", "01.00", "１.00", "1e3", "NaN", 1, None, "-0.1", "9" * 20])
def test_money_is_text_with_two_decimals(app: Flask, amount: object) -> None:
    program = Program(app.test_client(), "village_clerk")
    body = {"project": {**PROJECT, "lines": [{"source": "POVERTY_FUND", "amount": amount}]}}
    assert program.post("/projects", body).status_code == 422


def test_a_query_with_a_name_nobody_knows_is_refused(app: Flask) -> None:
    refused = Program(app.test_client(), "village_clerk").get("/assets?colour=red")
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "#/colour")


def test_a_rule_of_the_register_is_named_by_its_class_and_field(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk")
    refused = program.post("/assets", {"card": {**card_of(), "original_value": "1.00"}})
    assert refused.json["type"] == "urn:fpa:problem:funding-not-whole"
    assert refused.json["errors"][0]["pointer"] == "#/card/funding"


def test_the_reader_chooses_the_language(client: FlaskClient) -> None:
    headers = {"Accept-Language": "en;q=0.9, zh;q=0.1"}
    english = client.get("/api/v1/nowhere", headers=headers).json
    chinese = client.get("/api/v1/nowhere", headers={"Accept-Language": "zh-CN"}).json
    assert chinese["title"] == "没有找到"
    assert english["title"] != chinese["title"]


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/api/v1/nowhere", 404), ("DELETE", "/api/v1/assets", 405)]
)
def test_every_refusal_below_api_is_a_problem(client: FlaskClient, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    told = json.loads(answer.data)
    names = {404: "not-found", 405: "method-not-allowed"}
    assert (told["status"], told["type"]) == (status, f"urn:fpa:problem:{names[status]}")


def test_a_refusal_elsewhere_is_a_page(client: FlaskClient) -> None:
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "没有找到" in answer.text


def test_a_name_no_database_holds_names_nothing(any_app: Flask) -> None:
    program = Program(any_app.test_client(), "village_clerk")
    assert [program.get(f"/{path}/%00").status_code for path in ("assets", "units", "prints")] == [404, 404, 404]
    assert program.get("/assets?q=%00").status_code == 422
    assert program.get("/projects/99999999999999999999").status_code == 404


def test_broken_json_is_400_and_another_kind_of_body_is_refused(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk")
    assert program.call("POST", "/projects", data="{", content_type="application/json").status_code == 400
    assert program.call("POST", "/projects", data="a=b", content_type="text/plain").status_code == 422
