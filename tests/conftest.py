"""Real databases for every test: a migrated template per run, copied per worker and test; PostgreSQL where it can run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.app import create_app
from registry.config import Settings
from registry.database import db, transaction
from registry.operations.schema import record_schema, upgrade
from registry.permissions import system_actor
from registry.places.services import import_divisions, logs_of, read_divisions
from tests.factories import MUNICIPALITY, divisions, seed_people


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="heavy settings: thousands of cases instead of dozens")


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Say whether the heavy settings are asked for."""
    return bool(request.config.getoption("--full"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated database, one county's places and a person of every role."""
    folder = tmp_path_factory.mktemp("template")
    settings = Settings(data_dir=folder, require_second_factor=False)
    app = create_app(settings)
    upgrade(settings)
    with app.app_context():
        record_schema(MUNICIPALITY)
        rows = read_divisions(divisions())
        with transaction(*logs_of(rows)):
            import_divisions(rows, by=system_actor(MUNICIPALITY))
        seed_people()
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.fixture
def settings(template: Path, tmp_path: Path) -> Settings:
    """A copy of the template for one test."""
    folder = tmp_path / "instance"
    shutil.copytree(template, folder)
    return Settings(data_dir=folder, require_second_factor=False)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on its own copy of the template database."""
    application = create_app(settings)
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts that is not signed in."""
    return app.test_client()
