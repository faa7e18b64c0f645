"""Kept sums answer by everything boards ask: stock by cell, income by sector, dues by month; lists follow."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

#: A unit's sums hold what lies below it: village, township and county; the municipality's only what it manages itself.
_UNITS = (
    ("region_code", "1 = 1"),
    ("substr(region_code, 1, 9) || '000'", "substr(region_code, 10) <> '000' AND substr(region_code, 7, 3) <> '000'"),
    ("substr(region_code, 1, 6) || '000000'", "substr(region_code, 7) <> '000000'"),
)
_CELL = "category, stage, sector, owner_kind, title_status, use_status"
_MONTH = {"postgresql": "to_char(due_on, 'YYYYMM')", "sqlite": "substr(due_on, 1, 4) || substr(due_on, 6, 2)"}


def _fill(table: str, keys: str, figures: str, sums: str, rows: str, asked: str = "") -> None:
    """Sum rows by unit and key; ``asked`` says the keys as they are reckoned from a row, ``sums`` the figures."""
    kept = f"SELECT region_code, {asked or keys}, {sums} FROM {rows} GROUP BY region_code, {asked or keys}"
    names = ["unit", *(name.strip() for name in f"{keys}, {figures}".split(","))]
    levels = " UNION ALL ".join(
        f"SELECT {unit} AS unit, {keys}, {figures} FROM kept WHERE {level}" for unit, level in _UNITS
    )
    added = ", ".join(f"sum({name.strip()})" for name in figures.split(","))
    op.execute(
        f"INSERT INTO {table} (region_code, {keys}, {figures}) "
        f"WITH kept ({', '.join(['region_code', *names[1:]])}) AS ({kept}) "
        f"SELECT unit, {keys}, {added} FROM ({levels}) AS every_level GROUP BY unit, {keys}"
    )


def upgrade() -> None:
    _stock()
    _income()
    _dues()
    install_guards(op.get_bind())


def _stock() -> None:
    summed = ["region_code", "id", "stage", "original_value_fen", "poverty_fund_fen"]
    op.create_index("ix_asset_sector", "asset", ["sector", *summed], unique=False)
    op.drop_index("ix_asset_hand_over_due", table_name="asset")
    not_yet = sa.text("handed_over_on IS NULL")
    op.create_index(
        "ix_asset_hand_over_due", "asset", ["is_legacy", "region_code", "accepted_on"], unique=False,
        sqlite_where=not_yet, postgresql_where=not_yet,
    )  # fmt: skip
    for name, condition in (("handed_over", "NOT NULL"), ("not_handed_over", "NULL")):
        where = sa.text(f"handed_over_on IS {condition}")
        op.create_index(f"ix_asset_{name}", "asset", summed, unique=False, sqlite_where=where, postgresql_where=where)
    op.drop_table("asset_rollup")
    op.create_table(
        "asset_rollup",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("owner_kind", sa.String(length=20), nullable=False),
        sa.Column("title_status", sa.String(length=20), nullable=False),
        sa.Column("use_status", sa.String(length=20), nullable=False),
        sa.Column("is_handed_over", sa.Boolean(), nullable=False),
        sa.Column("assets", sa.BigInteger(), nullable=False),
        sa.Column("original_value_fen", sa.BigInteger(), nullable=False),
        sa.Column("poverty_fund_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "region_code", "category", "stage", "sector", "owner_kind", "title_status", "use_status", "is_handed_over",
            name=op.f("pk_asset_rollup"),
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )  # fmt: skip
    _fill(
        "asset_rollup", f"{_CELL}, is_handed_over", "assets, original_value_fen, poverty_fund_fen",
        "count(*), sum(original_value_fen), sum(poverty_fund_fen)", "asset", f"{_CELL}, handed_over_on IS NOT NULL",
    )  # fmt: skip


def _income() -> None:
    op.drop_table("income_sum")
    op.create_table(
        "income_sum",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("month", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "month", "kind", "sector", name=op.f("pk_income_sum")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    rows = "income_row WHERE basis <> 'REPORTED'"
    _fill("income_sum", "month, kind, sector", "rows, amount_fen", "count(*), sum(amount_fen)", rows)


def _dues() -> None:
    columns = ["region_code", "id", "due_on", "status", "sector"]
    op.create_index("ix_due_region", "due", columns, unique=False)
    op.create_table(
        "due_sum",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("month", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("dues", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("settled_fen", sa.BigInteger(), nullable=False),
        sa.Column("written_off_fen", sa.BigInteger(), nullable=False),
        sa.Column("open_dues", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "sector", "month", name=op.f("pk_due_sum")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    month = f"CAST({_MONTH[op.get_bind().dialect.name]} AS BIGINT)"
    _fill(
        "due_sum", "sector, month", "dues, amount_fen, settled_fen, written_off_fen, open_dues",
        "count(*), sum(amount_fen), sum(settled_fen), sum(written_off_fen), "
        "sum(CASE WHEN status IN ('OPEN', 'PART') THEN 1 ELSE 0 END)",
        "due WHERE amount_fen IS NOT NULL AND status <> 'VOID'", f"sector, {month}",
    )  # fmt: skip
