"""Requests of one state, the newest first, without reading all the others."""

from alembic import op
from guards import install_guards

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_approval_request_status", "approval_request", ["status", "id"])
    install_guards(op.get_bind())
