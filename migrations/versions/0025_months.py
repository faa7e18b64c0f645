"""The figures of closed months, kept for ever."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "month_figures",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("extent", sa.String(length=10), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("by_sector", sa.Text(), nullable=False),
        sa.Column("so_far", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("extent IN ('OWN', 'WHOLE')", name=op.f("ck_month_figures_extent_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_figures")),
        sa.UniqueConstraint("month", "extent", "region_code", name=op.f("uq_month_figures_month_extent_region_code")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("month_figures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_month_figures_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_month_figures_unit", ["region_code", "extent", "month"], unique=False)

    install_guards(op.get_bind())
