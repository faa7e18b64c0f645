"""Findings with their steps, engagements of agencies and experts, samples and what was drawn."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "engagement",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=80), nullable=False),
        sa.Column("agency_code", sa.String(length=18), nullable=False),
        sa.Column("experts", sa.String(length=200), nullable=False),
        sa.Column("task", sa.String(length=500), nullable=False),
        sa.Column("contract_no", sa.String(length=60), nullable=False),
        sa.Column("fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("report_by", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("report_no", sa.String(length=60), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("conclusions", sa.String(length=2000), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reported_by_text", sa.String(length=120), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(status = 'REPORTED') = (reported_on IS NOT NULL)", name=op.f("ck_engagement_reported_on_a_day")
        ),
        sa.CheckConstraint("fee_fen >= 0", name=op.f("ck_engagement_fee_not_negative")),
        sa.CheckConstraint("report_by >= signed_on", name=op.f("ck_engagement_report_after_signing")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_engagement_entered_by_id")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["user.id"], name=op.f("fk_engagement_reported_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        sa.UniqueConstraint("number", name=op.f("uq_engagement_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.create_index("ix_engagement_list", ["region_code", "id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_engagement_region_code"), ["region_code"], unique=False)

    op.create_table(
        "sample",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("population", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("drawn", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("population_size", sa.BigInteger(), nullable=False),
        sa.Column("population_fen", sa.BigInteger(), nullable=False),
        sa.Column("population_digest", sa.String(length=64), nullable=False),
        sa.Column("rest_weight", sa.BigInteger(), nullable=False),
        sa.Column("weights", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("drawn_by_id", sa.BigInteger(), nullable=True),
        sa.Column("drawn_by_text", sa.String(length=120), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(status = 'DONE') = (done_on IS NOT NULL)", name=op.f("ck_sample_done_on_a_day")),
        sa.CheckConstraint(
            "drawn > 0 AND drawn <= size AND drawn <= population_size", name=op.f("ck_sample_drawn_within")
        ),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["user.id"], name=op.f("fk_sample_drawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("number", name=op.f("uq_sample_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.create_index("ix_sample_list", ["region_code", "id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_sample_region_code"), ["region_code"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("mender_code", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("origin_table", sa.String(length=40), nullable=False),
        sa.Column("origin_id", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.String(length=1000), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("demand", sa.String(length=1000), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("disposal_case_id", sa.BigInteger(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("recurs_id", sa.BigInteger(), nullable=True),
        sa.Column("recurrences", sa.BigInteger(), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reported_by_text", sa.String(length=120), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("report", sa.String(length=2000), nullable=False),
        sa.Column("checked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("checked_by_text", sa.String(length=120), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.String(length=1000), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(recurs_id IS NULL) = (recurrences = 0)", name=op.f("ck_finding_recurrences_counted")),
        sa.CheckConstraint(
            "checked_by_id IS NULL OR checked_by_id <> reported_by_id", name=op.f("ck_finding_second_person")
        ),
        sa.CheckConstraint("due_on >= found_on", name=op.f("ck_finding_due_after_found")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_finding_checked_by_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_finding_contract_id")),
        sa.ForeignKeyConstraint(["disposal_case_id"], ["disposal_case.id"], name=op.f("fk_finding_disposal_case_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_finding_entered_by_id")),
        sa.ForeignKeyConstraint(["recurs_id"], ["finding.id"], name=op.f("fk_finding_recurs_id")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["user.id"], name=op.f("fk_finding_reported_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("number", name=op.f("uq_finding_number")),
        sa.UniqueConstraint("recurs_id", name=op.f("uq_finding_recurs_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index("ix_finding_contract", ["contract_id"], unique=False)
        batch_op.create_index("ix_finding_disposal", ["disposal_case_id"], unique=False)
        batch_op.create_index("ix_finding_due", ["status", "due_on", "mender_code"], unique=False)
        batch_op.create_index("ix_finding_list", ["region_code", "id", "status", "source"], unique=False)
        batch_op.create_index("ix_finding_origin", ["origin_table", "origin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_region_code"), ["region_code"], unique=False)

    op.create_table(
        "finding_step",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("finding_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("stepped_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_finding_step_by_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_step_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_step")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("finding_step", schema=None) as batch_op:
        batch_op.create_index("ix_finding_step_finding", ["finding_id", "id", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_step_region_code"), ["region_code"], unique=False)

    op.create_table(
        "sample_item",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("sample_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("draw_key", sa.String(length=40), nullable=False),
        sa.Column("unit_code", sa.String(length=12), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.Column("signs", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.String(length=300), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("checked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("checked_by_text", sa.String(length=120), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("finding_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(result = '') = (checked_on IS NULL)", name=op.f("ck_sample_item_checked_on_a_day")),
        sa.CheckConstraint(
            "(result = 'UNSOUND') = (finding_id IS NOT NULL)", name=op.f("ck_sample_item_unsound_is_a_finding")
        ),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_sample_item_checked_by_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_sample_item_finding_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_sample_item_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_item")),
        sa.UniqueConstraint("sample_id", "draw_key", name=op.f("uq_sample_item_sample_id_draw_key")),
        sa.UniqueConstraint("sample_id", "ordinal", name=op.f("uq_sample_item_sample_id_ordinal")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sample_item", schema=None) as batch_op:
        batch_op.create_index("ix_sample_item_finding", ["finding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sample_item_region_code"), ["region_code"], unique=False)

    op.create_table(
        "engagement_scope",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("engagement_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_code", sa.String(length=12), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("(asset_id IS NULL) = (unit_code <> '')", name=op.f("ck_engagement_scope_unit_or_asset")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_engagement_scope_asset_id")),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_engagement_scope_engagement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_scope")),
        sa.UniqueConstraint(
            "engagement_id", "unit_code", "asset_id", name=op.f("uq_engagement_scope_engagement_id_unit_code_asset_id")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("engagement_scope", schema=None) as batch_op:
        batch_op.create_index("ix_engagement_scope_asset", ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_engagement_scope_region_code"), ["region_code"], unique=False)

    op.create_table(
        "finding_asset",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("finding_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_finding_asset_asset_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_asset_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_asset")),
        sa.UniqueConstraint("finding_id", "asset_id", name=op.f("uq_finding_asset_finding_id_asset_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("finding_asset", schema=None) as batch_op:
        batch_op.create_index("ix_finding_asset_asset", ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_asset_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
