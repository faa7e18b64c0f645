"""Signing in, the throttle, sessions that end, and the second factor."""

import re
from datetime import datetime, timedelta

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from registry.accounts import passwords, sessions, signed_in, views
from registry.accounts.models import SignInThrottle, User, UserSession
from registry.accounts.passwords import password_matches
from registry.accounts.queries import find_user
from registry.accounts.rules import PasswordTooCommon
from registry.accounts.services import change_password, disable_user, set_second_factor
from registry.accounts.sessions import TooManyTries, check_throttle, token_hash
from registry.audit.models import TrailEvent
from registry.clock import now
from registry.config import PACKAGE
from registry.database import db, transaction
from registry.errors import Invalid
from tests.factories import MUNICIPALITY, PASSWORD, VILLAGE, person


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.moment = now()

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **time: int) -> None:
        self.moment += timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    turned = Clock()
    for module in (sessions, signed_in, views):
        monkeypatch.setattr(module, "now", turned)
    return turned


def sign_in(client: FlaskClient, password: str = PASSWORD, username: str = "village_clerk") -> int:
    status: int = client.post("/login", data={"username": username, "password": password}).status_code
    return status


def clerk() -> User:
    return db.session.scalars(select(User).where(User.username == "village_clerk")).one()


def is_in(client: FlaskClient) -> bool:
    return client.get("/me").status_code == 200


def events(action: str) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(TrailEvent.action == action)) or 0


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: FlaskClient) -> None:
    pages = [
        client.post("/login", data={"username": name, "password": "wrong-password-1"})
        for name in ("village_clerk", "nobody_at_all")
    ]
    texts = [re.sub(r'(value|name="one_time_key")="[^"]*"', "", page.text) for page in pages]
    assert texts[0].replace("village_clerk", "") == texts[1].replace("nobody_at_all", "")
    assert {page.status_code for page in pages} == {422}


def test_an_unknown_name_costs_a_hash_too(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    tried: list[str] = []

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            tried.append(stored)
            return False

        def hash(self, password: str) -> str:
            return "dummy"

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    sign_in(client, username="nobody_at_all")
    assert len(tried) == 1
    assert tried[0]


@pytest.mark.usefixtures("app")
def test_even_the_right_password_of_the_dummy_lets_nobody_in() -> None:
    assert password_matches("", PASSWORD) is False


def test_failures_make_one_wait_longer_and_longer_but_never_for_good(client: FlaskClient, clock: Clock) -> None:
    waits = []
    for _ in range(6):
        assert sign_in(client, "wrong-password-1") == 422
        waits.append(_wait(clock))
        clock.forward(seconds=waits[-1])
    assert waits == [0, 0, 2, 4, 8, 16]
    assert sign_in(client) == 303


def _wait(clock: Clock) -> int:
    db.session.rollback()
    try:
        check_throttle("village_clerk", "10.0.0.9")
    except TooManyTries as error:
        return int(str(error.params["seconds"])) - 1
    return 0


def test_waiting_refuses_even_the_right_password(client: FlaskClient, clock: Clock) -> None:
    for _ in range(3):
        sign_in(client, "wrong-password-1")
    assert sign_in(client) == 429
    clock.forward(seconds=3)
    assert sign_in(client) == 303


def test_one_address_trying_many_names_waits_too(client: FlaskClient, clock: Clock) -> None:
    for number in range(3):
        sign_in(client, "wrong-password-1", f"nobody{number}")
    assert sign_in(client) == 429


def test_signing_in_forgets_earlier_failures(client: FlaskClient, clock: Clock) -> None:
    sign_in(client, "wrong-password-1")
    sign_in(client)
    rows = db.session.scalars(select(SignInThrottle.failures)).all()
    assert set(rows) == {0}


def test_unknown_names_stand_in_the_trail_once_a_minute(client: FlaskClient, clock: Clock) -> None:
    before = events("SIGN_IN_FAILED")
    for _ in range(2):
        sign_in(client, "wrong-password-1", "nobody_at_all")
    assert events("SIGN_IN_FAILED") == before + 1
    sign_in(client, "wrong-password-1")
    assert events("SIGN_IN_FAILED") == before + 2


def test_the_cookie_holds_a_token_of_which_only_the_digest_is_stored(client: FlaskClient) -> None:
    sign_in(client)
    with client.session_transaction() as kept:
        token = kept["_user_id"]
    (stored,) = db.session.scalars(select(UserSession.token_hash))
    assert stored == token_hash(token)
    assert token not in stored
    assert len(token) >= 43


def test_every_sign_in_gets_a_new_session(client: FlaskClient) -> None:
    tokens = set()
    for _ in range(2):
        sign_in(client)
        with client.session_transaction() as kept:
            tokens.add(kept["_user_id"])
        client.post("/logout")
    assert len(tokens) == 2


def test_an_idle_session_ends(client: FlaskClient, clock: Clock) -> None:
    sign_in(client)
    clock.forward(minutes=29)
    assert is_in(client)
    clock.forward(minutes=29)
    assert is_in(client)
    clock.forward(minutes=31)
    assert not is_in(client)


def test_a_session_in_use_still_ends_after_twelve_hours(client: FlaskClient, clock: Clock) -> None:
    sign_in(client)
    for _ in range(36):
        clock.forward(minutes=20)
        assert is_in(client)
    clock.forward(minutes=1)
    assert not is_in(client)


def test_signing_out_ends_the_session_on_the_server(client: FlaskClient) -> None:
    sign_in(client)
    with client.session_transaction() as kept:
        before = dict(kept)
    client.post("/logout")
    with client.session_transaction() as kept:
        kept.update(before)
    assert not is_in(client)


def test_a_closed_account_is_out_at_once_and_cannot_come_back(client: FlaskClient) -> None:
    sign_in(client)
    with transaction(MUNICIPALITY, VILLAGE):
        disable_user(clerk(), reason="离岗", by=person("system_administrator"))
    assert not is_in(client)
    assert sign_in(client) == 422


def test_a_changed_password_ends_the_other_devices_only(app: object, client: FlaskClient) -> None:
    other = client.application.test_client()
    sign_in(client)
    sign_in(other)
    data = {"current": PASSWORD, "password": "Bamboo-River-1987", "again": "Bamboo-River-1987", "one_time_key": "k"}
    assert client.post("/me/password", data=data).status_code == 303
    assert is_in(client)
    assert not is_in(other)


def test_a_password_one_chose_oneself_is_stored_at_the_full_price_and_alone_opens(client: FlaskClient) -> None:
    with transaction(VILLAGE):
        change_password(clerk(), "Bamboo-River-1987", by=person("village_clerk"))
    assert clerk().password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert sign_in(client) == 422
    assert sign_in(client, "Bamboo-River-1987") == 303


@pytest.mark.usefixtures("app")
def test_a_common_password_is_refused_and_the_old_one_stays() -> None:
    common = max(passwords.common_passwords(), key=len)
    with pytest.raises(PasswordTooCommon), transaction(VILLAGE):
        change_password(clerk(), common.title(), by=person("village_clerk"))
    assert password_matches(clerk().password_hash, PASSWORD)


def test_the_list_of_common_passwords_is_not_empty() -> None:
    assert len((PACKAGE / "data" / "common-passwords.txt").read_text("utf-8").split()) > 1000


def enrolled() -> str:
    secret = pyotp.random_base32()
    with transaction(VILLAGE):
        set_second_factor(clerk(), secret, pyotp.TOTP(secret).now(), by=person("village_clerk"))
    return secret


def test_a_person_with_a_second_factor_is_asked_for_the_code(client: FlaskClient) -> None:
    secret = enrolled()
    assert client.post("/login", data={"username": "village_clerk", "password": PASSWORD}).location.startswith(
        "/login/code"
    )
    assert not is_in(client)
    wrong = str((int(pyotp.TOTP(secret).now()) + 1) % 10**6).zfill(6)
    assert client.post("/login/code", data={"code": wrong}).status_code == 422
    assert client.post("/login/code", data={"code": pyotp.TOTP(secret).now()}).status_code == 303
    assert is_in(client)


def test_nobody_reaches_the_code_without_the_password(client: FlaskClient) -> None:
    secret = enrolled()
    assert client.post("/login/code", data={"code": pyotp.TOTP(secret).now()}).status_code == 302
    assert not is_in(client)


@pytest.mark.usefixtures("app")
def test_the_secret_is_stored_sealed() -> None:
    secret = enrolled()
    user = find_user("village_clerk")
    assert user is not None
    assert secret not in user.totp_secret
    payloads = db.session.scalars(select(TrailEvent.payload)).all()
    assert not any(secret in payload or user.totp_secret in payload for payload in payloads)


@pytest.mark.usefixtures("app")
def test_a_wrong_code_enrols_nothing() -> None:
    with pytest.raises(Invalid), transaction(VILLAGE):
        set_second_factor(clerk(), pyotp.random_base32(), "000000", by=person("village_clerk"))
    assert clerk().totp_secret == ""
