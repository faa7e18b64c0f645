"""What the desk shows is recorded and stays within reach: papers of others, bundles after a move, lists, past days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.accounts.models import UserGrant
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.errors import Missing
from registry.reports.catalogue import ReportName
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import get_print, list_prints
from tests.factories import COUNTY, OTHER_COUNTY, TODAY, VILLAGE, confirmed, person
from tests.reports.histories import Calendar, calendar
from tests.reports.printing import asked, printed, signed_in
from tests.reports.test_desk import actions, send


@pytest.fixture(autouse=True)
def days(app: Flask) -> Iterator[type[Calendar]]:
    with calendar() as one:
        one.day = TODAY
        yield one


@pytest.mark.parametrize("name", ["edit-log", "leaving", "reveals"])
def test_a_paper_that_needs_more_than_printing_is_read_by_whoever_could_have_made_it(name: str) -> None:
    confirmed()
    told = Parameters(person_id=person("village_clerk").id or 0)
    secret = printed(asked(ReportName(name), VILLAGE, parameters=told), "auditor").serial
    plain = printed(asked(ReportName.LEDGER, VILLAGE), "auditor").serial
    cashier = person("cashier")
    assert [row.serial for row in list_prints(cashier, 9)] == [plain]
    assert get_print(plain, cashier).serial == plain
    with pytest.raises(Missing):
        get_print(secret, cashier)
    for reader in ("auditor", "county_agriculture"):
        assert [row.serial for row in list_prints(person(reader), 9)] == [plain, secret]


def test_own_prints_stay_readable(client: FlaskClient) -> None:
    mine = printed(asked(ReportName.REVEALS, VILLAGE), "auditor")
    assert get_print(mine.serial, replace(person("auditor"), grants=())).serial == mine.serial


def test_the_list_of_looks_at_personal_data_is_read_and_that_is_recorded(client: FlaskClient) -> None:
    with signed_in(client, "auditor"):
        before = len(actions())
        fields = {"region_code": VILLAGE, "since": f"{TODAY.year}-01-01", "on": TODAY.isoformat()}
        assert send(client, "/audit-desk/reveals", "a", **fields).status_code == 200
        assert actions()[before:] == ["READ"]
        assert send(client, "/audit-desk/reveals", "b", **{**fields, "who": "没有这个人"}).status_code == 422
        assert actions()[before:] == ["READ"]


def moved(username: str, region_code: str) -> None:
    """Let a person sit in another county from today."""
    with transaction(COUNTY, OTHER_COUNTY):
        grant = db.session.scalars(select(UserGrant).where(UserGrant.user_id == person(username).id)).one()
        grant.region_code = region_code
        record(Action.GRANTED, grant, by=person("security_administrator"))


def test_a_bundle_is_not_given_to_whoever_has_moved_to_another_county(client: FlaskClient) -> None:
    confirmed()
    with signed_in(client, "auditor"):
        address = send(client, "/audit-desk/bundles", "a", region_code=VILLAGE).headers["Location"]
        assert address in client.get("/audit-desk/bundles").text
        moved("auditor", OTHER_COUNTY)
        assert [client.get(f"{address}{part}").status_code for part in ("", "/file")] == [404, 404]
        assert address not in client.get("/audit-desk/bundles").text


def test_a_day_before_an_asset_was_entered_is_refused_beside_its_field(client: FlaskClient) -> None:
    number = confirmed().asset_no
    with signed_in(client, "auditor"):
        eve = (TODAY - timedelta(days=1)).isoformat()
        answer = client.get("/audit-desk/then", query_string={"asset_no": number, "on": eve})
        assert (answer.status_code, "这一天还没有登记这项资产" in answer.text) == (422, True)
        assert f'value="{number}"' in answer.text
        kept = client.get("/audit-desk/then", query_string={"asset_no": number, "on": TODAY.isoformat()})
        assert kept.status_code == 200
