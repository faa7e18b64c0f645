"""What the database itself forbids: changing or deleting a row of an append-only table, and forking a log.

Every migration ends with ``install_guards``, because SQLite's batch mode drops triggers. What is refused by rule and
database alike, case by case, stands in ``case_guards.py``, ``disposal_guards.py``, ``supervision_guards.py`` and ``evaluation_guards.py``.
"""

import sys
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

sys.path.insert(0, str(Path(__file__).parent))
from case_guards import CASE_GUARDS
from disposal_guards import DISPOSAL_GUARDS
from evaluation_guards import EVALUATION_GUARDS
from guarding import put_up, take_down
from supervision_guards import SUPERVISION_GUARDS

APPEND_ONLY = (
    "appraisal",
    "approval_decision",
    "approval_interest",
    "asset_lineage",
    "attachment",
    "comment",
    "demand_letter",
    "disposal_appraisal",
    "disposal_execution",
    "disposal_gates",
    "dropped_paper",
    "engagement_scope",
    "evaluation_score",
    "finding_asset",
    "finding_step",
    "funding_line",
    "income_row",
    "industry_review",
    "meeting",
    "meeting_stage",
    "month_figures",
    "objection_answer",
    "operating_result",
    "patrol",
    "patrol_round",
    "payout_due",
    "payout_result",
    "payout_round",
    "plan_input",
    "plan_line",
    "platform_number",
    "posting",
    "print",
    "print_file",
    "proceeds_receipt",
    "receipt_check",
    "region_name",
    "quiet_period",
    "resolution",
    "roll_review",
    "stock_mark",
    "title_change",
    "trail_checkpoint",
    "trail_event",
    "trail_mention",
    "trail_tile",
    "use_change",
    "value_change",
    "voucher",
    "warning_word",
)
#: Conditions on what is written, said once for both engines.
RULES = (*CASE_GUARDS, *DISPOSAL_GUARDS, *SUPERVISION_GUARDS, *EVALUATION_GUARDS)
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
#: Lines come before their voucher, and none after it; the voucher comes only if they balance (trust.md, sections 3 and 4).
_SQLITE_BOOKS = {
    "posting": """
CREATE TRIGGER guard_posting_order BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM voucher WHERE uid = NEW.voucher_uid)
BEGIN SELECT RAISE(ABORT, 'posting after its voucher'); END
""",
    "voucher": """
CREATE TRIGGER guard_voucher_order BEFORE INSERT ON voucher
WHEN NEW.number IS NOT 1 + coalesce(
       (SELECT max(number) FROM voucher WHERE book_id = NEW.book_id AND year = NEW.year), 0)
  OR NEW.year IS NOT NEW.month / 12
  OR NEW.debit_fen IS NOT NEW.credit_fen
  OR NEW.debit_fen IS NOT (SELECT sum(debit_fen) FROM posting WHERE voucher_uid = NEW.uid)
  OR NEW.credit_fen IS NOT (SELECT sum(credit_fen) FROM posting WHERE voucher_uid = NEW.uid)
  OR EXISTS (SELECT 1 FROM posting WHERE voucher_uid = NEW.uid
       AND (book_id IS NOT NEW.book_id OR month IS NOT NEW.month OR booked_on IS NOT NEW.booked_on))
  OR EXISTS (SELECT 1 FROM book_period WHERE book_id = NEW.book_id AND month >= NEW.month AND state = 'CLOSED')
  OR EXISTS (SELECT 1 FROM voucher WHERE id = NEW.reverses_id AND (book_id IS NOT NEW.book_id OR reverses_id IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'voucher does not balance, is out of order or its month is closed'); END
""",
}
_POSTGRES_BOOKS = """
CREATE OR REPLACE FUNCTION guard_posting_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM voucher WHERE uid = NEW.voucher_uid) THEN
    RAISE EXCEPTION 'posting after its voucher';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION guard_voucher_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_number bigint; debits numeric; credits numeric; strays bigint;
BEGIN
  SELECT coalesce(max(number), 0) INTO last_number FROM voucher WHERE book_id = NEW.book_id AND year = NEW.year;
  SELECT sum(debit_fen), sum(credit_fen),
         count(*) FILTER (WHERE book_id <> NEW.book_id OR month <> NEW.month OR booked_on <> NEW.booked_on)
    INTO debits, credits, strays FROM posting WHERE voucher_uid = NEW.uid;
  IF NEW.number <> last_number + 1 OR NEW.year <> NEW.month / 12 OR NEW.debit_fen <> NEW.credit_fen
     OR debits IS DISTINCT FROM NEW.debit_fen OR credits IS DISTINCT FROM NEW.credit_fen OR strays > 0
     OR EXISTS (SELECT 1 FROM book_period WHERE book_id = NEW.book_id AND month >= NEW.month AND state = 'CLOSED')
     OR EXISTS (SELECT 1 FROM voucher WHERE id = NEW.reverses_id
                AND (book_id <> NEW.book_id OR reverses_id IS NOT NULL)) THEN
    RAISE EXCEPTION 'voucher does not balance, is out of order or its month is closed';
  END IF;
  RETURN NEW;
END $$;
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
    order = {"guard_trail_event_order", *(f"guard_{table}_order" for table in _SQLITE_BOOKS)}
    return rows | order | {guard.trigger for guard in RULES}


def install_guards(connection: Connection) -> None:
    """Put every guard in place, whatever stood there before; tables of later migrations do not stand yet."""
    standing = set(inspect(connection).get_table_names())
    tables = [table for table in APPEND_ONLY if table in standing]
    if connection.dialect.name == "sqlite":
        _install_sqlite(connection, tables)
    else:
        _install_postgres(connection, tables)
    put_up(connection, RULES, standing)


def lift_rules(connection: Connection) -> None:
    """Let samples be written in bulk that no deed made (benchmarks); ``install_guards`` puts the rules back."""
    take_down(connection, RULES, set(inspect(connection).get_table_names()))


def _install_sqlite(connection: Connection, tables: list[str]) -> None:
    for name in trigger_names():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(_SQLITE_ROW.format(table=table, verb=verb))
    connection.exec_driver_sql(_SQLITE_LOG)
    for table in _SQLITE_BOOKS.keys() & set(tables):
        connection.exec_driver_sql(_SQLITE_BOOKS[table])


def _install_postgres(connection: Connection, tables: list[str]) -> None:
    connection.exec_driver_sql(_POSTGRES_FUNCTIONS.replace("%", "%%"))
    for table in tables:
        for name, verbs, each in (
            ("guard_row", "UPDATE OR DELETE", "ROW"),
            ("guard_truncate", "TRUNCATE", "STATEMENT"),
        ):
            _trigger(connection, table, name, f"BEFORE {verbs}", each, "guard_append_only")
    _trigger(connection, "trail_event", "guard_order", "BEFORE INSERT", "ROW", "guard_trail_order")
    if "voucher" in tables:
        connection.exec_driver_sql(_POSTGRES_BOOKS.replace("%", "%%"))
        for table in _SQLITE_BOOKS:
            _trigger(connection, table, "guard_order", "BEFORE INSERT", "ROW", f"guard_{table}_order")


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
