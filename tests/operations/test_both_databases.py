"""The same application stands on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.database import db, transaction
from registry.engines import owns_tables
from tests.factories import VILLAGE, confirmed


def test_a_card_is_registered_and_confirmed_on_either_database(any_app):
    assert confirmed().stage == "CONFIRMED"


def test_the_service_role_owns_no_table(any_app):
    with db.engine.connect() as connection:
        assert connection.dialect.name == "sqlite" or not owns_tables(connection)


def test_the_application_cannot_change_an_event(any_app):
    confirmed()
    with pytest.raises(DBAPIError), transaction(VILLAGE):
        db.session.execute(text("UPDATE trail_event SET payload = 'x'"))


def test_a_page_is_served_on_either_database(any_app):
    assert any_app.test_client().get("/login").status_code == 200
