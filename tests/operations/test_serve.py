"""What the service checks before it answers, and what it says while it does."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import structlog
from sqlalchemy import text

from registry.app import create_app
from registry.config import Settings, current
from registry.database import db
from registry.operations import logs, serve
from registry.operations.schema import owner_engine


@pytest.fixture(autouse=True)
def quiet_again():
    yield
    structlog.reset_defaults()


def test_an_application_on_the_present_schema_may_be_served(any_app):
    assert serve.prepare(any_app) == []


def test_an_older_schema_is_refused(app):
    engine = owner_engine(current())
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    engine.dispose()
    with pytest.raises(serve.SchemaNotCurrent):
        serve.prepare(app)


@pytest.mark.postgres
def test_the_role_that_owns_the_tables_is_refused(pg_settings):
    owner = Settings(data_dir=pg_settings.data_dir, database_uri=pg_settings.owner_database_uri)
    app = create_app(owner)
    with pytest.raises(serve.OwnerRefused):
        serve.prepare(app)
    with app.app_context():
        db.engine.dispose()


def test_an_old_sqlite_is_served_with_a_warning(app, monkeypatch):
    monkeypatch.setattr(serve, "SAFE_SQLITE", (99, 0, 0))
    assert "3.51.3" in serve.prepare(app)[0]


def test_a_request_is_one_json_line_without_its_query(app, capsys):
    serve.prepare(app)
    app.test_client().get("/login?next=/q/secret")
    (line,) = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["event"], told["path"], told["status"], told["user"]) == ("request", "/login", 200, None)
    assert len(told["request"]) == 16
    assert "secret" not in line


def test_a_probe_leaves_no_line(app, capsys):
    serve.prepare(app)
    app.test_client().get("/healthz")
    assert capsys.readouterr().err == ""


def test_nobody_writes_a_line_of_their_own(app, capsys):
    logs.configure()
    structlog.get_logger().info("x", text='a\nb\u2028{"event": "forged"}\x1b[31m')
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["text"] == 'a\\x0ab\\x2028{"event": "forged"}\\x1b[31m'


def test_an_exception_is_told_by_type_and_place_not_by_its_words(capsys):
    logs.configure()
    try:
        int("身份证 500240199001011234")
    except ValueError:
        structlog.get_logger().exception("broken", error="ValueError")
    line = capsys.readouterr().err
    assert "500240199001011234" not in line
    assert json.loads(line)["at"][-1].startswith("test_serve.py:")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port: int, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return answer.status


def test_the_server_starts_answers_and_stops(settings):
    port = free_port()
    command = [sys.executable, "-c", "from registry.cli import main; main()", "serve", "--port", str(port)]
    environment = {**os.environ, "FPA_DATA_DIR": str(settings.data_dir)}
    started = time.monotonic()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        line = server.stdout.readline().decode()
        assert f"http://127.0.0.1:{port}" in line
        assert [fetch(port, path) for path in ("/healthz", "/readyz", "/login", "/static/css/app.css")] == [200] * 4
        assert time.monotonic() - started < 20
        assert fetch(port, f"/login?next=/{'a' * 8_000}") == 200
        with pytest.raises(urllib.error.HTTPError) as refused:
            fetch(port, f"/login?next=/{'a' * 9_000}")
        assert (refused.value.code, serve.TOO_LONG in refused.value.read().decode()) == (414, True)
        server.send_signal(signal.SIGTERM)
        assert server.wait(15) == 0
