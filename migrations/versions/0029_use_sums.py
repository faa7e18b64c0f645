"""What plans spend on each use is kept by unit and year."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

#: A unit's sums hold what lies below it: village, township and county; the municipality's only what it manages itself.
_UNITS = (
    ("region_code", "1 = 1"),
    ("substr(region_code, 1, 9) || '000'", "substr(region_code, 10) <> '000' AND substr(region_code, 7, 3) <> '000'"),
    ("substr(region_code, 1, 6) || '000000'", "substr(region_code, 7) <> '000000'"),
)
#: A plan counts once for a use, however many lines spend on it.
_SPENT = (
    "SELECT p.region_code, p.year, u.kind, p.id, sum(u.amount_fen) AS amount_fen FROM plan p "
    "JOIN plan_use u ON u.plan_id = p.id WHERE p.status IN ('AGREED', 'PAYING', 'DONE') "
    "GROUP BY p.region_code, p.year, u.kind, p.id"
)


def upgrade() -> None:
    op.create_table(
        "use_sum",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("year", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("plans", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "year", "kind", name=op.f("pk_use_sum")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    levels = " UNION ALL ".join(
        f"SELECT {unit} AS unit, year, kind, amount_fen FROM spent WHERE {level}" for unit, level in _UNITS
    )
    op.execute(
        f"INSERT INTO use_sum (region_code, year, kind, plans, amount_fen) WITH spent AS ({_SPENT}) "
        f"SELECT unit, year, kind, count(*), sum(amount_fen) FROM ({levels}) AS every_level GROUP BY unit, year, kind"
    )
    install_guards(op.get_bind())
