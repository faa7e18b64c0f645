"""The first-run page works once, with the code of the console, and makes two persons who check each other."""

import shutil

import pytest
from sqlalchemy import func, select

from registry.accounts.models import User
from registry.accounts.queries import find_user, grants_of
from registry.app import create_app
from registry.clock import today
from registry.config import Settings
from registry.database import db
from registry.operations.console import initialise, setup_code
from registry.permissions import Role
from tests.factories import COUNTY, VILLAGE


@pytest.fixture(scope="module")
def initialised(tmp_path_factory):
    """A data folder as ``registry init`` leaves it."""
    folder = tmp_path_factory.mktemp("initialised")
    with create_app(Settings(data_dir=folder)).app_context():
        assert initialise().empty
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.fixture
def empty(initialised, tmp_path):
    """A browser at an installation without people."""
    shutil.copytree(initialised, tmp_path / "instance")
    app = create_app(Settings(data_dir=tmp_path / "instance", require_second_factor=False))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        yield app.test_client()
        db.session.remove()
        db.engine.dispose()


def facts(**changes):
    return {
        "setup_code": setup_code(),
        "username": "sysadmin",
        "name": "秦一",
        "post": "信息员",
        "unit_code": COUNTY,
        "password": "Mountain-Honey-2026",
        "security_name": "secadmin",
        "security_person": "冉二",
        **changes,
    }


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def test_it_makes_a_system_and_a_security_administrator(empty):
    answer = empty.post("/setup", data=facts())
    assert answer.status_code == 200, answer.text
    held = {name: [grant.role for grant in grants_of(find_user(name).id, today())] for name in ("sysadmin", "secadmin")}
    assert held == {"sysadmin": [Role.SYSTEM_ADMINISTRATOR], "secadmin": [Role.SECURITY_ADMINISTRATOR]}


def test_it_is_gone_afterwards(empty):
    empty.post("/setup", data=facts())
    assert empty.get("/setup").status_code == 404
    assert empty.post("/setup", data={"username": "third"}).status_code == 404
    assert people() == 2


def test_the_second_person_must_change_the_first_password(empty):
    empty.post("/setup", data=facts())
    assert find_user("secadmin").must_change
    assert not find_user("sysadmin").must_change


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"setup_code": "0000000000000000"}, "setup_code"),
        ({"security_name": "sysadmin"}, "security_name"),
        ({"security_person": "秦一"}, "security_name"),
        ({"unit_code": VILLAGE}, "unit_code"),
        ({"unit_code": "999999999999"}, "unit_code"),
        ({"password": "123456789012"}, "password"),
        ({"username": "x"}, "username"),
        ({"post": ""}, "post"),
    ],
)
def test_a_wrong_entry_is_refused_beside_its_field_and_writes_nobody(empty, changes, field):
    answer = empty.post("/setup", data=facts(**changes))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert people() == 0


def test_a_new_code_makes_the_earlier_one_void(empty):
    earlier = setup_code()
    setup_code()
    assert empty.post("/setup", data=facts(setup_code=earlier) | {"setup_code": earlier}).status_code == 422


def test_guessing_codes_is_slowed_down(empty):
    wrong = facts(setup_code="guess")
    assert [empty.post("/setup", data=wrong).status_code for _ in range(5)][-1] == 429


def test_an_installation_with_people_has_no_first_run_page(client):
    assert client.get("/setup").status_code == 404
