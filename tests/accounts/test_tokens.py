"""The page of a person's own tokens: made after a proof, shown once, taken back; nobody touches another's."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.accounts.models import ApiToken
from registry.accounts.rules import (
    NoTokensForAdministrators,
    ScopesMissing,
    TokenBeyondScope,
    TokenTooLong,
    check_token,
    token_holds,
)
from registry.database import db
from registry.permissions import Actor, Grant, Permission, Role, may, narrowed
from registry.token_scopes import Scope
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE
from tests.journeys.browser import Visitor
from tests.rest.program import token_of

TOKEN = re.compile(r"fpa_[0-9a-f]{8}_[A-Za-z0-9_-]{43}")


def actor_with(*grants: Grant) -> Actor:
    """A person with these grants."""
    return Actor(1, "谭正国", "经办员", VILLAGE, "华溪村", grants)


def test_a_token_is_made_shown_once_used_and_taken_back(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open("/me")
    clerk.open(clerk.link("/me/tokens"))
    page = clerk.send(name="财务系统取数", scopes="assets:read")
    assert page.status_code == 200, page.text
    token = TOKEN.search(page.text)[0]
    assert not TOKEN.search(clerk.open("/me/tokens").text)
    assert "财务系统取数" in clerk.page.text
    assert '<td data-label="最近使用">—</td>' in clerk.page.text
    call = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/assets", headers=call).status_code == 200
    assert '<td data-label="最近使用">—</td>' not in clerk.open("/me/tokens").text
    clerk.send("/revoke")
    assert "已撤销" in clerk.page.text
    assert app.test_client().get("/api/v1/assets", headers=call).status_code == 401


def test_a_form_sent_twice_makes_one_token_and_shows_it_once(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open("/me/tokens")
    _action, fields = clerk.fields()
    data = {**fields, "name": ["x"], "scopes": ["assets:read"]}
    first, again = (clerk.client.post("/me/tokens", data=data) for _ in range(2))
    assert TOKEN.search(first.text)
    assert (again.status_code, again.location) == (303, "/me/tokens")
    db.session.rollback()
    assert len(list(db.session.scalars(select(ApiToken.id)))) == 1


def test_nobody_takes_back_the_token_of_another(app: Flask) -> None:
    token_of("village_clerk")
    token_id = db.session.scalars(select(ApiToken.id)).one()
    head = Visitor(app.test_client(), "village_head")
    assert head.client.post(f"/me/tokens/{token_id}/revoke", data={"one_time_key": "k"}).status_code == 404


def test_an_administrator_finds_no_form(app: Flask) -> None:
    page = Visitor(app.test_client(), "system_administrator").open("/me/tokens").text
    assert "管理员账号不能创建接口令牌" in page
    assert 'name="scopes"' not in page


@pytest.mark.parametrize(
    ("role", "scopes", "unit", "days", "refusal"),
    [
        (Role.SYSTEM_ADMINISTRATOR, {Scope.ASSETS_READ}, VILLAGE, 10, NoTokensForAdministrators),
        (Role.VILLAGE_CLERK, set(), VILLAGE, 10, ScopesMissing),
        (Role.VILLAGE_CLERK, {Scope.ASSETS_READ}, VILLAGE, 0, TokenTooLong),
        (Role.VILLAGE_CLERK, {Scope.ASSETS_READ}, VILLAGE, 366, TokenTooLong),
        (Role.VILLAGE_CLERK, {Scope.ASSETS_READ}, SIBLING_VILLAGE, 10, TokenBeyondScope),
        (Role.VILLAGE_CLERK, {Scope.ASSETS_READ}, VILLAGE, 365, None),
    ],
)
def test_what_a_token_may_be(
    role: Role, scopes: set[Scope], unit: str, days: int, refusal: type[Exception] | None
) -> None:
    by = actor_with(Grant(role, VILLAGE))
    if refusal is None:
        check_token(scopes, unit, TODAY + timedelta(days=days), by=by, on=TODAY)
        return
    with pytest.raises(refusal):
        check_token(scopes, unit, TODAY + timedelta(days=days), by=by, on=TODAY)


def test_a_token_holds_up_to_and_with_its_last_day() -> None:
    assert token_holds(TODAY, revoked=False, on=TODAY)
    assert not token_holds(TODAY - timedelta(days=1), revoked=False, on=TODAY)
    assert not token_holds(TODAY, revoked=True, on=TODAY)


@pytest.mark.parametrize(
    ("granted", "bound", "kept"),
    [
        (COUNTY, VILLAGE, VILLAGE),
        (VILLAGE, COUNTY, VILLAGE),
        (VILLAGE, VILLAGE, VILLAGE),
        (SIBLING_VILLAGE, VILLAGE, None),
        (OTHER_COUNTY, TOWNSHIP, None),
        (MUNICIPALITY, TOWNSHIP, TOWNSHIP),
    ],
)
def test_a_person_is_narrowed_to_the_unit_of_the_token(granted: str, bound: str, kept: str | None) -> None:
    found = narrowed(actor_with(Grant(Role.COUNTY_CLERK, granted)), bound).grants
    assert [grant.region_code for grant in found] == ([kept] if kept else [])


def test_narrowing_never_gives_what_the_person_has_not() -> None:
    whole = actor_with(Grant(Role.TOWNSHIP_CLERK, TOWNSHIP), Grant(Role.VILLAGE_HEAD, SIBLING_VILLAGE))
    for unit in (MUNICIPALITY, COUNTY, TOWNSHIP, VILLAGE, SIBLING_VILLAGE, OTHER_COUNTY):
        bound = narrowed(whole, unit)
        for permission in Permission:
            for code in (COUNTY, TOWNSHIP, VILLAGE, SIBLING_VILLAGE, OTHER_COUNTY):
                assert may(whole, permission, code) or not may(bound, permission, code)


def test_an_old_proof_asks_for_the_password_before_a_token_is_made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open("/me/tokens")
    monkeypatch.setattr("registry.accounts.signed_in.proof_holds", lambda *_: False)
    _action, fields = clerk.fields()
    data = {**fields, "name": ["x"], "scopes": ["assets:read"]}
    asked = clerk.client.post("/me/tokens", data=data)
    assert asked.status_code == 403
    assert not TOKEN.search(asked.text)
    db.session.rollback()
    assert db.session.scalar(select(ApiToken.id)) is None
