"""Contracts, what is due, equity."""

from alembic import op
from guards import install_guards

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_guards(op.get_bind())
