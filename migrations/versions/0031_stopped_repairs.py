"""When a repair was given up, and why."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty where nothing was said: what the trail recorded of older rows stays their last state.
    op.add_column("fault", sa.Column("stopped_on", sa.Date(), nullable=True))
    op.add_column("fault", sa.Column("stop_reason", sa.String(length=200), nullable=True))
    install_guards(op.get_bind())
