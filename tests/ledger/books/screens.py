"""The pages of books as a person opens them: signed in, forms sent, what stands beside a field."""

import re

from flask import Flask
from flask.testing import FlaskClient

from registry.database import db
from registry.onetime import new_key
from tests.factories import PASSWORD, TODAY


def signed_in(app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    assert client.post("/login", data={"username": username, "password": PASSWORD}).status_code == 303
    return client


def send(client: FlaskClient, url: str, page: str | None = None, **data: object) -> tuple[int, str]:
    """Post a form as a browser does: with the token of its page."""
    text = client.get(page or url).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert token, text
    kept = {"csrf_token": token[1], "one_time_key": new_key(), "proof_of_self": PASSWORD, **data}
    version = re.search(r'name="version"[^>]*value="(\d+)"', text)
    if version:
        kept.setdefault("version", version[1])
    answer = client.post(url, data=kept, follow_redirects=False)
    db.session.rollback()  # what was read before is old
    return answer.status_code, answer.location or answer.text


def beside(text: str, field_id: str) -> str:
    """What stands beside a field of a page as wrong with it."""
    found = re.search(rf'id="{field_id}-error">.*?<span>(.*?)</span>', text, re.DOTALL)
    return found[1] if found else ""


FILLED = {"deed": "ADMIN_COST", "booked_on": TODAY.isoformat(), "amount": "126.50", "summary": "付电费", "category": ""}
