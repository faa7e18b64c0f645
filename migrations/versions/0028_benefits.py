"""Who benefits is kept beside plans; who answered a warning that was handed on does not judge the answer."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

#: A unit's sums hold what lies below it: village, township and county; the municipality's only what it manages itself.
_UNITS = (
    ("region_code", "1 = 1"),
    ("substr(region_code, 1, 9) || '000'", "substr(region_code, 10) <> '000' AND substr(region_code, 7, 3) <> '000'"),
    ("substr(region_code, 1, 6) || '000000'", "substr(region_code, 7) <> '000000'"),
)
#: Each household once a year, whatever plans give it something.
_BENEFITING = (
    "SELECT DISTINCT h.region_code, p.year, h.id FROM plan p JOIN plan_line l ON l.plan_id = p.id "
    "JOIN household h ON h.id = l.household_id WHERE l.amount_fen > 0 AND p.status IN ('AGREED', 'PAYING', 'DONE')"
)


def upgrade() -> None:
    op.create_table(
        "benefit_sum",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("year", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("households", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "year", name=op.f("pk_benefit_sum")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    levels = " UNION ALL ".join(f"SELECT {unit} AS unit, year FROM benefiting WHERE {level}" for unit, level in _UNITS)
    op.execute(
        f"INSERT INTO benefit_sum (region_code, year, households) WITH benefiting AS ({_BENEFITING}) "
        f"SELECT unit, year, count(*) FROM ({levels}) AS every_level GROUP BY unit, year"
    )
    install_guards(op.get_bind())
