"""Real databases for every test: a migrated template, copied per worker and test; PostgreSQL where it can run."""

import contextvars
import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry.app import create_app
from registry.config import Settings
from registry.database import db, refuse_writes, transaction
from registry.operations.schema import record_schema, upgrade
from registry.permissions import system_actor
from registry.places.services import import_divisions, logs_of, read_divisions
from tests.compiled import share_compiled
from tests.factories import MUNICIPALITY, divisions, seed_people
from tests.postgres import APPLICATION, OWNER, TEMPLATE, NoServer, Server, binaries, running_server

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class CleanClient(FlaskClient):
    """Runs each request in a context of its own, as a server does; a test's open context must not leak into it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return contextvars.Context().run(super().open, *args, **kwargs)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="heavy settings: thousands of cases instead of dozens")


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays to the end, modules and thousands of tests, in its rounds."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot run here, or fail it where FPA_TEST_REQUIRE says that it must."""
    if item.get_closest_marker("browser") and not any(shutil.which(name) for name in BROWSERS):
        lacking("browser", "no Chromium: apt-get install chromium")
    if item.get_closest_marker("postgres") and not (binaries() or "TEST_DATABASE_URL" in os.environ):
        lacking("postgres", "no PostgreSQL: apt-get install postgresql")


def lacking(part: str, why: str) -> None:
    """Skip a test for want of a part, unless the part is required."""
    if part in os.environ.get("FPA_TEST_REQUIRE", "").split(","):
        pytest.fail(f"{part} is required: {why}", pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Say whether the heavy settings are asked for."""
    return bool(request.config.getoption("--full"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated database, one county's places and a person of every role."""
    folder = tmp_path_factory.mktemp("template")
    fill(Settings(data_dir=folder, require_second_factor=False))
    return folder


def fill(settings: Settings) -> None:
    """Migrate an empty database and put places and people into it."""
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


@pytest.fixture
def settings(template: Path, tmp_path: Path) -> Settings:
    """A copy of the template for one test."""
    folder = tmp_path / "instance"
    shutil.copytree(template, folder)
    return Settings(data_dir=folder, require_second_factor=False)


@pytest.fixture(scope="session")
def pg_server() -> Iterator[Server]:
    """A PostgreSQL server with the two roles of an installation."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server())
        except NoServer as error:
            lacking("postgres", str(error))
        else:
            yield server


@pytest.fixture(scope="session")
def pg_template(pg_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of the database that every PostgreSQL test gets a copy of."""
    pg_server.drop(TEMPLATE)
    pg_server.run(f"CREATE DATABASE {TEMPLATE} OWNER {OWNER}")
    settings = pg_settings_for(pg_server, TEMPLATE, tmp_path_factory.mktemp("pg-template"))
    fill(settings)
    yield settings
    pg_server.drop(TEMPLATE)


def pg_settings_for(server: Server, database: str, folder: Path) -> Settings:
    """Return the settings of an installation on one database of the server."""
    return Settings(
        data_dir=folder,
        database_uri=server.uri(APPLICATION, database),
        owner_database_uri=server.uri(OWNER, database),
        require_second_factor=False,
    )


@pytest.fixture
def pg_settings(pg_server: Server, pg_template: Settings, tmp_path: Path) -> Iterator[Settings]:
    """A copy of the PostgreSQL template for one test, with the keys that belong to it."""
    folder, name = tmp_path / "pg-instance", pg_server.new_database()
    shutil.copytree(pg_template.data_dir, folder)
    yield pg_settings_for(pg_server, name, folder)
    pg_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_settings(request: pytest.FixtureRequest) -> Settings:
    """The settings of a fresh installation on each of the two databases."""
    fixture = "settings" if request.param == "sqlite" else "pg_settings"
    settings: Settings = request.getfixturevalue(fixture)
    return settings


@pytest.fixture
def any_app(any_settings: Settings) -> Iterator[Flask]:
    """The application on each of the two databases."""
    yield from opened(any_settings)


@pytest.fixture
def pg_app(pg_settings: Settings) -> Iterator[Flask]:
    """The application on its own copy of the PostgreSQL template database."""
    yield from opened(pg_settings)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on its own copy of the template database."""
    yield from opened(settings)


def opened(settings: Settings) -> Iterator[Flask]:
    """Open an application for one test."""
    application = create_app(settings)
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    application.test_client_class = CleanClient
    share_compiled(application)
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()
        refuse_writes("")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts that is not signed in."""
    return app.test_client()
