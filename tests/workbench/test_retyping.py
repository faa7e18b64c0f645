"""Nothing typed is lost when a session ended meanwhile, and nobody else's form is let through for it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse
from wtforms import PasswordField

from registry.accounts import forms
from registry.accounts.models import UserSession
from registry.accounts.signed_in import opener_of
from registry.assets.register.amendments.models import Comment
from registry.clock import now
from registry.database import db, transaction
from registry.web import BaseForm
from registry.workbench.retyping import SECRET_FIELDS
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
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', answer.text.partition("<main")[2])
    assert found
    return found[1]


def sign_in(app: Flask, client: FlaskClient, username: str) -> None:
    """Sign somebody in, from here on with the marks checked."""
    app.config["WTF_CSRF_ENABLED"] = False
    client.post("/login", data={"username": username, "password": PASSWORD})
    app.config["WTF_CSRF_ENABLED"] = True


def test_what_was_typed_is_given_back_and_sent_on_after_signing_in(app: Flask, client: FlaskClient, page: str) -> None:
    given = client.post(page, data={"body": TEXT, "one_time_key": "k"}, headers=OURS)
    assert (given.status_code, TEXT in given.text, 'href="/login"' in given.text) == (401, True, True)
    sign_in(app, client, "township_supervisor")
    again = client.post(page, data={"body": TEXT, "one_time_key": "k", "csrf_token": mark_in(given)}, headers=OURS)
    assert (again.status_code, TEXT in again.text, 'href="/login"' in again.text, said()) == (400, True, False, 0)
    assert "您已重新登录。请看一遍下面填的内容" in again.text
    kept = {"body": TEXT, "one_time_key": "k", "csrf_token": mark_in(again)}
    assert client.post(page, data=kept, headers=OURS).status_code == 303
    assert said() == 1


def test_whoever_sends_on_sees_as_whom_where_and_what(app: Flask, client: FlaskClient, page: str) -> None:
    sign_in(app, client, "township_supervisor")
    again = client.post(page, data={"body": TEXT, "csrf_token": "of no session"}, headers=OURS)
    shown = again.text.partition("<main")[2]
    assert again.status_code == 400
    assert re.search(r"您现在以 [^（]+（[^、]+、[^）]+）的身份提交", shown)
    assert re.search(rf"<dt>提交到</dt><dd>资产台账 {page}</dd>", shown)
    assert re.search(rf"<dt>[^<a-z]+</dt><dd>{TEXT}</dd>", shown)
    assert "系统认不出这一页是谁" in shown


@pytest.mark.parametrize("seen", ["the form", "the page that asks to sign in"])
def test_nobody_sends_on_what_somebody_else_filled_in(app: Flask, client: FlaskClient, page: str, seen: str) -> None:
    sign_in(app, client, "township_supervisor")
    mark = mark_in(client.get(page))
    if seen != "the form":
        with transaction(VILLAGE):
            db.session.execute(update(UserSession).values(ended_at=now()))
        client.delete_cookie("session")
        mark = mark_in(client.post(page, data={"body": TEXT, "csrf_token": mark}, headers=OURS))
    sign_in(app, client, "township_clerk")
    answer = client.post(page, data={"body": TEXT, "csrf_token": mark}, headers=OURS)
    main = answer.text.partition("<main")[2]
    assert (answer.status_code, "另一个账号" in main, TEXT in main) == (403, True, False)
    assert ("csrf_token" in main, 'name="body"' in main, said()) == (False, False, 0)
    sign_in(app, client, "township_supervisor")
    own = client.post(page, data={"body": TEXT, "csrf_token": mark}, headers=OURS)
    assert (own.status_code, "您已重新登录" in own.text) == (400, True)


def test_only_a_mark_of_ours_says_who_opened_a_page(app: Flask, client: FlaskClient, page: str) -> None:
    sign_in(app, client, "township_supervisor")
    mark = mark_in(client.get(page))
    with app.test_request_context():
        assert opener_of(mark)
        assert opener_of(mark[1:]) is None
        assert opener_of("") is None
        assert opener_of(generate_csrf()) is None


@pytest.mark.parametrize("name", sorted(SECRET_FIELDS))
def test_no_form_gets_its_secrets_written_back(app: Flask, client: FlaskClient, page: str, name: str) -> None:
    sent = {"body": TEXT, name: "Geheim-2026"}
    stranger = client.post(page, data=sent, headers=OURS)
    sign_in(app, client, "township_supervisor")
    again = client.post(page, data=sent, headers=OURS)
    for answer in (stranger, again):
        assert (TEXT in answer.text, "Geheim-2026" in answer.text) == (True, False)


def test_every_field_for_a_password_or_a_one_time_code_is_known_as_secret(app: Flask) -> None:
    found = set()
    for form in [one for one in vars(forms).values() if isinstance(one, type) and issubclass(one, BaseForm)]:
        with app.test_request_context():
            for field in form():
                told = str((field.render_kw or {}).get("autocomplete", ""))
                if isinstance(field, PasswordField) or told == "one-time-code":
                    found.add(field.name)
    assert found - SECRET_FIELDS == {"again"}, "that of the page on which one changes one's own password"


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
