"""Runs migrations on a connection that the caller opened (``registry init``, tests)."""

import sys
from pathlib import Path
from typing import Any, Literal

from alembic import context

sys.path.insert(0, str(Path(__file__).parent))
import sqlite_types  # noqa: F401 - registers the STRICT type names


def include(_object: object, name: str | None, kind: str, _reflected: bool, _compare_to: object) -> bool:  # noqa: FBT001
    """Leave the search index out: it is a virtual table on one engine and an array on the other."""
    return not (kind == "table" and str(name).startswith("asset_search"))


def render(kind: str, item: Any, _autogen: object) -> str | Literal[False]:
    """Write the application's moment type as plain SQLAlchemy, so that a migration imports nothing of ours."""
    if kind == "type" and type(item).__name__ == "Moment":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Migrate inside one transaction; SQLite's foreign keys are off meanwhile and checked before the commit."""
    connection = context.config.attributes["connection"]
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes.get("metadata"),
        include_object=include,
        render_item=render,
        render_as_batch=sqlite,
        compare_type=not sqlite,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if sqlite:
            # A table is rebuilt under another name and renamed: triggers that ask about it must bear that.
            connection.exec_driver_sql("PRAGMA legacy_alter_table=ON")
        context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"foreign keys broken by the migration: {broken[:5]}")


run()
