"""Nothing typed is lost when a session ended meanwhile, and nobody else's form is let through for it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from registry.accounts.models import UserSession
from registry.assets.register.amendments.models import Comment
from registry.clock import now
from registry.database import db, transaction
from tests.factories import PASSWORD, VILLAGE, confirmed
from tests.journeys.browser import Visitor

TEXT = "看过现场，写了半天的批注。"
OURS = {"Origin": "http://localhost"}


@pytest.fixture
def page(client: FlaskClient) -> str:
    """The address of a form that a supervisor has filled in while the session ended."""
    address = f"/assets/{confirmed().asset_no}/comments"
    Visitor(client, "township_supervisor").open(address)
    with transaction(VILLAGE):
        db.session.execute(update(UserSession).values(ended_at=now()))
    return address


def said() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Comment)) or 0


def mark_in(answer: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
    assert found
    return found[1]


def test_what_was_typed_is_given_back_and_sent_on_after_signing_in(app: Flask, client: FlaskClient, page: str) -> None:
    given = client.post(page, data={"body": TEXT, "one_time_key": "k"}, headers=OURS)
    assert (given.status_code, TEXT in given.text, 'href="/login"' in given.text) == (401, True, True)
    client.post("/login", data={"username": "township_supervisor", "password": PASSWORD})
    app.config["WTF_CSRF_ENABLED"] = True
    again = client.post(page, data={"body": TEXT, "one_time_key": "k", "csrf_token": mark_in(given)}, headers=OURS)
    assert (again.status_code, TEXT in again.text, 'href="/login"' in again.text, said()) == (400, True, False, 0)
    kept = {"body": TEXT, "one_time_key": "k", "csrf_token": mark_in(again)}
    assert client.post(page, data=kept, headers=OURS).status_code == 303
    assert said() == 1


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://elsewhere.test"}, {"Referer": "http://localhost.test/x"}])
def test_a_form_of_somebody_else_gets_no_mark(
    app: Flask, client: FlaskClient, page: str, headers: dict[str, str]
) -> None:
    asked = client.post(page, data={"body": TEXT}, headers=headers)
    assert (TEXT in asked.text, asked.status_code in {302, 403}) == (False, True)
    client.post("/login", data={"username": "township_supervisor", "password": PASSWORD})
    app.config["WTF_CSRF_ENABLED"] = True
    forged = client.post(page, data={"body": TEXT, "csrf_token": "forged"}, headers=headers)
    assert (forged.status_code in {400, 403}, "csrf_token" in forged.text.partition("<main")[2]) == (True, False)
    assert said() == 0


def test_a_password_is_never_written_back(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/login", data={"username": "village_clerk", "password": PASSWORD}, headers=OURS)
    assert (answer.status_code, PASSWORD in answer.text) == (400, False)


def test_whoever_only_looks_is_sent_to_sign_in(client: FlaskClient, page: str) -> None:
    answer = client.get(page)
    assert (answer.status_code, answer.location.startswith("/login?next=")) == (302, True)
