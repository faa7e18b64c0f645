"""Who may call: tokens and nothing else; keys work once; refusals are problems; pages stay pages."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from registry import config
from registry.accounts.models import ApiToken, ApiTokenUse, User
from registry.accounts.services import disable_user, reset_password
from registry.accounts.tokens import revoke_token
from registry.assets.register.cards.models import Asset
from registry.assets.register.projects.models import Project
from registry.assets.register.registration import OwnerFact
from registry.audit.models import TrailEvent
from registry.clock import today
from registry.config import Settings
from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.onetime import OneTimeKey
from registry.rest import calls
from registry.token_scopes import Scope
from tests.conftest import CleanClient
from tests.factories import MUNICIPALITY, PASSWORD, SIBLING_VILLAGE, TOWNSHIP, VILLAGE, entered, person
from tests.rest.program import Program, card_of, token_of

OTHER_OWNERS = (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "邻村股份经济合作社"),)
PROJECT: dict[str, Any] = {
    "region_code": VILLAGE, "name": "冷链物流", "year": 2019, "lines": [{"source": "POVERTY_FUND", "amount": "10.00"}],
}  # fmt: skip


def count_of(model: type[Any]) -> int:
    """Return how many rows a table has."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


# ---- Who calls


def test_a_session_of_a_browser_counts_for_nothing(client: FlaskClient) -> None:
    assert client.post("/login", data={"username": "village_clerk", "password": PASSWORD}).status_code == 303
    assert client.get("/assets").status_code == 200
    answer = client.get("/api/v1/assets")
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_call_leaves_no_cookie(app: Flask) -> None:
    assert "Set-Cookie" not in Program(app.test_client(), "village_clerk").get("/assets").headers


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic dTpw", "Bearer fpa_00000000_" + "a" * 43, "Bearer fpa_00000000_é"]
)
def test_what_is_no_token_of_ours_is_refused(client: FlaskClient, header: str) -> None:
    assert client.get("/api/v1/assets", headers={"Authorization": header}).status_code == 401


def test_a_wrong_secret_behind_a_known_prefix_is_refused(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk")
    program.token = program.token[:-1] + ("a" if program.token[-1] != "a" else "b")
    assert program.get("/assets").status_code == 401


def test_a_token_ends_with_its_last_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    program, on = Program(app.test_client(), "village_clerk", days=3), today()
    for days, status in ((3, 200), (4, 401)):
        later = on + timedelta(days=days)
        monkeypatch.setattr("registry.accounts.callers.today", lambda later=later: later)
        assert program.get("/assets").status_code == status


def test_a_token_taken_back_ends_at_once_and_says_so_in_the_trail(app: Flask) -> None:
    program, clerk = Program(app.test_client(), "village_clerk"), person("village_clerk")
    with transaction(VILLAGE):
        revoke_token(db.session.scalars(select(ApiToken.id)).one(), by=clerk)
    assert program.get("/assets").status_code == 401
    db.session.rollback()
    told = list(db.session.scalars(select(TrailEvent.action).where(TrailEvent.thing_table == "api_token")))
    assert sorted(told) == ["TOKEN_CREATED", "TOKEN_REVOKED"]


@pytest.mark.parametrize("deed", ["reset", "close"])
def test_tokens_end_with_the_account(app: Flask, deed: str) -> None:
    program, administrator = Program(app.test_client(), "village_clerk"), person("system_administrator")
    with transaction(VILLAGE, MUNICIPALITY):
        user = db.session.scalars(select(User).where(User.username == "village_clerk")).one()
        if deed == "reset":
            reset_password(user, by=administrator)
        else:
            disable_user(user, reason="调离", by=administrator)
    assert program.get("/assets").status_code == 401
    assert db.session.scalars(select(ApiToken.revoked_at)).one() is not None


def test_nothing_of_the_secret_is_kept(app: Flask) -> None:
    secret = token_of("village_clerk").rpartition("_")[2]
    db.session.rollback()
    kept = repr(db.session.execute(select(ApiToken.__table__)).all())
    payloads = "".join(db.session.scalars(select(TrailEvent.payload)))
    assert secret not in kept + payloads


def test_administrators_get_no_tokens(app: Flask) -> None:
    for name in ("system_administrator", "security_administrator", "audit_administrator"):
        with pytest.raises(Exception, match="管理员账号"):
            token_of(name)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_token_lives_at_most_a_year(app: Flask, days: int) -> None:
    with pytest.raises(Exception, match="到期日"):
        token_of("village_clerk", days=days)


# ---- What they may


def test_a_scope_that_was_not_ticked_is_refused(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk", scopes=[Scope.PROJECTS_READ])
    refused = program.get("/assets")
    assert (refused.status_code, refused.json["type"]) == (403, "urn:fpa:problem:scope-missing")
    assert program.get("/projects").status_code == 200


def test_a_token_of_one_village_does_not_see_the_next(app: Flask) -> None:
    own, foreign = entered().asset_no, entered(region_code=SIBLING_VILLAGE, owners=OTHER_OWNERS).asset_no
    program = Program(app.test_client(), "township_clerk", unit_code=VILLAGE)
    assert [one["asset_no"] for one in program.get("/assets").json["items"]] == [own]
    assert program.get(f"/assets/{foreign}").status_code == 404
    assert program.post(f"/assets/{foreign}/confirm").status_code == 404
    whole = Program(app.test_client(), "township_clerk")
    assert len(whole.get("/assets").json["items"]) == 2


def test_a_token_reaches_no_further_than_its_person(app: Flask) -> None:
    with pytest.raises(Exception, match="管辖范围"):
        token_of("village_clerk", unit_code=TOWNSHIP)


def test_a_denied_call_stands_in_the_trail(app: Flask) -> None:
    Program(app.test_client(), "cashier").post("/projects", {"project": PROJECT})
    db.session.rollback()
    assert db.session.scalar(select(TrailEvent.thing_id).where(TrailEvent.action == "ACCESS_DENIED")) == (
        "projects_api.add"
    )


def test_too_many_calls_in_a_minute_must_wait(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(app.test_client(), "village_clerk")
    monkeypatch.setattr(config, "_current", replace(settings, api_calls_a_minute=3))
    statuses = []
    for _ in range(5):
        answer = program.get("/units")
        statuses.append(answer.status_code)
    assert 429 in statuses
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    db.session.rollback()
    assert db.session.scalars(select(ApiTokenUse.used_at)).one()


# ---- Once per key


def test_a_write_without_a_key_is_refused(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk")
    for key in ("", "x" * 65, "a b"):
        refused = program.post("/projects", {"project": PROJECT}, headers={"Idempotency-Key": key})
        assert (refused.status_code, refused.json["type"]) == (400, "urn:fpa:problem:idempotency-key-missing")
    assert count_of(Project) == 0


def test_the_same_call_again_gets_the_same_answer_and_has_no_second_effect(app: Flask) -> None:
    program, key = Program(app.test_client(), "village_clerk"), {"Idempotency-Key": "k1"}
    first = program.post("/projects", {"project": PROJECT}, headers=key)
    again = program.post("/projects", {"project": PROJECT}, headers=key)
    assert (first.status_code, first.json) == (again.status_code, again.json)
    assert [first.headers[name] for name in ("Location", "ETag")] == [again.headers[n] for n in ("Location", "ETag")]
    other = program.post("/projects", {"project": {**PROJECT, "name": "另一个"}}, headers=key)
    assert (other.status_code, other.json["type"]) == (422, "urn:fpa:problem:key-reused")
    assert count_of(Project) == 1


def test_two_people_may_use_the_same_key(app: Flask) -> None:
    for name in ("village_clerk", "township_clerk"):
        program = Program(app.test_client(), name)
        assert program.post("/projects", {"project": PROJECT}, headers={"Idempotency-Key": "k"}).status_code == 201
    assert count_of(Project) == 2


def test_a_call_that_crashes_before_it_is_done_leaves_neither_effect_nor_key(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, key = Program(app.test_client(), "village_clerk"), {"Idempotency-Key": "k"}
    with monkeypatch.context() as patch:
        patch.setattr(calls.onetime, "use_key", _crash)
        assert program.post("/projects", {"project": PROJECT}, headers=key).status_code == 500
    assert count_of(Project) == count_of(OneTimeKey) == 0
    assert program.post("/projects", {"project": PROJECT}, headers=key).status_code == 201
    assert count_of(Project) == 1


def _crash(*_args: object) -> None:
    raise OSError("no space left")


def test_a_refused_call_may_be_mended_under_the_same_key(app: Flask) -> None:
    program, key = Program(app.test_client(), "village_clerk"), {"Idempotency-Key": "k"}
    assert program.post("/projects", {"project": {**PROJECT, "year": 2999}}, headers=key).status_code == 422
    assert program.post("/projects", {"project": PROJECT}, headers=key).status_code == 201


def test_many_of_the_same_call_at_once_have_one_effect(any_app: Flask) -> None:
    any_app.test_client_class = CleanClient
    token, answers = token_of("village_clerk"), []

    def call() -> None:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
        answers.append(any_app.test_client().post("/api/v1/assets", json={"card": card_of()}, headers=headers))

    threads = [Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.json["asset_no"] for answer in answers if answer.status_code == 201}) == 1
    assert count_of(Asset) == 1


# ---- Refusals
