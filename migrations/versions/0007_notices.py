"""Notices."""

from alembic import op
from guards import install_guards

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_guards(op.get_bind())
