"""Personal data is masked; whoever may see it whole says why, is counted, and is remembered."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from registry import clock, sealing
from registry.accounts import sessions, signed_in
from registry.accounts.rules import PROOF_MINUTES
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.kinds import Category, OwnerKind
from registry.parties.models import Party
from registry.parties.queries import masked_of
from registry.parties.rules import PartyFacts
from registry.parties.services import add_party
from registry.sealing import REVEALS_A_DAY, TooManyReveals, check_reveals, masked_id, masked_phone
from tests.factories import VILLAGE, confirmed, person, registration
from tests.journeys.browser import Visitor

RESIDENT, PHONE = "11010519491231002X", "13896541207"


@pytest.fixture
def household(app: Flask) -> int:
    with transaction(VILLAGE):
        facts = PartyFacts(OwnerKind.HOUSEHOLD, "谭正国", VILLAGE, resident_id=RESIDENT, phone=PHONE)
        return add_party(facts, by=person("village_clerk")).id


def told(action: str) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(TrailEvent.payload).where(TrailEvent.action == action)))


def reveal(client: FlaskClient, party_id: int, *, key: str = "k", reason: str = "核对确权证书"):  # type: ignore[no-untyped-def]
    data = {"reason": reason, "one_time_key": key, "next": "/assets"}
    return client.post(f"/holders/{party_id}/reveal", data=data)


@given(st.text("0123456789X", min_size=6, max_size=19))
def test_a_masked_number_shows_its_last_four_and_nothing_else(number: str) -> None:
    masked = masked_id(number)
    assert (len(masked), masked[-4:], set(masked[:-4])) == (len(number), number[-4:], {"*"})


@given(st.text("0123456789", min_size=8, max_size=13))
def test_a_masked_telephone_number_shows_three_and_four(number: str) -> None:
    assert masked_phone(number) == f"{number[:3]}****{number[-4:]}"


@given(st.integers(0, 3 * REVEALS_A_DAY))
def test_a_day_allows_so_many_reveals_and_not_one_more(done: int) -> None:
    if done < REVEALS_A_DAY:
        check_reveals(done)
    else:
        with pytest.raises(TooManyReveals):
            check_reveals(done)


def test_what_is_sealed_is_shown_masked(household: int) -> None:
    masked = masked_of(db.session.get_one(Party, household))
    assert (masked.resident_id, masked.phone) == ("**************002X", "138****1207")


def test_with_a_reason_it_is_shown_once_and_stands_in_the_trail(client: FlaskClient, household: int) -> None:
    Visitor(client, "township_supervisor")
    page = reveal(client, household)
    assert page.status_code == 200
    assert RESIDENT in page.text
    assert PHONE in page.text
    (event,) = told("REVEALED")
    assert "核对确权证书" in event
    assert RESIDENT not in event
    assert PHONE not in event


def test_the_same_form_sent_again_leads_back_and_shows_nothing(client: FlaskClient, household: int) -> None:
    Visitor(client, "township_supervisor")
    reveal(client, household)
    again = reveal(client, household)
    assert (again.status_code, again.location) == (303, "/assets")
    assert len(told("REVEALED")) == 1


@pytest.mark.parametrize(("reason", "key"), [("", "k"), ("   ", "k"), ("x" * 201, "k"), ("核对", "")])
def test_without_a_reason_or_a_key_nothing_is_shown_or_recorded(
    client: FlaskClient, household: int, reason: str, key: str
) -> None:
    Visitor(client, "township_supervisor")
    page = reveal(client, household, reason=reason, key=key)
    assert page.status_code == 422
    assert RESIDENT not in page.text
    assert told("REVEALED") == []


def test_looking_at_the_page_shows_it_masked(client: FlaskClient, household: int) -> None:
    page = Visitor(client, "auditor").open(f"/holders/{household}/reveal")
    assert "002X" in page.text
    assert RESIDENT not in page.text
    assert PHONE not in page.text


def test_whoever_may_not_is_refused_and_remembered(client: FlaskClient, household: int) -> None:
    Visitor(client, "village_clerk")
    assert reveal(client, household).status_code == 403
    assert len(told("REVEAL_DENIED")) == 1
    assert told("REVEALED") == []


def test_beyond_the_days_limit_nothing_is_shown_and_that_is_remembered(
    client: FlaskClient, household: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "REVEALS_A_DAY", 2)
    Visitor(client, "township_supervisor")
    pages = [reveal(client, household, key=f"key{number}") for number in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 403]
    assert RESIDENT not in pages[2].text
    assert (len(told("REVEALED")), len(told("REVEAL_DENIED"))) == (2, 1)


def test_what_one_person_saw_does_not_count_against_another(
    app: Flask, household: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "REVEALS_A_DAY", 1)
    for username in ("township_supervisor", "auditor"):
        client = app.test_client()
        Visitor(client, username)
        assert reveal(client, household).status_code == 200


def test_an_old_proof_does_not_open_it(client: FlaskClient, household: int, monkeypatch: pytest.MonkeyPatch) -> None:
    Visitor(client, "township_supervisor")
    moment = clock.now() + timedelta(minutes=PROOF_MINUTES, seconds=1)
    for module in (sessions, signed_in):
        monkeypatch.setattr(module, "now", lambda: moment)
    page = reveal(client, household)
    assert page.status_code == 403
    assert RESIDENT not in page.text
    assert told("REVEALED") == []


def test_a_holder_with_nothing_sealed_has_nothing_to_reveal(client: FlaskClient, app: Flask) -> None:
    with transaction(VILLAGE):
        collective = add_party(PartyFacts(OwnerKind.VILLAGE_COLLECTIVE, "甲社", VILLAGE), by=person("village_clerk")).id
    Visitor(client, "township_supervisor")
    assert reveal(client, collective).status_code == 404
    assert told("REVEALED") == []


def test_the_page_of_an_asset_shows_its_household_masked_and_leads_to_the_reveal(app: Flask) -> None:
    owner = registration().owners[0].__class__(OwnerKind.HOUSEHOLD, "谭正国", resident_id=RESIDENT)
    facts = {"category": Category.HOUSEHOLD, "subtype": "HOUSEHOLD_STOCK", "owners": (owner,)}
    number = confirmed(**facts).asset_no
    supervisor = Visitor(app.test_client(), "township_supervisor").open(f"/assets/{number}").text
    assert "**************002X" in supervisor
    assert "/reveal?next=" in supervisor
    clerk = Visitor(app.test_client(), "village_clerk").open(f"/assets/{number}").text
    assert "002X" in clerk
    assert "/reveal" not in clerk
