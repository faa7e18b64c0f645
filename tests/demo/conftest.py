"""The demo county, loaded once per run into a fresh database; each test opens its own copy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from registry.app import create_app
from registry.config import Settings
from registry.database import db, transaction
from registry.demo.load import load_demo
from registry.operations.schema import record_schema, upgrade
from registry.permissions import system_actor
from registry.places.services import import_divisions, logs_of, read_divisions
from tests.compiled import share_compiled
from tests.factories import MUNICIPALITY, divisions


@contextmanager
def opened(folder: Path) -> Iterator[Flask]:
    """Open the application on a data folder."""
    app = create_app(Settings(data_dir=folder, require_second_factor=False))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    share_compiled(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def make_empty(folder: Path) -> Path:
    """Make an installation that knows its places and nobody."""
    with opened(folder):
        upgrade(Settings(data_dir=folder))
        record_schema(MUNICIPALITY)
        rows = read_divisions(divisions())
        with transaction(*logs_of(rows)):
            import_divisions(rows, by=system_actor(MUNICIPALITY))
    return folder


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that knows its places and nobody."""
    return make_empty(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def loaded_template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo county, loaded."""
    folder = tmp_path_factory.mktemp("demo") / "instance"
    shutil.copytree(empty_template, folder)
    with opened(folder):
        load_demo()
    return folder


@pytest.fixture
def empty(empty_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """An empty installation for one test."""
    shutil.copytree(empty_template, tmp_path / "empty")
    with opened(tmp_path / "empty") as app:
        yield app


@pytest.fixture
def county(loaded_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """The loaded demo county for one test."""
    shutil.copytree(loaded_template, tmp_path / "demo")
    with opened(tmp_path / "demo") as app:
        yield app


def values(column: object) -> set[str]:
    """Return what stands in a column."""
    return set(db.session.scalars(select(column).distinct()))  # type: ignore[call-overload]
