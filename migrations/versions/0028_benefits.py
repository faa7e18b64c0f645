"""Who answered a warning that was handed on does not judge the answer: the database says so too."""

from alembic import op
from guards import install_guards

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_guards(op.get_bind())
