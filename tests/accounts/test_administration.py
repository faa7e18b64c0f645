"""Accounts and grants through the pages of the two administrators."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.accounts.models import User, UserGrant
from registry.accounts.queries import grants_of, list_able, list_users
from registry.accounts.rules import Backdated, RolesClash
from registry.accounts.services import NewUser, disable_user, end_grant, grant_role, issue_account, reset_password
from registry.audit.models import TrailEvent
from registry.clock import today
from registry.database import db, transaction
from registry.errors import Conflict, Forbidden, Invalid, Missing, RegistryError
from registry.permissions import Actor, Grant, Permission, Role, system_actor
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, PASSWORD, VILLAGE, add_person, person

NEW = {"name": "冉小兰", "username": "ran_xiaolan", "post": "报账员", "unit_code": VILLAGE, "one_time_key": "k"}


def signed_in(app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    client.post("/login", data={"username": username, "password": PASSWORD})
    return client


@pytest.fixture
def system(app: Flask) -> FlaskClient:
    return signed_in(app, "system_administrator")


@pytest.fixture
def security(app: Flask) -> FlaskClient:
    return signed_in(app, "security_administrator")


def person_id(username: str) -> int:
    return db.session.scalars(select(User.id).where(User.username == username)).one()


def grant(username: str, role: Role, region: str = VILLAGE, on: date | None = None) -> UserGrant:
    with transaction(region):
        return grant_role(
            person_id(username),
            Grant(role, region),
            on=on or today(),
            basis="会议",
            by=person("security_administrator"),
        )


def payloads() -> str:
    db.session.rollback()
    return "\n".join(db.session.scalars(select(TrailEvent.payload)))


def shown_password(page: str) -> str:
    found = re.search(r'id="first-password">([a-z0-9-]+)<', page)
    return found[1] if found else ""


def test_a_first_password_is_shown_once_and_stands_nowhere_else(system: FlaskClient, app: Flask) -> None:
    answer = system.post("/admin/users/new", data=NEW)
    code = shown_password(system.get(answer.location).text)
    assert len(code) == 19
    assert code not in answer.location
    assert code not in payloads()
    assert shown_password(system.get(answer.location).text) == ""
    newcomer = app.test_client()
    assert newcomer.post("/login", data={"username": "ran_xiaolan", "password": code}).status_code == 303
    assert newcomer.get("/assets").location == "/me/password"


def test_a_reset_shows_a_new_password_and_ends_the_old_one(system: FlaskClient, app: Flask) -> None:
    target = signed_in(app, "village_clerk")
    user_id = person_id("village_clerk")
    answer = system.post(f"/admin/users/{user_id}/reset", data={"one_time_key": "k"})
    code = shown_password(system.get(answer.location).text)
    assert target.get("/me").status_code == 302
    login = app.test_client()
    assert login.post("/login", data={"username": "village_clerk", "password": PASSWORD}).status_code == 422
    assert login.post("/login", data={"username": "village_clerk", "password": code}).status_code == 303
    assert code not in payloads()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "Village_Clerk"}, "username"),
        ({"username": "9"}, "username"),
        ({"unit_code": "500240213999"}, "unit_code"),
        ({"unit_code": "abc"}, "unit_code"),
        ({"name": ""}, "name"),
    ],
)
def test_a_wrong_account_is_refused_beside_its_field(system: FlaskClient, changes: dict[str, str], field: str) -> None:
    answer = system.post("/admin/users/new", data={**NEW, **changes})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert db.session.scalar(select(User.id).where(User.name == "冉小兰")) is None


def test_an_account_is_closed_and_opened_with_a_reason(system: FlaskClient) -> None:
    url = f"/admin/users/{person_id('village_clerk')}"
    assert system.post(f"{url}/disable", data={"reason": "", "one_time_key": "a"}).status_code == 422
    assert system.post(f"{url}/disable", data={"reason": "离岗", "one_time_key": "b"}).status_code == 303
    assert "已停用" in system.get(url).text
    assert system.post(f"{url}/enable", data={"reason": "返岗", "one_time_key": "c"}).status_code == 303
    assert "已停用" not in system.get(url).text


def test_a_change_of_unit_leaves_the_roles_alone(system: FlaskClient) -> None:
    user_id = person_id("village_clerk")
    before = grants_of(user_id, today())
    form = {"name": "冉小兰", "post": "报账员", "unit_code": "500240213204", "reason": "合村", "one_time_key": "k"}
    assert system.post(f"/admin/users/{user_id}/edit", data=form).status_code == 303
    db.session.rollback()
    assert db.session.get_one(User, user_id).region_code == "500240213204"
    assert grants_of(user_id, today()) == before


@pytest.mark.parametrize("deed", [disable_user, reset_password])
def test_no_administrator_closes_or_resets_themselves(app: Flask, deed: object) -> None:
    by = person("system_administrator")
    more = {"reason": "x"} if deed is disable_user else {}
    with pytest.raises(RegistryError), transaction(MUNICIPALITY):
        deed(db.session.get_one(User, by.id), by=by, **more)  # type: ignore[operator]


@pytest.mark.usefixtures("app")
def test_an_account_is_not_made_outside_the_administrators_county() -> None:
    by = Actor(1, "员", "系统管理员", COUNTY, "石柱", (Grant(Role.SYSTEM_ADMINISTRATOR, COUNTY),))
    with pytest.raises(Invalid), transaction(OTHER_COUNTY):
        issue_account(NewUser("ran", "冉", "员", OTHER_COUNTY), by=by)


def test_a_search_finds_names_and_user_names_literally(app: Flask) -> None:
    by = person("system_administrator")
    assert {u.username for u in list_users(by, Permission.USER_MANAGE, "Village_Cl").rows} == {"village_clerk"}
    assert list_users(by, Permission.USER_MANAGE, "%").rows == []
    assert list_users(person("village_clerk"), Permission.USER_MANAGE).rows == []


def test_paging_forth_and_back_shows_everybody_once(app: Flask) -> None:
    by, forth = person("system_administrator"), []
    page = list_users(by, Permission.USER_MANAGE, limit=5)
    whole = len(page.rows) + page.after
    while page.rows:
        assert page.before + len(page.rows) + page.after == whole
        forth += [row.id for row in page.rows]
        last, page = page, list_users(by, Permission.USER_MANAGE, after=page.rows[-1].id, limit=5)
    assert len(forth) == len(set(forth)) == whole
    back = list_users(by, Permission.USER_MANAGE, before=last.rows[0].id, limit=5)
    assert [row.id for row in back.rows] == forth[-len(last.rows) - 5 : -len(last.rows)]


GRANT = {"role": "VILLAGE_HEAD", "region_code": VILLAGE, "sector": "", "basis": "会议纪要", "one_time_key": "k"}


def test_a_role_is_given_with_its_basis_and_taken_back_with_a_reason(security: FlaskClient) -> None:
    user_id = person_id("custodian")
    form = {**GRANT, "valid_from": today().isoformat()}
    assert security.post(f"/admin/grants/{user_id}", data=form).status_code == 303
    db.session.rollback()
    wanted = (UserGrant.user_id == user_id, UserGrant.role == "VILLAGE_HEAD")
    row = db.session.scalars(select(UserGrant).where(*wanted)).one()
    assert row.basis == "会议纪要"
    url = f"/admin/grants/entries/{row.id}/end"
    assert security.post(url, data={"reason": "换届", "one_time_key": "k"}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(UserGrant, row.id).valid_to == today() + timedelta(days=1)


def test_incompatible_roles_are_refused_beside_the_field(security: FlaskClient) -> None:
    user_id = person_id("cashier")
    answer = security.post(f"/admin/grants/{user_id}", data={**GRANT, "valid_from": today().isoformat()})
    assert answer.status_code == 422
    error = re.search(r'id="role-error">.*?<span>(.*?)</span>', answer.text, re.DOTALL)
    assert error is not None
    assert "同一个人不能同时是“村负责人”和“出纳”" in error[1]
    assert len(grants_of(user_id, today())) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"region_code": COUNTY}, "region_code"),
        ({"region_code": "500240213999"}, "region_code"),
        ({"region_code": "x"}, "region_code"),
        ({"sector": "WATER"}, "sector"),
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"basis": ""}, "basis"),
        ({"role": "CUSTODIAN"}, "role"),
    ],
)
def test_a_wrong_grant_is_refused_beside_its_field(security: FlaskClient, changes: dict[str, str], field: str) -> None:
    form = {**GRANT, "valid_from": today().isoformat(), **changes}
    answer = security.post(f"/admin/grants/{person_id('custodian')}", data=form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_nobody_grants_to_themselves(security: FlaskClient) -> None:
    user_id = person_id("security_administrator")
    form = {**GRANT, "role": "AUDITOR", "region_code": COUNTY, "valid_from": today().isoformat()}
    assert security.post(f"/admin/grants/{user_id}", data=form).status_code == 403
    assert len(grants_of(user_id, today())) == 1


@pytest.mark.usefixtures("app")
def test_a_role_that_begins_later_clashes_already() -> None:
    grant("custodian", Role.CASHIER, on=today() + timedelta(days=30))
    with pytest.raises(RolesClash):
        grant("custodian", Role.VILLAGE_HEAD)


@pytest.mark.usefixtures("app")
def test_a_grant_is_not_backdated() -> None:
    with pytest.raises(Backdated):
        grant("custodian", Role.VILLAGE_HEAD, on=today() - timedelta(days=1))


@pytest.mark.usefixtures("app")
def test_a_grant_is_not_ended_twice_nor_from_afar() -> None:
    row_id = grant("custodian", Role.VILLAGE_HEAD).id
    afar = Actor(1, "员", "安全管理员", OTHER_COUNTY, "", (Grant(Role.SECURITY_ADMINISTRATOR, OTHER_COUNTY),))
    with pytest.raises(Missing), transaction(VILLAGE):
        end_grant(row_id, on=today(), reason="x", by=afar)
    with transaction(VILLAGE):
        end_grant(row_id, on=today(), reason="x", by=person("security_administrator"))
    with pytest.raises(Conflict), transaction(VILLAGE):
        end_grant(row_id, on=today(), reason="x", by=person("security_administrator"))


def able(permission: Permission, region: str, on: date) -> set[str]:
    return {row.user.username for row in list_able(permission, region, on)}


@pytest.mark.usefixtures("app")
def test_who_could_do_what_counts_the_units_above_but_not_beside_or_below() -> None:
    assert able(Permission.CORRECTION_CONFIRM, VILLAGE, today()) == {
        "township_supervisor", "county_agriculture", "municipal_supervisor",
    }  # fmt: skip
    assert able(Permission.CORRECTION_CONFIRM, COUNTY, today()) == {"county_agriculture", "municipal_supervisor"}
    assert able(Permission.ASSET_ENTER, VILLAGE, today()) == {"village_clerk", "township_clerk", "county_clerk"}
    assert able(Permission.ASSET_ENTER, VILLAGE, date(2019, 12, 31)) == set()


@pytest.mark.parametrize(
    ("given", "ended", "asked", "could"),
    [
        (0, None, 0, True),
        (0, None, -1, False),
        (0, 0, 0, True),
        (0, 0, 1, False),
        (5, None, 4, False),
        (5, None, 5, True),
        (5, 0, 5, False),
    ],
)
@pytest.mark.usefixtures("app")
def test_a_grant_holds_from_its_first_to_its_last_day(
    given: int, ended: int | None, asked: int, *, could: bool
) -> None:
    row_id = grant("custodian", Role.VILLAGE_HEAD, on=today() + timedelta(days=given)).id
    if ended is not None:
        with transaction(VILLAGE):
            end_grant(row_id, on=today() + timedelta(days=ended), reason="x", by=person("security_administrator"))
    assert ("custodian" in able(Permission.ASSET_CONFIRM, VILLAGE, today() + timedelta(days=asked))) is could


def test_the_page_answers_who_could_do_what_on_a_day(security: FlaskClient) -> None:
    query = {"permission": "ASSET_ENTER", "region": VILLAGE, "on": "2026-01-05"}
    assert "Village Clerk" in security.get("/admin/able", query_string=query).text
    assert "当天没有人能办" in security.get("/admin/able", query_string={**query, "on": "2019-01-05"}).text
    assert security.get("/admin/able", query_string={**query, "on": "nonsense"}).status_code == 404


@pytest.mark.usefixtures("app")
def test_a_county_security_administrator_gives_no_municipal_role() -> None:
    with transaction(COUNTY):
        add_person("county_security", Role.SECURITY_ADMINISTRATOR, COUNTY, system_actor(MUNICIPALITY))
    with pytest.raises(Forbidden), transaction(MUNICIPALITY):
        grant_role(
            person_id("county_clerk"), Grant(Role.MUNICIPAL_SUPERVISOR, MUNICIPALITY), on=today(), basis="x",
            by=person("county_security"),
        )  # fmt: skip
