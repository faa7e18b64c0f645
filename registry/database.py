"""The database: one session, and the one way to write, ``transaction()``.

A writing transaction names the regions it will touch, locks their logs in ascending order before it loads anything,
and refuses to commit an audited row that no trail event carries (trust.md §2–3).
"""

import contextlib
import re
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, MetaData, Table, Text, event, text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Session, UOWTransaction
from sqlalchemy.types import TypeDecorator, TypeEngine

from registry.changes import Audited, collect, merge, remember
from registry.engines import writer_turn
from registry.errors import RegistryError
from registry.regions import log_of
from registry.text import N_

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
#: The request (or console command) being served; stands in every trail event and log line.
request_id: ContextVar[str] = ContextVar("request_id", default="console")
_flushing: ContextVar[bool] = ContextVar("flushing", default=False)


class NotInTransaction(RegistryError):
    """Something was about to be written outside ``transaction()``, or in a log it did not lock."""

    status = 500
    message = N_("写入没有放在事务里，已撤回。")


class UnrecordedChange(RegistryError):
    """An audited row changed and no trail event carries it."""

    status = 500
    message = N_("%(table)s 有改动没有写入操作日志，已全部撤回。")


class ReadOnly(RegistryError):
    """The installation has been told to write nothing; the message says why."""

    status = 503
    message = N_("系统处于只读状态，暂时不能写入。")


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: timestamptz on PostgreSQL, sortable RFC 3339 text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else moment_text(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value.astimezone(UTC) if value else None
        return datetime.fromisoformat(value)


def moment_text(moment: datetime) -> str:
    """Write a moment as RFC 3339 UTC with microseconds, the one form in which the trail and SQLite keep it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Base(DeclarativeBase):
    """The ground of every model: named constraints, big whole numbers, text without a length."""

    metadata = MetaData(naming_convention=NAMES)


# Set on the registry because Flask-SQLAlchemy derives its own base, and SQLAlchemy 2.1 refuses a map on each of them.
Base.registry.update_type_annotation_map({int: BigInteger, str: Text, datetime: Moment})
db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model


#: Of a table that is only ever read by its key: on SQLite its rows stand in the order of the key, and nowhere else.
STANDS_BY_KEY = {"sqlite_with_rowid": False}


def only_where(condition: str) -> dict[str, Any]:
    """Return what makes an index hold only the rows of which a condition is true, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


@event.listens_for(Table, "after_parent_attach")
def _strict(table: Table, _parent: object) -> None:
    table.dialect_options["sqlite"]["strict"] = True


_refusal = ""


def refuse_writes(reason: str) -> None:
    """Let no transaction of this process begin, for a reason marked with N_(); an empty one lets them begin again."""
    global _refusal  # noqa: PLW0603 - decided once, at the start of the process
    _refusal = reason


def why_read_only() -> str:
    """Return why nothing may be written, empty if writing is allowed."""
    return _refusal


@contextlib.contextmanager
def transaction(*region_codes: str) -> Iterator[None]:
    """Open one writing transaction over the logs of these regions; commit at the end, roll back on any error.

    What was loaded before is forgotten, so pass ids and codes into it, never entities.
    """
    if _refusal:
        raise ReadOnly(_refusal)
    session = db.session()
    if session.new or session.dirty or session.deleted or is_writing():
        raise NotInTransaction
    session.rollback()
    _flushing.set(False)
    logs = sorted({log_of(code) for code in region_codes})
    with writer_turn(db.engine):
        try:
            connection = session.connection(execution_options={"fpa_writing": True})
            for log_id in logs:
                lock_log(connection, log_id)
            session.info.update(locked=frozenset(logs), changes={})
            yield
            session.flush()
            refuse_unrecorded(session)
            session.commit()
        except BaseException:
            _give_up(session)
            raise
        finally:
            session.info.clear()


def _give_up(session: Session) -> None:
    """Roll back; what was interrupted between the database's commit and the session's own is done and is let go."""
    try:
        session.rollback()
    except InvalidRequestError:
        session.close()


def lock_log(connection: Connection, log_id: int) -> None:
    """Wait until no other writer holds this log; a SQLite file has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(1, :log)"), {"log": log_id})


def refuse_unrecorded(session: Session) -> None:
    """Raise UnrecordedChange if the session flushed an audited row that record() has not taken up.

    Raises NotInTransaction if somebody caught a failed statement and went on: its locks went with its transaction.
    """
    if not is_writing():
        raise NotInTransaction
    for table, _key in session.info["changes"]:
        raise UnrecordedChange(table=table)


def read_one_state() -> None:
    """Begin reading anew, so that all questions until the next transaction see one state of the database."""
    if is_writing():
        raise NotInTransaction
    session = db.session()
    session.rollback()
    if db.engine.dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def undo_reads() -> None:
    """End the reading transaction of a finished request."""
    db.session.rollback()


def is_writing() -> bool:
    """Say whether a ``transaction()`` is open in this context."""
    return "locked" in db.session().info


def broken_constraint(error: IntegrityError) -> str:
    """Return the name of the constraint that refused a row (PostgreSQL), or the engine's words (SQLite)."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or error.orig)


@event.listens_for(db.session, "before_flush")
def _before_flush(session: Session, _context: object, _instances: object) -> None:
    if "locked" in session.info:
        session.info["earlier"] = remember(session)
    elif any(isinstance(row, Audited) for row in (*session.new, *session.dirty, *session.deleted)):
        raise NotInTransaction
    _flushing.set(True)


@event.listens_for(db.session, "after_flush")
def _after_flush(session: Session, context: UOWTransaction) -> None:
    pending = session.info.get("changes")
    if pending is None:
        return
    for change in collect(session, context, session.info.pop("earlier")):
        key = (change.table, change.id)
        joined = merge(pending.pop(key), change) if key in pending else change
        if joined is not None:
            pending[key] = joined


@event.listens_for(db.session, "after_flush_postexec")
def _after_flush_postexec(_session: Session, _context: object) -> None:
    _flushing.set(False)


@event.listens_for(db.session, "after_soft_rollback")
def _after_rollback(_session: Session, _previous: object) -> None:
    _flushing.set(False)


_WRITE = re.compile(
    r"\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from|merge\s+into|copy"
    r"|truncate(?:\s+table)?)\s+(?:only\s+)?(?:[\"`\[]?\w+[\"`\]]?\s*\.\s*)?[\"`\[]?(\w+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)


def marked_tables(mark: type) -> dict[str, type[Any]]:
    """Return the tables whose model bears a mark (Audited, Derived, Trail), with their models."""
    models: list[Any] = [mapper.class_ for mapper in Base.registry.mappers]
    return {model.__tablename__: model for model in models if issubclass(model, mark)}


def watch_writes(engine: Any) -> None:
    """Refuse a write to an audited table that does not come from a flush and so would escape the trail."""
    audited = frozenset(marked_tables(Audited))
    _watch_rollbacks(engine)

    @event.listens_for(engine, "before_cursor_execute")
    def _refuse(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        is_read = statement[:6].upper() == "SELECT" and ";" not in statement
        if is_read or _flushing.get():
            return
        for table in _WRITE.findall(_COMMENT.sub(" ", statement)):
            if table.lower() in audited:
                raise UnrecordedChange(table=table)


def _watch_rollbacks(engine: Any) -> None:
    """Forget what was flushed since a savepoint that is undone; locks are gone with a transaction that is undone."""

    @event.listens_for(engine, "savepoint")
    def _keep(_connection: object, _name: object) -> None:
        info = db.session().info
        info.setdefault("kept", []).append(dict(info.get("changes", {})))

    @event.listens_for(engine, "release_savepoint")
    def _drop(_connection: object, _name: object, _context: object) -> None:
        db.session().info["kept"].pop()

    @event.listens_for(engine, "rollback_savepoint")
    def _undo(_connection: object, _name: object, _context: object) -> None:
        info = db.session().info
        kept = info["kept"].pop()
        if "changes" in info:
            info["changes"] = kept

    @event.listens_for(engine, "rollback")
    def _unlock(connection: Connection) -> None:
        if connection.get_execution_options().get("fpa_writing"):
            db.session().info.pop("locked", None)
