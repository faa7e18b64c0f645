"""Statements sent to the database past every rule, as the application's own connection and role send them."""

from sqlalchemy import Table, text
from sqlalchemy.exc import SQLAlchemyError

from registry.approvals.requests.models import ApprovalRequest
from registry.database import Base, db
from tests.factories import person

#: Whatever a shortcut would change.
WATCHED = (
    "approval_decision", "approval_query", "approval_request", "approval_step", "asset", "disposal_case",
    "disposal_execution", "disposal_line", "disposal_price", "household_disposal", "notice", "proceeds", "proceeds_use",
)  # fmt: skip


def standing() -> dict[str, list[str]]:
    """Every row of the tables that shortcuts aim at, as text."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return {
            table: sorted(str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"')))
            for table in WATCHED
        }


def refusal_of(*statements: str) -> str:
    """Send statements in one transaction that is rolled back; return what the database said, empty if it obeyed."""
    try:
        carried_out(*statements)
    except _errors() as error:
        return str(error)
    return ""


def carried_out(*statements: str) -> int:
    """Send statements in one transaction that is rolled back; return how many rows the last one touched."""
    db.session.rollback()
    with db.engine.connect().execution_options(fpa_writing=True) as connection:
        transaction = connection.begin()
        try:
            cursor = connection.connection.cursor()
            for statement in statements:
                cursor.execute(statement)
            return int(cursor.rowcount)
        finally:
            transaction.rollback()


def _errors() -> tuple[type[Exception], ...]:
    module = db.engine.dialect.loaded_dbapi
    return (module.Error, SQLAlchemyError)


def copied(table: str, row_id: int, **changes: str) -> str:
    """Write the statement that puts in a row like one that stands, some of its columns otherwise."""
    columns = [column.name for column in _table(table).columns if column.name != "id"]
    values = [changes.get(name, f'"{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM "{table}" WHERE id = {row_id}'


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def decision(request: ApprovalRequest, position: int, username: str, verdict: str = "AGREE", **changes: str) -> str:
    """Write the statement that puts a decision of a person into the table."""
    values = {
        "request_id": "r.id", "position": str(position), "verdict": f"'{verdict}'", "opinion": "'同意'", "defect": "''",
        "by_id": str(person(username).id), "by_text": "'某人'", "for_id": "NULL", "for_text": "''",
        "content_digest": "r.content_digest", "content_version": "r.content_version", "at": "r.submitted_at",
        "waited_days": "0", "region_code": "r.region_code",
        **changes,
    }  # fmt: skip
    names = ", ".join(f'"{name}"' for name in values)
    return (
        f"INSERT INTO approval_decision ({names}) SELECT {', '.join(values.values())} "
        f"FROM approval_request r WHERE r.id = {request.id}"
    )


def position_of(request: ApprovalRequest, label: str) -> int:
    """The place of the step of a kind, or of a role's desk."""
    return next(step.position for step in request.steps if label in {step.kind, step.seat_role})
