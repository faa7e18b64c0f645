"""Answering requests: what is checked before, the server of this platform, and the worker it keeps beside it."""

import sys
import threading
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask

from registry import config
from registry.database import db
from registry.engines import SAFE_SQLITE, owns_tables, sqlite_module
from registry.errors import RegistryError
from registry.operations import logs
from registry.operations.keeper import Keeper
from registry.operations.readonly import guard_against_old_database
from registry.operations.schema import is_current
from registry.text import N_

#: The longest first line of a request that gunicorn can be told to read: its address with all conditions of a search.
LONGEST_LINE = 8190
#: What is said to whoever sends a longer one, which never reaches a page of ours.
TOO_LONG = N_("网址太长，打不开。请退回上一页，减少查询条件后再试。")
#: A page that takes longer than this is given up.
TIMEOUT_SECONDS = 120


class SchemaNotCurrent(RegistryError):
    """The database waits for a migration, or comes from a newer program."""

    message = N_("数据库结构与程序版本不一致，请先运行 registry init。")


class OwnerRefused(RegistryError):
    """The service must not run as the role that owns the tables: it could drop the guards."""

    message = N_("运行服务的数据库角色拥有数据表，能拆除防篡改保护。请把 FPA_DATABASE_URI 换成应用角色。")


def prepare(app: Flask) -> list[str]:
    """Make an application fit for serving; returns warnings.

    Raises SchemaNotCurrent, OwnerRefused. A database older than its checkpoints is served without writing.
    """
    logs.configure()
    logs.attach(app)
    with app.app_context():
        if not is_current():
            raise SchemaNotCurrent
        if not config.current().is_sqlite:
            with db.engine.connect() as connection:
                if owns_tables(connection):
                    raise OwnerRefused
        reason = guard_against_old_database(config.current().checkpoints)
        db.engine.dispose()  # a connection must not be shared by the workers
    if reason:
        structlog.get_logger().error("read-only", reason=reason)
    return [text for text in (reason, _old_sqlite()) if text]


def _old_sqlite() -> str:
    version: tuple[int, ...] = sqlite_module().sqlite_version_info
    if not config.current().is_sqlite or version >= SAFE_SQLITE:
        return ""
    return N_("SQLite 版本低于 3.51.3，极少数情况下断电会损坏数据库。请安装 pysqlite3 或改用 PostgreSQL。")


def run(app: Flask, *, host: str, port: int, workers: int | None, ready: Callable[[], None]) -> None:
    """Serve until told to stop, with a worker beside; ``ready`` is called when the address answers."""
    if sys.platform == "win32":
        _run_waitress(app, host, port, ready)
    else:
        options = {"bind": f"{host}:{port}", "workers": workers or config.current().workers}
        _run_gunicorn(app, {**options, "worker_class": _worker_class(), "limit_request_line": LONGEST_LINE}, ready)


def _run_waitress(app: Flask, host: str, port: int, ready: Callable[[], None]) -> None:
    import waitress  # noqa: PLC0415 - on Windows only

    keeper, ended = Keeper(), threading.Event()

    def tend() -> None:
        while not ended.wait(1):
            keeper.tend()

    threading.Thread(target=tend, daemon=True).start()
    ready()
    try:
        waitress.serve(app, host=host, port=port, threads=4, ident=None)
    finally:
        ended.set()
        keeper.stop()


def _run_gunicorn(app: Flask, options: dict[str, Any], ready: Callable[[], None]) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - not on Windows
    from gunicorn.arbiter import Arbiter  # noqa: PLC0415

    keeper = Keeper()
    settings = {
        **options,
        "preload_app": True,
        "timeout": TIMEOUT_SECONDS,
        "graceful_timeout": 30,
        "loglevel": "warning",
        "control_socket_disable": True,
        "when_ready": lambda _server: ready(),
        "post_fork": lambda _server, _worker: _forget_parent(app, keeper),
        "on_exit": lambda _server: keeper.stop(),
    }

    class Master(Arbiter):  # type: ignore[misc]
        """Gunicorn's master, which looks after the worker whenever it looks after its own processes."""

        def manage_workers(self) -> None:
            super().manage_workers()
            keeper.tend()

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with the settings above and no command line of its own."""

        def load_config(self) -> None:
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

        def run(self) -> None:
            Master(self).run()

    Server().run()


def _worker_class() -> type[Any]:
    """Return gunicorn's process that answers requests, which refuses too long an address in our words."""
    from gunicorn.http.errors import LimitRequestLine  # noqa: PLC0415 - not on Windows
    from gunicorn.workers.sync import SyncWorker  # noqa: PLC0415

    class Worker(SyncWorker):  # type: ignore[misc]
        """One request after the other."""

        def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
            if isinstance(exc, LimitRequestLine):
                client.sendall(too_long())
            else:
                super().handle_error(req, client, addr, exc)

    return Worker


def too_long() -> bytes:
    """Return the whole answer to an address that is too long: no application runs for it, so no template does."""
    page = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>网址太长</title><p>{TOO_LONG}</p></html>'
    body = page.encode()
    head = ("HTTP/1.1 414 URI Too Long", "Connection: close", "Content-Type: text/html; charset=utf-8",
            "Cache-Control: no-store", f"Content-Length: {len(body)}", "", "")  # fmt: skip
    return "\r\n".join(head).encode() + body


def _forget_parent(app: Flask, keeper: Keeper) -> None:
    """Let go, in a process forked to answer requests, of what belongs to its parent."""
    keeper.let_go()
    with app.app_context():
        db.engine.dispose(close=False)
