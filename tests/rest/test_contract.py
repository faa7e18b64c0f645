"""The description is sound OpenAPI, and what the product answers is what the description says."""

import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from schemathesis import GenerationMode
from schemathesis import checks as known
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as openapi

from registry import config
from registry.rest.openapi import described
from tests.approvals.gatherings import held
from tests.approvals.notices.boards import objected, posted
from tests.assets.title.making import fill_in, opened, storehouse, submitted
from tests.factories import VILLAGE, confirmed, entered
from tests.policy.setting import NOTICE, proposed
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


def test_every_schema_is_named_after_its_feature_whatever_was_described_before_it(app: Flask) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        names = [*described(app)["components"]["schemas"]]
    assert [name for name in names if name[-1].isdigit()] == []
    assert {"FindingEntry", "DraftsLineEntry", "Problem", "FindingRowPage"} <= set(names)


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


@dataclass(frozen=True)
class World:
    """A program, the description it goes by, and things that exist."""

    schema: Any
    program: Program
    known: dict[str, Any]

    def answers_as_described(self, operation: Any, checks: Sequence[Any], cases: int, **how: Any) -> Counter[int]:
        """Send cases made from the description and hold every answer against it; returns how they were answered."""
        seen: Counter[int] = Counter()

        @settings(
            max_examples=cases, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(**how))
        def run(case: Any) -> None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {self.program.token}"}
            if how:
                case.path_parameters = {**case.path_parameters, **self._places(case.path_parameters)}
            seen[case.call_and_validate(checks=checks).status_code] += 1

        run()
        return seen

    def _places(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in self.known.items() if name in asked}


def _cases() -> dict[str, Any]:
    """Return a proposal of policy, a case submitted, a meeting held, a notice that hangs and what is objected to it."""
    case_id, notice_id = opened(storehouse()), posted()
    fill_in(case_id)
    return {
        "kind": "value", "key": NOTICE.value, "proposal_id": proposed(), "request_id": submitted(case_id).id,
        "meeting_id": held().id, "notice_id": notice_id, "objection_id": objected(notice_id).objection.id,
    }  # fmt: skip


@pytest.fixture
def world_of(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], World]:
    """Return what makes a world for a role; programs may call as often as they like in it."""
    monkeypatch.setattr(config, "_current", replace(config.current(), api_calls_a_minute=1_000_000))
    asset_no = confirmed().asset_no
    entered(name="未确认的冷库")
    known = {"asset_no": asset_no, "region_code": VILLAGE, "party_id": 1, **_cases()}
    schema = schemathesis.openapi.from_dict(described(app))
    schema.app = app

    def world(username: str) -> World:
        return World(schema, Program(app.test_client(), username), known)

    return world


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_sent_the_answer_is_as_described(world_of: Callable[[str], World], role: str, full: bool) -> None:
    world, seen = world_of(role), Counter[int]()
    for operation in world.schema.get_all_operations():
        seen += world.answers_as_described(operation.ok(), CHECKS, 150 if full else 3)
    assert {200, 404, 422} <= set(seen)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_sent_to_things_that_exist_is_answered_as_described(
    world_of: Callable[[str], World], role: str, full: bool
) -> None:
    world, seen = world_of(role), Counter[int]()
    for operation in world.schema.get_all_operations():
        if "{" in operation.ok().path:
            positive = GenerationMode.POSITIVE
            seen += world.answers_as_described(operation.ok(), CHECKS[:-1], 40 if full else 2, generation_mode=positive)
    assert {200, 404} <= set(seen)


def test_an_answer_that_is_not_as_described_would_be_noticed(
    world_of: Callable[[str], World], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_of("village_clerk")
    operation = next(one.ok() for one in world.schema.get_all_operations() if one.ok().path.endswith("/units"))
    monkeypatch.setitem(app.view_functions, "places_api.index", lambda: {"items": [{"region_code": 1}]})
    with pytest.raises(FailureGroup):
        world.answers_as_described(operation, CHECKS, 3)
