"""The yearly count: campaigns, sheets and their lines, marks, differences with what they became."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stock_campaign",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("cutoff_on", sa.Date(), nullable=False),
        sa.Column("report_by", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_by_text", sa.String(length=120), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_by_text", sa.String(length=120), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_note", sa.String(length=1000), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("report_by > cutoff_on", name=op.f("ck_stock_campaign_reported_after_cutoff")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user.id"], name=op.f("fk_stock_campaign_closed_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_stock_campaign_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_campaign")),
        sa.UniqueConstraint("number", name=op.f("uq_stock_campaign_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_campaign", schema=None) as batch_op:
        batch_op.create_index("ix_stock_campaign_list", ["region_code", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stock_campaign_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_stock_campaign_status", ["status", "region_code"], unique=False)

    op.create_table(
        "stock_sheet",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("submitted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_by_text", sa.String(length=120), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by_text", sa.String(length=120), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reported_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reported_by_text", sa.String(length=120), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by_id", sa.BigInteger(), nullable=True),
        sa.Column("received_by_text", sa.String(length=120), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> submitted_by_id", name=op.f("ck_stock_sheet_second_person")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["stock_campaign.id"], name=op.f("fk_stock_sheet_campaign_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_stock_sheet_confirmed_by_id")),
        sa.ForeignKeyConstraint(["received_by_id"], ["user.id"], name=op.f("fk_stock_sheet_received_by_id")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["user.id"], name=op.f("fk_stock_sheet_reported_by_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["user.id"], name=op.f("fk_stock_sheet_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_sheet")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_sheet", schema=None) as batch_op:
        batch_op.create_index("ix_stock_sheet_campaign", ["campaign_id", "region_code", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stock_sheet_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_stock_sheet_status", ["status", "region_code", "id"], unique=False)

    op.create_table(
        "stock_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("sheet_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("asset_no", sa.String(length=23), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("owner_text", sa.String(length=200), nullable=False),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("custodian", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("counted_milli", sa.BigInteger(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_by_text", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("is_different", sa.Boolean(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(asset_id IS NULL) = (outcome = 'UNEXPECTED')", name=op.f("ck_stock_line_listed_or_unexpected")
        ),
        sa.CheckConstraint("counted_milli >= 0", name=op.f("ck_stock_line_counted_not_negative")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_stock_line_asset_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["stock_campaign.id"], name=op.f("fk_stock_line_campaign_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["stock_sheet.id"], name=op.f("fk_stock_line_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_line")),
        sa.UniqueConstraint("campaign_id", "asset_id", name=op.f("uq_stock_line_campaign_id_asset_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_line", schema=None) as batch_op:
        batch_op.create_index("ix_stock_line_asset", ["asset_id", "id"], unique=False)
        batch_op.create_index(
            "ix_stock_line_campaign",
            ["campaign_id", "region_code", "id", "outcome", "value_fen", "is_different"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_stock_line_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_stock_line_sheet", ["sheet_id", "id", "outcome"], unique=False)

    op.create_table(
        "stock_difference",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("sheet_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_by_text", sa.String(length=120), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("correction_id", sa.BigInteger(), nullable=True),
        sa.Column("disposal_case_id", sa.BigInteger(), nullable=True),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("encumbrance_id", sa.BigInteger(), nullable=True),
        sa.Column("fault_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(state = 'OPEN') = (way = '')", name=op.f("ck_stock_difference_settled_some_way")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_stock_difference_asset_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["stock_campaign.id"], name=op.f("fk_stock_difference_campaign_id")),
        sa.ForeignKeyConstraint(["correction_id"], ["correction.id"], name=op.f("fk_stock_difference_correction_id")),
        sa.ForeignKeyConstraint(
            ["disposal_case_id"], ["disposal_case.id"], name=op.f("fk_stock_difference_disposal_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["encumbrance_id"], ["encumbrance.id"], name=op.f("fk_stock_difference_encumbrance_id")
        ),
        sa.ForeignKeyConstraint(["fault_id"], ["fault.id"], name=op.f("fk_stock_difference_fault_id")),
        sa.ForeignKeyConstraint(["line_id"], ["stock_line.id"], name=op.f("fk_stock_difference_line_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["user.id"], name=op.f("fk_stock_difference_settled_by_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["stock_sheet.id"], name=op.f("fk_stock_difference_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_difference")),
        sa.UniqueConstraint("line_id", name=op.f("uq_stock_difference_line_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_difference", schema=None) as batch_op:
        batch_op.create_index("ix_stock_difference_list", ["campaign_id", "region_code", "id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_stock_difference_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_stock_difference_sheet", ["sheet_id", "id"], unique=False)
        batch_op.create_index("ix_stock_difference_state", ["state", "region_code", "id"], unique=False)

    op.create_table(
        "stock_mark",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("sheet_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("counted_milli", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_stock_mark_by_id")),
        sa.ForeignKeyConstraint(["line_id"], ["stock_line.id"], name=op.f("fk_stock_mark_line_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["stock_sheet.id"], name=op.f("fk_stock_mark_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_mark")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_mark", schema=None) as batch_op:
        batch_op.create_index("ix_stock_mark_line", ["line_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stock_mark_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_stock_mark_sheet", ["sheet_id", "by_id"], unique=False)

    install_guards(op.get_bind())
