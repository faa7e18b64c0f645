"""The books: charts, vouchers and postings, periods, sums."""

from alembic import op
from guards import install_guards

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_guards(op.get_bind())
