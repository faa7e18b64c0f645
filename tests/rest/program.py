"""A program that calls the API with a token, and tokens for it."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry.accounts.tokens import TokenFacts, create_token
from registry.assets.register.cards.schemas import Card
from registry.assets.register.registration import Registration
from registry.clock import today
from registry.database import transaction
from registry.rest.fields import Strict
from registry.token_scopes import Scope
from tests.factories import person, registration

EVERYTHING = frozenset(Scope)
_KEYS = count(1)


def token_of(username: str, scopes: Iterable[Scope] = EVERYTHING, unit_code: str = "", days: int = 30) -> str:
    """A fresh token of the person with this user name."""
    by, on = person(username), today()
    facts = TokenFacts("测试", frozenset(scopes), unit_code or by.unit_code, on + timedelta(days=days))
    with transaction(by.unit_code):
        return create_token(facts, by=by, on=on)


def card_of(**changes: object) -> dict[str, Any]:
    """A registration as the API takes it."""
    facts: Registration = registration(**changes)
    schema: Strict = Card()
    card: dict[str, Any] = schema.dump(facts)
    return card


class Program:
    """One program with its token; every POST gets a key of its own unless one is given."""

    def __init__(self, client: FlaskClient, username: str, **token: Any) -> None:
        self.client, self.token = client, token_of(username, **token)

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        """Call a resource below /api/v1 (or a whole path)."""
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        if method == "POST":
            headers.setdefault("Idempotency-Key", f"key-{next(_KEYS)}")
        url = path if path.startswith("/api") else f"/api/v1{path}"
        return self.client.open(url, method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Read a resource."""
        return self.call("GET", path, **options)

    def post(self, path: str, body: object = None, **options: Any) -> TestResponse:
        """Write a resource."""
        return self.call("POST", path, json={} if body is None else body, **options)

    def put(self, path: str, body: object, etag: str = "") -> TestResponse:
        """Replace a version of a resource."""
        return self.call("PUT", path, json=body, headers={"If-Match": etag} if etag else {})
