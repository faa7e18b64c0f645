"""What the database itself forbids: changing or deleting a row of an append-only table, and forking a log.

Every migration ends with ``install_guards``, because SQLite's batch mode drops triggers.
"""

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

APPEND_ONLY = (
    "appraisal",
    "approval_decision",
    "approval_interest",
    "asset_lineage",
    "attachment",
    "comment",
    "funding_line",
    "industry_review",
    "meeting",
    "meeting_stage",
    "objection_answer",
    "operating_result",
    "patrol",
    "patrol_round",
    "payout_result",
    "payout_round",
    "plan_input",
    "plan_line",
    "print",
    "print_file",
    "receipt_check",
    "region_name",
    "resolution",
    "roll_review",
    "title_change",
    "trail_checkpoint",
    "trail_event",
    "trail_mention",
    "trail_tile",
    "value_change",
)
GENESIS = "0" * 64

_SQLITE_ROW = """
CREATE TRIGGER guard_{table}_{verb} BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_SQLITE_LOG = f"""
CREATE TRIGGER guard_trail_event_order BEFORE INSERT ON trail_event
WHEN NEW.seq IS NOT 1 + coalesce((SELECT max(seq) FROM trail_event WHERE log_id = NEW.log_id), 0)
  OR NEW.prev IS NOT coalesce(
       (SELECT leaf_hash FROM trail_event WHERE log_id = NEW.log_id ORDER BY seq DESC LIMIT 1), '{GENESIS}')
BEGIN SELECT RAISE(ABORT, 'trail_event out of order'); END
"""
_POSTGRES_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE OR REPLACE FUNCTION guard_trail_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_seq bigint; last_hash text;
BEGIN
  SELECT seq, leaf_hash INTO last_seq, last_hash FROM trail_event
    WHERE log_id = NEW.log_id ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last_seq, 0) + 1 OR NEW.prev <> coalesce(last_hash, '{GENESIS}') THEN
    RAISE EXCEPTION 'trail_event out of order';
  END IF;
  RETURN NEW;
END $$;
"""


def trigger_names() -> set[str]:
    """Return the triggers that must stand on SQLite; tests compare them with the database."""
    rows = {f"guard_{table}_{verb}" for table in APPEND_ONLY for verb in ("UPDATE", "DELETE")}
    return rows | {"guard_trail_event_order"}


def install_guards(connection: Connection) -> None:
    """Put every guard in place, whatever stood there before; tables of later migrations do not stand yet."""
    standing = set(inspect(connection).get_table_names())
    tables = [table for table in APPEND_ONLY if table in standing]
    if connection.dialect.name == "sqlite":
        _install_sqlite(connection, tables)
    else:
        _install_postgres(connection, tables)


def _install_sqlite(connection: Connection, tables: list[str]) -> None:
    for name in trigger_names():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(_SQLITE_ROW.format(table=table, verb=verb))
    connection.exec_driver_sql(_SQLITE_LOG)


def _install_postgres(connection: Connection, tables: list[str]) -> None:
    connection.exec_driver_sql(_POSTGRES_FUNCTIONS.replace("%", "%%"))
    for table in tables:
        for name, verbs, each in (
            ("guard_row", "UPDATE OR DELETE", "ROW"),
            ("guard_truncate", "TRUNCATE", "STATEMENT"),
        ):
            _trigger(connection, table, name, f"BEFORE {verbs}", each, "guard_append_only")
    _trigger(connection, "trail_event", "guard_order", "BEFORE INSERT", "ROW", "guard_trail_order")


def _trigger(connection: Connection, table: str, name: str, when: str, each: str, function: str) -> None:
    connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
    connection.exec_driver_sql(
        f'CREATE TRIGGER {name} {when} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {function}()'
    )
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name}')


def grant_to(connection: Connection, role: str) -> None:
    """Give the application's role what it needs and no more: append-only tables can be read and added to (PostgreSQL)."""
    quoted = '"' + role.replace('"', '""') + '"'
    tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).scalars()
    for table in tables:
        rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        rights = "SELECT" if table == "alembic_version" else rights
        connection.exec_driver_sql(f'REVOKE ALL ON "{table}" FROM {quoted}')
        connection.exec_driver_sql(f'GRANT {rights} ON "{table}" TO {quoted}')
    connection.exec_driver_sql(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
    _forbid_shadows(connection)


def _forbid_shadows(connection: Connection) -> None:
    """Let nobody hide a table behind a temporary one of the same name; only the database's owner can forbid it."""
    mine = (
        "SELECT datname FROM pg_database WHERE datname = current_database() AND pg_get_userbyid(datdba) = current_user"
    )
    name = connection.execute(text(mine)).scalar()
    if name is not None:
        quoted = '"' + name.replace('"', '""') + '"'
        connection.exec_driver_sql(f"REVOKE TEMPORARY ON DATABASE {quoted} FROM PUBLIC")
