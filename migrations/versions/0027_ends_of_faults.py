"""How a fault ends with its asset, who owes a price, which page a draft is of; which count met an asset is indexed."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty where nothing was said: what the trail recorded of older rows stays their last state.
    op.add_column("fault", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("fault", sa.Column("end_reason", sa.String(length=200), nullable=True))
    op.add_column("disposal_execution", sa.Column("owes_as_member", sa.Boolean(), nullable=True))
    op.add_column(
        "asset_draft", sa.Column("page", sa.String(length=20), nullable=False, server_default=sa.text("'CARD'"))
    )
    op.create_index("ix_stock_difference_asset", "stock_difference", ["asset_id"], unique=False)
    install_guards(op.get_bind())
