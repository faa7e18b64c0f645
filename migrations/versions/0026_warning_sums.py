"""How many warnings stand is kept beside them; what boards of the municipality ask stands in indexes."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

#: A unit's sums hold what lies below it: village, township and county; the municipality's only what it manages itself.
_UNITS = (
    ("region_code", "1 = 1"),
    ("substr(region_code, 1, 9) || '000'", "substr(region_code, 10) <> '000' AND substr(region_code, 7, 3) <> '000'"),
    ("substr(region_code, 1, 6) || '000000'", "substr(region_code, 7) <> '000000'"),
)


def upgrade() -> None:
    op.create_table(
        "warning_sum",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("risk", sa.String(length=30), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("warnings", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "sector", "risk", "severity", name=op.f("pk_warning_sum")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    levels = " UNION ALL ".join(
        f"SELECT {unit} AS unit, sector, risk, severity FROM warning WHERE closed_at IS NULL AND {level}"
        for unit, level in _UNITS
    )
    op.execute(
        "INSERT INTO warning_sum (region_code, sector, risk, severity, warnings) "
        f"SELECT unit, sector, risk, severity, count(*) FROM ({levels}) AS every_level "
        "GROUP BY unit, sector, risk, severity"
    )
    op.create_index("ix_plan_year", "plan", ["year", "status", "region_code"], unique=False)
    op.create_index("ix_finding_found", "finding", ["found_on", "source", "status"], unique=False)
    op.create_index("ix_asset_entered_by", "asset", ["entered_by_id", "stage"], unique=False)
    of_counties = sa.text("substr(region_code, 7) = '000000'")
    op.create_index(
        "ix_rollup_counties", "asset_rollup",
        ["region_code", "stage", "title_status", "use_status", "is_handed_over", "category", "owner_kind", "sector",
         "assets", "original_value_fen", "poverty_fund_fen"],
        unique=False, sqlite_where=of_counties, postgresql_where=of_counties,
    )  # fmt: skip
    install_guards(op.get_bind())
