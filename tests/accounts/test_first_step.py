"""What stands before everything else: a first password to be replaced, a second factor to be set."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from registry.accounts.installation import DEMO, remember
from registry.accounts.models import User
from registry.accounts.services import set_second_factor
from registry.audit.actions import Action
from registry.audit.services import record
from registry.config import Settings
from registry.database import db, transaction
from registry.offices import SECOND_FACTOR
from registry.permissions import Role
from tests.conftest import opened
from tests.factories import SEATS, person
from tests.journeys.browser import Visitor


@pytest.fixture
def strict(settings: Settings) -> Iterator[Flask]:
    """An installation that asks approvers, cashiers and administrators for a second factor."""
    yield from opened(replace(settings, require_second_factor=True))


def first_page(app: Flask, username: str) -> str:
    visitor = Visitor(app.test_client(), username)
    return visitor.open("/").request.path


@pytest.mark.parametrize("role", list(Role))
def test_those_who_decide_pay_or_administer_set_a_second_factor_first(strict: Flask, role: Role) -> None:
    asked = first_page(strict, role.value.lower()) == "/me/second-factor"
    assert asked is (role in SECOND_FACTOR)


def test_no_page_but_ones_own_is_open_before_that(strict: Flask) -> None:
    visitor = Visitor(strict.test_client(), "township_supervisor")
    for page in ("/assets", "/todo", "/reports", "/trail"):
        assert visitor.open(page).request.path == "/me/second-factor"
    assert visitor.open("/me").request.path == "/me"


def test_once_it_is_set_the_way_is_free(strict: Flask) -> None:
    secret = pyotp.random_base32()
    with transaction(SEATS[Role.TOWNSHIP_SUPERVISOR]):
        user = db.session.scalars(select(User).where(User.username == "township_supervisor")).one()
        set_second_factor(user, secret, pyotp.TOTP(secret).now(), by=person("township_supervisor"))
    client = strict.test_client()
    visitor = Visitor(client, "township_supervisor")
    client.post("/login/code", data={"code": pyotp.TOTP(secret).now()})
    assert visitor.open("/todo").request.path == "/todo"


def test_the_demo_county_asks_nobody(strict: Flask) -> None:
    with transaction():
        remember(DEMO, "1")
    assert first_page(strict, "system_administrator") == "/"


def change(username: str, **values: object) -> None:
    with transaction(SEATS[Role.VILLAGE_CLERK]):
        user = db.session.scalars(select(User).where(User.username == username)).one()
        for name, value in values.items():
            setattr(user, name, value)
        record(Action.USER_CHANGED, user, by=person("system_administrator"))


def test_a_first_password_is_replaced_before_anything_else(app: Flask) -> None:
    change("village_clerk", must_change=True)
    assert first_page(app, "village_clerk") == "/me/password"


def test_a_password_of_more_than_ninety_days_is_replaced(app: Flask) -> None:
    user = db.session.scalars(select(User).where(User.username == "village_clerk")).one()
    change("village_clerk", password_changed_at=user.password_changed_at - timedelta(days=91))
    assert first_page(app, "village_clerk") == "/me/password"
