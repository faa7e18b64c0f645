"""The console script: what it prints, what it leaves, and its exit codes."""

import json
from dataclasses import dataclass, field
from types import ModuleType

import pytest
from click.testing import CliRunner

from registry.accounts.queries import find_user
from registry.app import create_app
from registry.cli import main
from registry.database import db, refuse_writes
from tests.factories import VILLAGE


@pytest.fixture
def console(settings, monkeypatch):
    """Run a command on a copy of the template installation."""
    monkeypatch.setenv("FPA_DATA_DIR", str(settings.data_dir))
    yield lambda *arguments: CliRunner().invoke(main, arguments)
    refuse_writes("")


@pytest.fixture
def look(settings):
    """Look into the installation after a command."""
    with create_app(settings).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def test_init_on_a_standing_installation_changes_nothing(console):
    done = console("init")
    assert (done.exit_code, done.output) == (0, "")


def test_init_on_nothing_makes_everything_and_prints_the_code(tmp_path, monkeypatch):
    monkeypatch.setenv("FPA_DATA_DIR", str(tmp_path))
    done = CliRunner().invoke(main, ["init"])
    assert done.exit_code == 0, done.output
    assert "12,340" in done.output
    assert "一次性设置码：" in done.output
    assert (tmp_path / "keys" / "checkpoint.key").stat().st_mode & 0o077 == 0


def test_a_made_account_has_no_role_and_a_first_password(console, look):
    done = console("user", "create", "newcomer", "--name", "谭五", "--post", "会计", "--unit", VILLAGE)
    assert done.exit_code == 0, done.output
    user = find_user("newcomer")
    assert user.must_change
    assert "首次密码" in done.output


def test_a_reset_ends_with_a_new_first_password(console, look):
    before = find_user("village_clerk").password_hash
    db.session.rollback()
    assert console("user", "reset", "village_clerk").exit_code == 0
    assert find_user("village_clerk").password_hash != before


def test_a_disabled_account_cannot_be_used_as_signer(console):
    assert console("user", "disable", "system_administrator", "--reason", "调离").exit_code == 0
    done = console("user", "reset", "village_clerk", "--as", "system_administrator")
    assert done.exit_code == 1
    assert "没有用户名为" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("user", "reset", "nobody"),
        ("user", "disable", "nobody", "--reason", "x"),
        ("user", "create", "village_clerk", "--name", "x", "--post", "x", "--unit", VILLAGE),
        ("user", "create", "newcomer", "--name", "x", "--post", "x", "--unit", "1"),
    ],
)
def test_a_refusal_is_a_sentence_and_exit_code_1(console, arguments):
    done = console(*arguments)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert "Traceback" not in done.output


def test_divisions_that_are_known_are_not_taken_twice(console, tmp_path):
    file = tmp_path / "divisions.csv"
    head = "code,name,level,parent_code\n"
    known = "500000000000,重庆市,municipality,\n"
    file.write_text(head + known, "utf-8")
    done = console("regions", "import", str(file))
    assert done.exit_code in {0, 1}, done.output
    assert "Traceback" not in done.output


def test_the_doctor_finds_nothing_wrong(console):
    done = console("doctor")
    assert done.exit_code == 0, done.output
    assert "需处理" not in done.output


def test_the_doctor_tells_what_helps_and_exits_with_1(console, settings):
    settings.checkpoints.mkdir()
    (settings.checkpoints / "500240").write_text("?", "utf-8")
    done = console("doctor")
    assert done.exit_code == 1
    assert "请从备份恢复检查点文件" in done.output
    quiet = console("doctor", "--quiet")
    assert (quiet.exit_code, quiet.output) == (1, "")


@dataclass(frozen=True)
class Problem:
    row: int = 3
    column: str = "原值"
    value: str = "约十万"
    problem: str = "看不懂"
    remedy: str = "请填数字"


@dataclass(frozen=True)
class Outcome:
    rows: int = 4
    importable: int = 1
    invalid: int = 1
    duplicate: int = 1
    skipped: int = 1
    errors: tuple[Problem, ...] = field(default=(Problem(),))


def test_json_is_the_only_thing_on_standard_output(console, tmp_path, monkeypatch):
    fake = ModuleType("registry.assets.register.sheets.console")
    fake.import_file = lambda *_arguments: Outcome()
    monkeypatch.setitem(__import__("sys").modules, fake.__name__, fake)
    file = tmp_path / "ledger.csv"
    file.write_text("", "utf-8")
    done = console("assets", "import", str(file), "--as", "village_clerk", "--dry-run", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert list(told) == ["rows", "importable", "invalid", "duplicate", "skipped", "errors"]
    assert list(told["errors"][0]) == ["row", "column", "value", "problem", "remedy"]
