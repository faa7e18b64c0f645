"""Title: cases with their lines and owners, certificates, encumbrances; what the card remembers of title."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "asset", sa.Column("accounting_number", sa.String(length=40), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("asset", sa.Column("handed_over_on", sa.Date(), nullable=True))
    op.add_column("asset", sa.Column("opened_on", sa.Date(), nullable=True))
    op.add_column("asset", sa.Column("closed_on", sa.Date(), nullable=True))
    columns = ["handed_over_on", "is_legacy", "region_code", "accepted_on"]
    op.create_index("ix_asset_hand_over_due", "asset", columns, unique=False)
    columns = ["title_status", "region_code", "id", "stage", "original_value_fen", "poverty_fund_fen"]
    op.drop_index("ix_asset_title", table_name="asset")
    op.create_index("ix_asset_title", "asset", [*columns, "is_legacy", "accepted_on"], unique=False)
    op.create_table(
        "title_case",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("owner_kind", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("spans_villages", sa.Boolean(), nullable=False),
        sa.Column("giver", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=True),
        sa.Column("new_name", sa.String(length=80), nullable=False),
        sa.Column("new_credit_code", sa.String(length=18), nullable=False),
        sa.Column("merged_name", sa.String(length=100), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_by_text", sa.String(length=120), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_title_case_opened_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_title_case_party_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_title_case_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_case")),
        sqlite_strict=True,
    )
    op.create_index("ix_title_case_opened_by", "title_case", ["opened_by_id", "status"], unique=False)
    op.create_index(op.f("ix_title_case_region_code"), "title_case", ["region_code"], unique=False)
    op.create_index("ix_title_case_status", "title_case", ["status", "region_code", "id"], unique=False)
    op.create_table(
        "title_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("verification", sa.String(length=20), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("condition_note", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_title_line_asset_id")),
        sa.ForeignKeyConstraint(["case_id"], ["title_case.id"], name=op.f("fk_title_line_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_line")),
        sa.UniqueConstraint("case_id", "asset_id", name=op.f("uq_title_line_case_id_asset_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_title_line_asset", "title_line", ["asset_id"], unique=False)
    op.create_index(op.f("ix_title_line_region_code"), "title_line", ["region_code"], unique=False)
    op.create_table(
        "title_owner",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("share_bp", sa.BigInteger(), nullable=False),
        sa.Column("invested_fen", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("share_bp BETWEEN 1 AND 10000", name=op.f("ck_title_owner_share_in_bounds")),
        sa.ForeignKeyConstraint(["line_id"], ["title_line.id"], name=op.f("fk_title_owner_line_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_title_owner_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_owner")),
        sqlite_strict=True,
    )
    op.create_index("ix_title_owner_line", "title_owner", ["line_id"], unique=False)
    op.create_index("ix_title_owner_party", "title_owner", ["party_id"], unique=False)
    op.create_index(op.f("ix_title_owner_region_code"), "title_owner", ["region_code"], unique=False)
    op.create_table(
        "title_certificate",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("holders", sa.String(length=500), nullable=False),
        sa.Column("issued_by_id", sa.BigInteger(), nullable=True),
        sa.Column("issued_by_text", sa.String(length=120), nullable=False),
        sa.Column("real_estate_number", sa.String(length=60), nullable=False),
        sa.Column("real_estate_on", sa.Date(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_title_certificate_asset_id")),
        sa.ForeignKeyConstraint(["case_id"], ["title_case.id"], name=op.f("fk_title_certificate_case_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["user.id"], name=op.f("fk_title_certificate_issued_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_title_certificate_number")),
        sqlite_strict=True,
    )
    op.create_index("ix_title_certificate_asset", "title_certificate", ["asset_id"], unique=False)
    op.create_index(op.f("ix_title_certificate_case_id"), "title_certificate", ["case_id"], unique=False)
    op.create_index("ix_title_certificate_region", "title_certificate", ["region_code", "id"], unique=False)
    op.create_index(op.f("ix_title_certificate_region_code"), "title_certificate", ["region_code"], unique=False)
    op.create_table(
        "encumbrance",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_document", sa.String(length=80), nullable=False),
        sa.Column("lifted_by_text", sa.String(length=120), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_encumbrance_asset_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_encumbrance_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encumbrance")),
        sqlite_strict=True,
    )
    op.create_index("ix_encumbrance_asset", "encumbrance", ["asset_id", "valid_to"], unique=False)
    op.create_index(op.f("ix_encumbrance_region_code"), "encumbrance", ["region_code"], unique=False)
    op.create_table(
        "title_change",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title_status", sa.String(length=20), nullable=False),
        sa.Column("certificate_kind", sa.String(length=40), nullable=False),
        sa.Column("certificate_number", sa.String(length=60), nullable=False),
        sa.Column("certificate_on", sa.Date(), nullable=True),
        sa.Column("accounting_system", sa.String(length=20), nullable=False),
        sa.Column("new_status", sa.String(length=20), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_title_change_asset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_change")),
        sqlite_strict=True,
    )
    op.create_index("ix_title_change_asset", "title_change", ["asset_id", "changed_on"], unique=False)
    op.create_index(op.f("ix_title_change_region_code"), "title_change", ["region_code"], unique=False)
    op.create_table(
        "asset_lineage",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("took_place_on", sa.Date(), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("parent_id <> child_id", name=op.f("ck_asset_lineage_not_itself")),
        sa.ForeignKeyConstraint(["child_id"], ["asset.id"], name=op.f("fk_asset_lineage_child_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["asset.id"], name=op.f("fk_asset_lineage_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_lineage")),
        sqlite_strict=True,
    )
    op.create_index("ix_asset_lineage_child", "asset_lineage", ["child_id"], unique=False)
    op.create_index("ix_asset_lineage_parent", "asset_lineage", ["parent_id"], unique=False)
    op.create_index(op.f("ix_asset_lineage_region_code"), "asset_lineage", ["region_code"], unique=False)
    install_guards(op.get_bind())
