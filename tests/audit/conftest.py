"""The database file of the synthetic trail."""

import shutil
from pathlib import Path

import pytest

from tests.audit.forging import TRAIL


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file nobody has touched."""
    return TRAIL.write_database(tmp_path_factory.mktemp("pristine") / "registry.db")


@pytest.fixture
def database(pristine: Path, tmp_path: Path) -> Path:
    """A copy to tamper with."""
    return Path(shutil.copy(pristine, tmp_path / "registry.db"))
