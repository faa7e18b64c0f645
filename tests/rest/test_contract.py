"""The description is sound OpenAPI, and what the product answers is what the description says."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from schemathesis import checks as known
from schemathesis.specs.openapi import checks as openapi

from registry.rest.openapi import described
from tests.factories import confirmed, entered
from tests.rest.program import Program

CHECKS = (
    known.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
)
ROLES = ("village_clerk", "county_agriculture", "auditor")


def operations(spec: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return method, path and description of every call."""
    return [(method, path, told) for path, of_path in spec["paths"].items()
            for method, told in of_path.items() if method != "parameters"]  # fmt: skip


def test_the_description_is_sound(app: Flask) -> None:
    spec = described(app)
    assert spec["openapi"] == "3.1.0"
    validate(spec, cls=OpenAPIV31SpecValidator)


def test_a_broken_description_would_be_noticed(app: Flask) -> None:
    spec = described(app)
    del spec["info"]["title"]
    with pytest.raises(Exception, match="title"):
        validate(spec, cls=OpenAPIV31SpecValidator)


def test_every_call_names_its_scope_and_is_said_in_chinese(app: Flask) -> None:
    for _method, path, told in operations(described(app)):
        assert told["security"][0]["token"], path
        assert any("一" <= letter <= "鿿" for letter in told["summary"]), path


def test_every_refusal_is_described_as_problem_details(app: Flask) -> None:
    responses = described(app)["components"]["responses"]
    assert responses
    assert {media for one in responses.values() for media in one["content"]} == {"application/problem+json"}


def test_what_writes_asks_for_a_key_and_what_replaces_for_a_version(app: Flask) -> None:
    wanted = {"post": "Idempotency-Key", "put": "If-Match"}
    for method, path, told in operations(described(app)):
        headers = [one["name"] for one in told["parameters"] if one["in"] == "header"]
        assert headers == [wanted[method]] if method in wanted else headers == [], path


def test_the_readable_page_shows_every_call_and_asks_nobody_outside(app: Flask) -> None:
    page = app.test_client().get("/api").text
    paths = {path for _method, path, _told in operations(described(app))}
    assert all(f"<code>{path}</code>" in page for path in paths)
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


@pytest.mark.parametrize("role", ROLES)
def test_what_is_answered_is_what_is_described(app: Flask, role: str, full: bool) -> None:
    confirmed()
    entered(name="未确认的冷库")
    program = Program(app.test_client(), role)
    schema = schemathesis.openapi.from_dict(described(app))
    schema.app = app
    cases = 150 if full else 3
    for operation in schema.get_all_operations():
        call = operation.ok()

        @settings(
            max_examples=cases, deadline=None, database=None, derandomize=not full, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=call.as_strategy())
        def run(case: Any) -> None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {program.token}"}
            case.call_and_validate(checks=CHECKS)

        run()
