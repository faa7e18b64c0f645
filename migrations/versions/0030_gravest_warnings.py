"""The list of warnings begins with the gravest, at every level: what stands is held in that order."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    standing = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_warning_gravest", "warning", ["severity", "id", "region_code", "risk", "sector"], unique=False,
        sqlite_where=standing, postgresql_where=standing,
    )  # fmt: skip
    install_guards(op.get_bind())
