"""Before an export or a reveal a person proves once more who they are, unless they did so a short while ago."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from registry import clock as machine_clock
from registry.accounts import sessions, signed_in
from registry.accounts.models import SignInThrottle, User, UserSession
from registry.accounts.rules import PROOF_MINUTES, proof_holds
from registry.accounts.services import set_second_factor
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.onetime import OneTimeKey
from registry.permissions import Permission
from registry.web import PROOF, finish, requires
from tests.factories import PASSWORD, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor

#: Every route that asks for proof; one that hands out data in bulk, or personal data, or decides, belongs here.
PROVEN = {
    "agreements.accept", "audit.export", "contract_deeds.confirm", "deciding.decide", "delegations.index",
    "desk.make_bundle", "disposal_deeds.decide_past", "disposal_deeds.execute",
    "equity.confirm", "exchange.export", "households.reveal", "households.reveal_one", "objections.reveal",
    "parties.reveal", "payout_results.by_hand", "payout_results.from_file", "payout_results.one", "payouts.file",
    "payouts.release", "payouts.stop", "periods.answer", "periods.close", "policy.answer", "proceeds.take",
    "proceeds_uses.agree", "proceeds_uses.confirm", "roll_exports.masked",
    "roll_exports.whole", "sheets.export", "tokens.index",
}  # fmt: skip
MOMENT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def turn(monkeypatch: pytest.MonkeyPatch, **time: int) -> None:
    moment = machine_clock.now() + timedelta(**time)
    for module in (sessions, signed_in):
        monkeypatch.setattr(module, "now", lambda: moment)


def token(client: FlaskClient) -> str:
    with client.session_transaction() as kept:
        return str(kept["_user_id"])


def events(action: str) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(TrailEvent.action == action)) or 0


@pytest.fixture
def clerk(client: FlaskClient) -> Visitor:
    confirmed()
    visitor = Visitor(client, "village_clerk")
    visitor.open("/assets")
    return visitor


def export(visitor: Visitor, **given: str) -> TestResponse:
    data = {"form": "csv", "one_time_key": "a-key", **given}
    return visitor.client.post("/assets/export?q=冷链", data=data)


@given(st.integers(min_value=0, max_value=2 * PROOF_MINUTES * 60))
def test_a_proof_holds_for_its_minutes_and_not_a_second_longer(seconds: int) -> None:
    assert proof_holds(MOMENT, MOMENT + timedelta(seconds=seconds)) is (seconds <= PROOF_MINUTES * 60)


def test_signing_in_is_proof_enough_for_a_while(clerk: Visitor) -> None:
    assert export(clerk).mimetype == "text/csv"


def test_later_on_nothing_is_handed_out_before_the_password(clerk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    answer = export(clerk)
    assert (answer.status_code, answer.mimetype) == (403, "text/html")
    assert events("EXPORTED") == 0


def test_with_the_password_the_same_form_goes_on_as_it_was_sent(
    clerk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    clerk.page = export(clerk)
    action, fields = clerk.fields("export")
    assert "q=" in action
    assert (fields["form"], fields["one_time_key"]) == (["csv"], ["a-key"])
    answer = clerk.send("export", **{PROOF: PASSWORD})
    assert answer.mimetype == "text/csv"
    assert "中益冷链仓库" in answer.text
    assert events("PROVED") == 1


def test_a_proof_gives_the_session_a_new_id_and_ends_the_old_one(
    clerk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = token(clerk.client)
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    export(clerk, **{PROOF: PASSWORD})
    after = token(clerk.client)
    assert after != before
    assert clerk.client.get("/me").status_code == 200
    with clerk.client.session_transaction() as kept:
        kept["_user_id"] = before
    assert clerk.client.get("/me").status_code == 302
    assert db.session.scalar(select(func.count()).select_from(UserSession)) == 1


def test_after_a_proof_nothing_is_asked_for_a_while(clerk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    export(clerk, **{PROOF: PASSWORD})
    assert export(clerk).mimetype == "text/csv"


def test_a_wrong_password_hands_out_nothing_and_stands_in_the_trail(
    clerk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    before = events("SIGN_IN_FAILED")
    answer = export(clerk, **{PROOF: "wrong-password-1"})
    assert answer.status_code == 422
    assert "wrong-password-1" not in answer.text
    assert (events("EXPORTED"), events("SIGN_IN_FAILED")) == (0, before + 1)


def test_guessing_the_proof_makes_one_wait(clerk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    for _ in range(3):
        export(clerk, **{PROOF: "wrong-password-1"})
    assert export(clerk, **{PROOF: PASSWORD}).status_code == 429


def test_a_right_proof_forgets_earlier_failures(clerk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    export(clerk, **{PROOF: "wrong-password-1"})
    export(clerk, **{PROOF: PASSWORD})
    db.session.rollback()
    assert set(db.session.scalars(select(SignInThrottle.failures))) == {0}


def test_who_has_an_app_is_asked_for_its_code_and_not_the_password(
    clerk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = pyotp.random_base32()
    with transaction(VILLAGE):
        user = db.session.scalars(select(User).where(User.username == "village_clerk")).one()
        set_second_factor(user, secret, pyotp.TOTP(secret).now(), by=person("village_clerk"))
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    assert "one-time-code" in export(clerk).text
    assert export(clerk, **{PROOF: PASSWORD}).status_code == 422
    assert export(clerk, **{PROOF: pyotp.TOTP(secret).now()}).mimetype == "text/csv"


def test_looking_at_a_page_never_asks(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(client, "auditor")
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    assert visitor.open("/trail/checkpoint").status_code == 200


def test_the_routes_that_hand_out_in_bulk_or_reveal_are_those_that_ask(app: Flask) -> None:
    assert {name for name, view in app.view_functions.items() if getattr(view, "proof", False)} == PROVEN


def test_one_word_makes_any_later_deed_ask_and_the_proof_is_no_part_of_what_was_sent(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    @requires(Permission.OWN_ACCOUNT, proof=True)
    def pay() -> object:
        done.append(1)
        with transaction(VILLAGE):
            return finish("/me")

    done: list[int] = []
    app.add_url_rule("/pay", "pay", pay, methods=["POST"])
    visitor = Visitor(client, "village_clerk")
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    sent = {"amount": "1", "one_time_key": "k"}
    assert client.post("/pay", data=sent).status_code == 403
    assert client.post("/pay", data={**sent, PROOF: PASSWORD}).location == "/me"
    assert visitor.client.post("/pay", data=sent).location == "/me"
    assert done == [1]
    db.session.rollback()
    digests = db.session.scalars(select(OneTimeKey.digest).where(OneTimeKey.key == "k")).all()
    assert len(digests) == 1


def test_without_the_word_nobody_is_asked(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    app.add_url_rule("/plain", "plain", requires(Permission.OWN_ACCOUNT)(lambda: "done"), methods=["POST"])
    Visitor(client, "village_clerk")
    turn(monkeypatch, minutes=PROOF_MINUTES, seconds=1)
    assert client.post("/plain").text == "done"


def test_an_answer_to_an_older_request_does_not_bring_back_an_older_session_id(
    clerk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = clerk.client.get("/me")
    assert not re.search("session=", answer.headers.get("Set-Cookie", ""))
