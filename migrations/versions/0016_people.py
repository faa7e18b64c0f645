"""Households, persons and the rolls of beneficiaries."""

from alembic import op
from guards import install_guards

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_guards(op.get_bind())
