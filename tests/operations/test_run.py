"""run.py: the two commands of the README, on machines that lack something."""

import importlib.util
import os
import socket
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def runner(tmp_path):
    """A fresh copy of run.py in an otherwise empty project."""
    (tmp_path / "contrib").mkdir()
    for wheel in (ROOT / "contrib").glob("pip-*.whl"):
        (tmp_path / "contrib" / wheel.name).symlink_to(wheel)
    (tmp_path / "run.py").write_bytes((ROOT / "run.py").read_bytes())
    (tmp_path / "requirements.lock").write_text("", "utf-8")
    spec = importlib.util.spec_from_file_location("fresh_run", tmp_path / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_needs_only_the_standard_library():
    probe = f"import sys; sys.argv=['run.py']; import runpy; runpy.run_path({str(ROOT / 'run.py')!r})"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_old_python_is_told_so_in_plain_words(runner, monkeypatch, capsys):
    monkeypatch.setattr(runner.sys, "version_info", (3, 9))
    assert runner.main([]) == 1
    assert "需要 Python 3.11" in capsys.readouterr().out


def test_the_environment_is_made_without_ensurepip(runner, tmp_path, monkeypatch):
    missing = tmp_path / "broken"
    missing.mkdir()
    (missing / "ensurepip.py").write_text("raise ImportError('Debian leaves this out')", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(missing))
    assert subprocess.run([sys.executable, "-m", "ensurepip"], capture_output=True, check=False).returncode != 0
    runner.make_venv()
    done = subprocess.run([runner.PYTHON, "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_same_lock_is_installed_once(runner, monkeypatch):
    calls = []
    monkeypatch.setattr(runner, "make_venv", lambda: runner.PYTHON.parent.mkdir(parents=True))
    monkeypatch.setattr(runner, "pip", lambda *arguments: calls.append(arguments) or runner.PYTHON.touch() or 0)
    runner.install("requirements.lock")
    runner.install("requirements.lock")
    assert len(calls) == 1
    (runner.ROOT / "requirements.lock").write_text("# changed", "utf-8")
    runner.install("requirements.lock")
    assert len(calls) == 2


def test_hashes_are_always_required(runner, monkeypatch):
    calls = []
    monkeypatch.setattr(runner, "make_venv", lambda: runner.PYTHON.parent.mkdir(parents=True))
    monkeypatch.setattr(runner, "pip", lambda *arguments: calls.append(arguments) or 0)
    runner.install("requirements.lock")
    assert "--require-hashes" in calls[0]
    assert "--no-index" not in calls[0]


def test_a_wheels_folder_replaces_the_network(runner, monkeypatch):
    calls = []
    runner.WHEELS.mkdir()
    monkeypatch.setattr(runner, "make_venv", lambda: runner.PYTHON.parent.mkdir(parents=True))
    monkeypatch.setattr(runner, "pip", lambda *arguments: calls.append(arguments) or 0)
    runner.install("requirements.lock")
    assert calls[0][3:6] == ("--no-index", "--find-links", str(runner.WHEELS))


def test_a_failed_step_stops_with_a_sentence(runner):
    with pytest.raises(SystemExit, match="软件包没有装上"):
        runner.must(1, "软件包没有装上。")


def test_a_taken_port_is_passed_over(runner, monkeypatch):
    started = []
    monkeypatch.setattr(runner.os, "execv", lambda _path, arguments: started.append(arguments))
    monkeypatch.setattr(runner, "run", lambda *_command: 0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(runner, "FIRST_PORT", port)
        runner.serve("127.0.0.1", None, empty=True)
        assert runner.serve("127.0.0.1", port, empty=True) == 1
    chosen = int(started[0][started[0].index("--port") + 1])
    assert chosen > port
    assert started[0][-1] == "empty"


def test_every_check_runs_although_an_earlier_one_failed(runner, monkeypatch, capsys):
    called = []
    monkeypatch.setattr(runner, "install", lambda _lock: None)
    monkeypatch.setattr(runner, "write_launcher", lambda: None)
    monkeypatch.setattr(
        runner, "run", lambda *command: called.append(Path(command[0]).name) or int("mypy" in command[0])
    )
    monkeypatch.setenv("PATH", os.environ["PATH"])
    assert runner.run_tests(["-k", "x"]) == 1
    assert called == ["ruff", "ruff", "mypy", "lint-imports", "djlint", runner.PYTHON.name]
    assert "mypy            未通过" in capsys.readouterr().out


def test_a_bundle_holds_no_data_and_no_keys(runner, tmp_path):
    for name in ("instance/keys/seal.key", ".git/config", "registry/app.py", "wheels/a.whl", ".ruff_cache/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    with tarfile.open(tmp_path.parent / "b.tar", "w") as archive:
        archive.add(tmp_path, arcname="registry", filter=runner.bundled)
        names = set(archive.getnames())
    assert {"registry/registry/app.py", "registry/wheels/a.whl", "registry/run.py"} <= names
    assert not any(part in name for name in names for part in ("instance", ".git", "_cache"))


def test_making_a_bundle_puts_the_wheels_into_it_and_leaves_none_beside_the_source(runner, tmp_path, monkeypatch):
    def download(*arguments):
        (Path(arguments[-1]) / "a.whl").touch()
        return 0

    monkeypatch.setattr(runner, "pip", download)
    monkeypatch.setattr(runner, "make_venv", lambda: None)
    assert runner.bundle() == 0
    with tarfile.open(next((tmp_path / "dist").glob("offline-*.tar.gz"))) as archive:
        assert "registry/wheels/a.whl" in archive.getnames()
    assert not runner.WHEELS.exists()
