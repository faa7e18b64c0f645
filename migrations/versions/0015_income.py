"""Receipts and arrears."""

from alembic import op
from guards import install_guards

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_guards(op.get_bind())
