"""Where a shortcut is tried, and how somebody decides over page and program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Flask
from werkzeug.test import TestResponse

from registry.accounts.models import User
from registry.accounts.services import add_grant
from registry.database import db, transaction
from registry.permissions import Grant, Role, system_actor
from tests.disposal.scenery import (
    lead,
    request_of,
)
from tests.factories import MUNICIPALITY, person
from tests.journeys.browser import Visitor
from tests.rest.program import Program

#: What the database says → the statement that makes it say so; where two guards refuse it, either may speak first.
Attacks = list[tuple[str, str]]


@dataclass
class Scene:
    """Where a shortcut is tried: the case, its request, and whatever else it needs."""

    case_id: int
    request_id: int = 0
    other_id: int = 0
    asset_no: str = ""
    program: Program | None = None


@dataclass(frozen=True)
class Shortcut:
    """One shortcut. ``lawful`` is what passes where the shortcut does not: the control of the same statement."""

    name: str
    scene: Callable[[Flask], Scene]
    sql: Callable[[Scene], Attacks]
    lawful: Callable[[Flask], tuple[str, ...]]
    page: Callable[[Flask, Scene], TestResponse] | None = None
    api: Callable[[Flask, Scene], TestResponse] | None = None


def page_decision(app: Flask, scene: Scene, username: str) -> TestResponse:
    """Send the decision panel's form as somebody to whom the page may not even have shown it."""
    found = request_of(scene.case_id)
    said = {
        "verdict": "AGREE", "opinion": "同意", "content_digest": found.content_digest,
        "version": str(found.version_id), "one_time_key": f"shortcut-{username}",
    }  # fmt: skip
    return Visitor(app.test_client(), username).client.post(f"/requests/{found.id}/decide", data=said)


def api_decision(app: Flask, scene: Scene, username: str) -> TestResponse:
    """Call the resource that decides, by the content and state as they stand."""
    found = request_of(scene.case_id)
    said = {"verdict": "AGREE", "content_digest": found.content_digest, "version": found.version_id}
    program = scene.program or Program(app.test_client(), username)
    return program.post(f"/requests/{found.id}/decide", said)


def granted(username: str, role: Role, unit: str) -> None:
    """Give a person another post."""
    with transaction(MUNICIPALITY, unit):
        user = db.session.get_one(User, person(username).id)
        add_grant(user, Grant(role, unit), on=date(2020, 1, 1), basis="test", by=system_actor(MUNICIPALITY))


def at(case_id: int, until: str = "") -> Scene:
    if until:
        lead(case_id, until=until)
    return Scene(case_id, request_of(case_id).id)
