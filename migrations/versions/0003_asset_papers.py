"""Papers: an asset knows the prints it stands on. Entries of history that wait are found by an index."""

import json

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_PRINTS = (
    "SELECT serial, region_code, title, printed_at, printed_by_id, printed_by_post, printed_by_name, parameters "
    "FROM print WHERE report IN ('card', 'labels') ORDER BY id"
)
_PAPER = (
    "INSERT INTO asset_paper (asset_no, serial, region_code, title, printed_at, printed_by_id, printed_by_text) "
    "VALUES (:asset_no, :serial, :region_code, :title, :printed_at, :printed_by_id, :printed_by_text)"
)


def upgrade() -> None:
    op.create_table(
        "asset_paper",
        sa.Column("asset_no", sa.String(length=23), nullable=False),
        sa.Column("serial", sa.String(length=24), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("printed_by_text", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["printed_by_id"], ["user.id"], name=op.f("fk_asset_paper_printed_by_id")),
        sa.PrimaryKeyConstraint("asset_no", "serial", name=op.f("pk_asset_paper")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("legacy_fact", schema=None) as batch_op:
        batch_op.create_index("ix_legacy_fact_waiting", ["confirmed_at", "region_code"], unique=False)
    _remember_earlier_prints()
    install_guards(op.get_bind())


def _remember_earlier_prints() -> None:
    """Let the assets remember what was printed of them before this table stood."""
    connection = op.get_bind()
    for row in connection.execute(sa.text(_PRINTS)).mappings().all():
        numbers = json.loads(row["parameters"])["asset_numbers"]
        by = f"{row['printed_by_post']} {row['printed_by_name']}".strip()
        if numbers:
            told = {**row, "printed_by_text": by}
            connection.execute(sa.text(_PAPER), [{**told, "asset_no": one} for one in numbers])
