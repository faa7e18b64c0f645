"""People who read and press on the pages of disposals, without scripts."""

from html import unescape
from re import findall, sub
from secrets import token_urlsafe
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from registry.database import db
from registry.disposal.cases.models import DisposalCase
from tests.factories import PASSWORD


def signed_in(app: Flask, username: str) -> FlaskClient:
    """A person at a browser of their own."""
    client = app.test_client()
    client.post("/login", data={"username": username, "password": PASSWORD})
    return client


def text_of(client: FlaskClient, path: str, status: int = 200) -> str:
    """What a page says, in one line of words."""
    answer = client.get(path)
    assert answer.status_code == status, f"{path}: {answer.status_code}"
    return plain(answer.get_data(as_text=True))


def plain(html: str) -> str:
    """The words of a page."""
    return " ".join(unescape(sub(r"<[^>]+>", " ", html.split("</header>", 1)[-1])).split())


def links_of(client: FlaskClient, path: str) -> list[str]:
    """Where a page leads."""
    return findall(r'href="([^"]+)"', unescape(client.get(path).get_data(as_text=True)))


def hidden_of(client: FlaskClient, path: str) -> dict[str, str]:
    """The hidden fields of a page, as a browser sends them back."""
    html = client.get(path).get_data(as_text=True)
    fields = {}
    for tag in findall(r"<input[^>]+type=\"hidden\"[^>]*>", html):
        found = dict(findall(r'(name|value)="([^"]*)"', tag))
        fields[found["name"]] = unescape(found.get("value", ""))
    return fields


def press(client: FlaskClient, path: str, data: dict[str, Any] | None = None) -> TestResponse:
    """Send a form as a browser does, with a key of its own; afterwards everything is read anew."""
    answer = client.post(path, data={"one_time_key": token_urlsafe(12), **(data or {})})
    db.session.rollback()
    return answer


def latest_case() -> DisposalCase:
    """The case that was begun last."""
    return db.session.scalars(select(DisposalCase).order_by(DisposalCase.id.desc())).first()  # type: ignore[return-value]
