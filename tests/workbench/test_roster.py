"""Many people at once: accounts by the system administrator, roles by the security administrator, all or none."""

import re
from dataclasses import fields
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from registry.accounts.models import User, UserGrant
from registry.accounts.passwords import password_matches
from registry.assets.register.sheets.workbooks import read_pasted
from registry.audit.models import TrailEvent
from registry.database import db
from registry.workbench.roster import (
    FOR_ACCOUNTS,
    FOR_GRANTS,
    MOST_PEOPLE,
    HeadingMissing,
    RosterColumn,
    RosterLine,
    TooManyPeople,
    as_cells,
    read_lines,
    template,
)
from tests.factories import COUNTY, SIBLING_VILLAGE, VILLAGE
from tests.journeys.browser import Visitor

HEADS = "用户名\t姓名\t职务\t所在单位\t角色\t授权单位\t行业\t依据\n"
TWO = (
    HEADS + f"tan.wu\t谭五\t报账员\t{VILLAGE}\t村报账员\t\t\t任职通知\n"
    f"qin.liu\t秦六\t村负责人\t{SIBLING_VILLAGE}\t村负责人\t\t\t任职通知\n"
)
WORD = st.text(st.characters(categories=("L", "N"), include_characters=" \"'"), max_size=12).map(str.strip)


def sent(client: FlaskClient, url: str, roster: str, **more: str) -> TestResponse:
    return client.post(url, data={"pasted": roster, "one_time_key": "a-key", **more})


def open_accounts(client: FlaskClient, roster: str, **more: str) -> TestResponse:
    Visitor(client, "system_administrator")
    return sent(client, "/admin/users/import", roster, **more)


def count(model: type[User] | type[UserGrant]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def user(username: str) -> User:
    db.session.rollback()
    return db.session.scalars(select(User).where(User.username == username)).one()


def roles(username: str) -> set[str]:
    return set(db.session.scalars(select(UserGrant.role).where(UserGrant.user_id == user(username).id)))


@given(st.lists(st.builds(RosterLine, st.just(0), *[WORD.filter(bool)] * 8), min_size=1, max_size=8))
def test_a_roster_that_travels_with_the_form_arrives_as_it_was_read(lines: list[RosterLine]) -> None:
    again = read_lines([read_pasted(as_cells(lines))], FOR_ACCOUNTS)
    assert [as_cells([line]) for line in again] == [as_cells([line]) for line in lines]


def test_every_column_of_the_roster_is_a_field_of_its_line() -> None:
    assert {one.value for one in RosterColumn} == {one.name for one in fields(RosterLine)} - {"number"}


def test_the_columns_may_stand_in_any_order_below_a_title_and_with_marks() -> None:
    sheet = read_pasted(f"人员名册\n姓名*\t单位代码\t职务（必填）\t账号\n谭五\t{VILLAGE}\t报账员\ttan.wu\n")
    assert read_lines([sheet], FOR_ACCOUNTS) == [RosterLine(3, "tan.wu", "谭五", "报账员", VILLAGE)]


def test_a_sheet_without_the_columns_is_refused_by_name() -> None:
    with pytest.raises(HeadingMissing) as refused:
        read_lines([read_pasted("姓名\t电话\n谭五\t1\n")], FOR_ACCOUNTS)
    assert "用户名" in str(refused.value)


def test_a_roster_longer_than_a_request_can_bear_is_refused() -> None:
    lines = [RosterLine(0, f"user{number}", "名", "职", VILLAGE) for number in range(MOST_PEOPLE + 1)]
    with pytest.raises(TooManyPeople):
        read_lines([read_pasted(as_cells(lines))], FOR_ACCOUNTS)
    assert len(read_lines([read_pasted(as_cells(lines[1:]))], FOR_ACCOUNTS)) == MOST_PEOPLE


def test_the_template_has_the_columns_that_both_administrators_read() -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(template())).get_sheet_by_index(0)
    heads = set(sheet.to_python()[0])
    assert heads >= {one.label for one in FOR_ACCOUNTS | FOR_GRANTS}


def test_the_precheck_writes_nothing_and_shows_who_would_get_an_account(client: FlaskClient) -> None:
    before = count(User)
    page = open_accounts(client, TWO)
    assert page.status_code == 200
    assert "谭五" in page.text
    assert count(User) == before


def test_every_wrong_row_is_named_and_none_is_opened_even_if_confirmed(client: FlaskClient) -> None:
    before = count(User)
    wrong = (
        TWO + f"village_clerk\t重名\t报账员\t{VILLAGE}\n" + "tan.wu\t重复\t报账员\t500240999999\n" + "9bad\t\t报\t华\n"
    )
    page = open_accounts(client, wrong, confirmed="1")
    assert page.status_code == 422
    numbers = re.findall(r'data-label="行号">(\d+)<', page.text)
    assert numbers == ["4", "5", "5", "6", "6", "6"]
    assert count(User) == before


def test_confirmed_accounts_get_first_passwords_that_are_shown_once(client: FlaskClient) -> None:
    open_accounts(client, TWO)
    page = sent(client, "/admin/users/import", TWO, confirmed="1")
    codes = re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", page.text)
    assert len(codes) == 2
    assert password_matches(user("tan.wu").password_hash, codes[0])
    assert user("tan.wu").must_change
    again = sent(client, "/admin/users/import", TWO, confirmed="1")
    assert (again.status_code, again.location) == (303, "/admin/users")
    payloads = db.session.scalars(select(TrailEvent.payload)).all()
    assert not any(code in payload for code in codes for payload in payloads)


def test_opening_accounts_grants_no_role_whatever_the_roster_says(client: FlaskClient) -> None:
    open_accounts(client, TWO, confirmed="1")
    assert roles("tan.wu") == set()


def test_a_unit_may_be_named_where_the_name_is_the_only_one(client: FlaskClient) -> None:
    open_accounts(client, HEADS + "tan.wu\t谭五\t报账员\t华溪村\n", confirmed="1")
    assert user("tan.wu").region_code == VILLAGE


def test_the_security_administrator_grants_the_roles_of_the_same_roster(app: Flask) -> None:
    open_accounts(app.test_client(), TWO, confirmed="1")
    client = app.test_client()
    Visitor(client, "security_administrator")
    assert "村报账员" in sent(client, "/admin/grants/import", TWO).text
    assert roles("tan.wu") == set()
    assert sent(client, "/admin/grants/import", TWO, confirmed="1").status_code == 303
    assert (roles("tan.wu"), roles("qin.liu")) == ({"VILLAGE_CLERK"}, {"VILLAGE_HEAD"})


CLASHING = (
    ("cashier\t\t\t\t村报账员\t\t\t通知\n", "出纳"),
    ("tan.wu\t\t\t\t出纳\t\t\t通知\ntan.wu\t\t\t\t村负责人\t\t\t通知\n", "村负责人"),
    ("village_clerk\t\t\t\t区县经办员\t\t\t通知\n", "不能设在这一级单位"),
    ("security_administrator\t\t\t\t审计员\t\t\t通知\n", "不能给自己授权"),
    ("nobody.here\t\t\t\t村报账员\t\t\t通知\n", "没有这个用户名"),
    ("village_clerk\t\t\t\t村长\t\t\t通知\n", "村长"),
    ("village_clerk\t\t\t\t村负责人\t\t\t\n", "必填"),
)


@pytest.mark.parametrize(("rows", "said"), CLASHING)
def test_what_a_single_grant_refuses_a_roster_refuses_too(app: Flask, rows: str, said: str) -> None:
    open_accounts(app.test_client(), TWO, confirmed="1")
    client, before = app.test_client(), count(UserGrant)
    Visitor(client, "security_administrator")
    good = f"qin.liu\t\t\t\t村报账员\t{SIBLING_VILLAGE}\t\t通知\n"
    page = sent(client, "/admin/grants/import", HEADS + good + rows, confirmed="1")
    assert page.status_code == 422
    assert said in page.text
    assert count(UserGrant) == before


def test_nobody_is_given_a_role_or_an_account_beyond_the_administrators_county(app: Flask) -> None:
    roster = HEADS + f"tan.wu\t谭五\t报账员\t{COUNTY}\n"
    for username in ("security_administrator", "village_clerk", "audit_administrator"):
        client = app.test_client()
        Visitor(client, username)
        assert sent(client, "/admin/users/import", roster, confirmed="1").status_code == 403


def test_a_workbook_is_read_like_pasted_cells(client: FlaskClient) -> None:
    Visitor(client, "system_administrator")
    data = {"file": (BytesIO(TWO.replace("\t", ",").encode()), "名册.csv"), "one_time_key": "k"}
    assert "秦六" in client.post("/admin/users/import", data=data).text
