"""The built wheel holds everything and serves pages where no source tree is near."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = (
    "registry/_templates/base.html",
    "registry/_migrations/guards.py",
    "registry/_migrations/versions/0001_the_register.py",
    "registry/static/css/app.css",
    "registry/static/js/app.js",
    "registry/data/divisions-chongqing.csv",
    "registry/data/fonts/NotoSansSC-Regular.ttf",
    "registry/translations/en/LC_MESSAGES/messages.mo",
    "registry/audit/verify_audit.py",
)
#: Run in the fresh environment: the page of an installation that ``registry init`` has just made.
SERVE = """
import registry
from registry.app import create_app
assert "site-packages" in registry.__file__, registry.__file__
client = create_app().test_client()
answers = [client.get(path).status_code for path in ("/login", "/static/css/app.css", "/readyz", "/setup")]
assert answers == [200] * 4, answers
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.parametrize("part", PARTS)
def test_the_wheel_holds(wheel: Path, part: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert part in archive.namelist()


def test_the_wheel_holds_every_template_and_nothing_private(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    templates = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html")}
    assert {f"registry/_templates/{name}" for name in templates} <= names
    assert not any("instance/" in name or name.endswith((".key", ".db")) for name in names)


def test_an_installed_wheel_serves_pages(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    outer = Path(next(path for path in sys.path if path.endswith("site-packages")))
    (site,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(install, check=True)
    (site / "outer.pth").write_text(f"{outer}\n", "utf-8")
    environment = {**os.environ, "FPA_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": ""}
    subprocess.run([tmp_path / "venv" / "bin" / "registry", "init"], cwd=tmp_path, env=environment, check=True)
    subprocess.run([python, "-c", SERVE], cwd=tmp_path, env=environment, check=True)
