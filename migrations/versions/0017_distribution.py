"""Plans, their lines, payout."""

from alembic import op
from guards import install_guards

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_guards(op.get_bind())
