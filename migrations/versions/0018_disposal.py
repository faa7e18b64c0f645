"""Disposal: cases with lines and reports, gates as they stood, prices, execution, earmarked money; queries put to requests."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disposal_case",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("owner_kind", sa.String(length=20), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("is_whole_project", sa.Boolean(), nullable=False),
        sa.Column("weights", sa.String(length=120), nullable=False),
        sa.Column("recipient_name", sa.String(length=80), nullable=False),
        sa.Column("recipient_code", sa.String(length=18), nullable=False),
        sa.Column("recipient_kind", sa.String(length=20), nullable=False),
        sa.Column("recipient_region", sa.String(length=12), nullable=False),
        sa.Column("agreed_fen", sa.BigInteger(), nullable=False),
        sa.Column("share_bp", sa.BigInteger(), nullable=False),
        sa.Column("exit_terms", sa.String(length=1000), nullable=False),
        sa.Column("use_of_proceeds", sa.String(length=500), nullable=False),
        sa.Column("plans", sa.Text(), nullable=False),
        sa.Column("original_fen", sa.BigInteger(), nullable=False),
        sa.Column("net_fen", sa.BigInteger(), nullable=False),
        sa.Column("appraised_fen", sa.BigInteger(), nullable=True),
        sa.Column("own_fen", sa.BigInteger(), nullable=False),
        sa.Column("basis_fen", sa.BigInteger(), nullable=False),
        sa.Column("window_from", sa.Date(), nullable=True),
        sa.Column("route_key", sa.String(length=40), nullable=False),
        sa.Column("is_sudden", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("is_legacy", sa.Boolean(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("source_table", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_by_text", sa.String(length=120), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "original_fen >= 0 AND net_fen >= 0 AND agreed_fen >= 0", name=op.f("ck_disposal_case_values_not_negative")
        ),
        sa.CheckConstraint("own_fen >= 0 AND basis_fen >= own_fen", name=op.f("ck_disposal_case_basis_holds_own")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_disposal_case_opened_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["party.id"], name=op.f("fk_disposal_case_owner_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["user.id"], name=op.f("fk_disposal_case_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_case")),
        sa.UniqueConstraint("number", name=op.f("uq_disposal_case_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("disposal_case", schema=None) as batch_op:
        batch_op.create_index("ix_disposal_case_list", ["region_code", "id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposal_case_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_disposal_case_status", ["status", "region_code", "id"], unique=False)
        batch_op.create_index("ix_disposal_case_window", ["owner_id", "kind", "submitted_on"], unique=False)
        batch_op.create_index("ix_disposal_case_year", ["done_on", "region_code", "id"], unique=False)

    op.create_table(
        "approval_query",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_by_text", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("answered_by_text", sa.String(length=120), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_approval_query_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_approval_query_asked_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["approval_request.id"], name=op.f("fk_approval_query_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_query")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("approval_query", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_query_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_approval_query_open", ["answered_at", "answer_by"], unique=False)
        batch_op.create_index("ix_approval_query_request", ["request_id", "id"], unique=False)

    op.create_table(
        "disposal_appraisal",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("agency", sa.String(length=80), nullable=False),
        sa.Column("report_no", sa.String(length=60), nullable=False),
        sa.Column("appraisers", sa.String(length=200), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("appraised_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("is_statutory", sa.Boolean(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("valid_until >= appraised_on", name=op.f("ck_disposal_appraisal_term_forwards")),
        sa.CheckConstraint("value_fen >= 0", name=op.f("ck_disposal_appraisal_value_not_negative")),
        sa.ForeignKeyConstraint(["case_id"], ["disposal_case.id"], name=op.f("fk_disposal_appraisal_case_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_disposal_appraisal_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_appraisal")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("disposal_appraisal", schema=None) as batch_op:
        batch_op.create_index("ix_disposal_appraisal_case", ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposal_appraisal_region_code"), ["region_code"], unique=False)

    op.create_table(
        "disposal_gates",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("moment", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("passed", sa.BigInteger(), nullable=False),
        sa.Column("arranged", sa.BigInteger(), nullable=False),
        sa.Column("failed", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_by_text", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "passed >= 0 AND arranged >= 0 AND failed >= 0", name=op.f("ck_disposal_gates_counts_not_negative")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_disposal_gates_asked_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["disposal_case.id"], name=op.f("fk_disposal_gates_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_gates")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("disposal_gates", schema=None) as batch_op:
        batch_op.create_index("ix_disposal_gates_case", ["case_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposal_gates_region_code"), ["region_code"], unique=False)

    op.create_table(
        "disposal_price",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("platform", sa.String(length=80), nullable=False),
        sa.Column("record_no", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("bidders", sa.BigInteger(), nullable=True),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("base_fen", sa.BigInteger(), nullable=False),
        sa.Column("accept_bp", sa.BigInteger(), nullable=False),
        sa.Column("suspend_bp", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("buyer_name", sa.String(length=80), nullable=False),
        sa.Column("buyer_code", sa.String(length=18), nullable=False),
        sa.Column("buyer_kind", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "verdict <> 'ACCEPTED' OR price_fen * 10000 >= base_fen * accept_bp",
            name=op.f("ck_disposal_price_accepted_reaches_value"),
        ),
        sa.CheckConstraint(
            "verdict <> 'RENEWED' OR price_fen * 10000 >= base_fen * suspend_bp",
            name=op.f("ck_disposal_price_renewed_above_bound"),
        ),
        sa.CheckConstraint("price_fen >= 0 AND base_fen >= 0", name=op.f("ck_disposal_price_money_not_negative")),
        sa.CheckConstraint("suspend_bp <= accept_bp", name=op.f("ck_disposal_price_bounds_in_order")),
        sa.ForeignKeyConstraint(["case_id"], ["disposal_case.id"], name=op.f("fk_disposal_price_case_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_disposal_price_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_price")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_disposal_price_case_id_round")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("disposal_price", schema=None) as batch_op:
        batch_op.create_index("ix_disposal_price_case", ["case_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposal_price_region_code"), ["region_code"], unique=False)

    op.create_table(
        "proceeds",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("destination", sa.String(length=20), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_fen", sa.BigInteger(), nullable=False),
        sa.Column("used_fen", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("use_by", sa.Date(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "due_fen >= 0 AND cost_fen >= 0 AND received_fen >= 0 AND used_fen >= 0",
            name=op.f("ck_proceeds_not_negative"),
        ),
        sa.CheckConstraint("received_fen <= due_fen", name=op.f("ck_proceeds_received_within_due")),
        sa.CheckConstraint(
            "used_fen + cost_fen <= received_fen OR used_fen = 0", name=op.f("ck_proceeds_used_within_received")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["disposal_case.id"], name=op.f("fk_proceeds_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_proceeds_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeds")),
        sa.UniqueConstraint("case_id", "party_id", name=op.f("uq_proceeds_case_id_party_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("proceeds", schema=None) as batch_op:
        batch_op.create_index("ix_proceeds_case", ["case_id"], unique=False)
        batch_op.create_index("ix_proceeds_list", ["region_code", "opened_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proceeds_region_code"), ["region_code"], unique=False)

    op.create_table(
        "disposal_execution",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("price_id", sa.BigInteger(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("recipient_name", sa.String(length=80), nullable=False),
        sa.Column("recipient_signed_by", sa.String(length=80), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("is_paid", sa.Boolean(), nullable=False),
        sa.Column("paper_no", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("prepared_by_id", sa.BigInteger(), nullable=True),
        sa.Column("prepared_by_text", sa.String(length=120), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("price_fen >= 0 AND cost_fen >= 0", name=op.f("ck_disposal_execution_money_not_negative")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_disposal_execution_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["disposal_case.id"], name=op.f("fk_disposal_execution_case_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["user.id"], name=op.f("fk_disposal_execution_prepared_by_id")),
        sa.ForeignKeyConstraint(["price_id"], ["disposal_price.id"], name=op.f("fk_disposal_execution_price_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_execution")),
        sa.UniqueConstraint("case_id", name=op.f("uq_disposal_execution_case_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("disposal_execution", schema=None) as batch_op:
        batch_op.create_index("ix_disposal_execution_day", ["region_code", "effective_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposal_execution_region_code"), ["region_code"], unique=False)

    op.create_table(
        "household_disposal",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by_text", sa.String(length=120), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("confirmed_by_id <> entered_by_id", name=op.f("ck_household_disposal_two_persons")),
        sa.CheckConstraint(
            "status = 'WAITING' OR confirmed_at IS NOT NULL", name=op.f("ck_household_disposal_answered")
        ),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_household_disposal_asset_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_household_disposal_confirmed_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_household_disposal_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_disposal")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("household_disposal", schema=None) as batch_op:
        batch_op.create_index("ix_household_disposal_asset", ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_household_disposal_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_household_disposal_waiting", ["status", "region_code", "id"], unique=False)

    op.create_table(
        "proceeds_receipt_draft",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("proceeds_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("paper_no", sa.String(length=80), nullable=False),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_text", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_proceeds_receipt_draft_amount_positive")),
        sa.CheckConstraint("decided_by_id <> entered_by_id", name=op.f("ck_proceeds_receipt_draft_two_persons")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_proceeds_receipt_draft_decided_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_proceeds_receipt_draft_entered_by_id")),
        sa.ForeignKeyConstraint(["proceeds_id"], ["proceeds.id"], name=op.f("fk_proceeds_receipt_draft_proceeds_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeds_receipt_draft")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("proceeds_receipt_draft", schema=None) as batch_op:
        batch_op.create_index("ix_proceeds_receipt_draft_proceeds", ["proceeds_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proceeds_receipt_draft_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_proceeds_receipt_draft_waiting", ["status", "region_code", "id"], unique=False)

    op.create_table(
        "proceeds_receipt",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("proceeds_id", sa.BigInteger(), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("paper_no", sa.String(length=80), nullable=False),
        sa.Column("prepared_by_id", sa.BigInteger(), nullable=True),
        sa.Column("prepared_by_text", sa.String(length=120), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_proceeds_receipt_amount_positive")),
        sa.CheckConstraint("by_id <> prepared_by_id", name=op.f("ck_proceeds_receipt_two_persons")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_proceeds_receipt_by_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["proceeds_receipt_draft.id"], name=op.f("fk_proceeds_receipt_draft_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["user.id"], name=op.f("fk_proceeds_receipt_prepared_by_id")),
        sa.ForeignKeyConstraint(["proceeds_id"], ["proceeds.id"], name=op.f("fk_proceeds_receipt_proceeds_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeds_receipt")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_proceeds_receipt_draft_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("proceeds_receipt", schema=None) as batch_op:
        batch_op.create_index("ix_proceeds_receipt_proceeds", ["proceeds_id", "received_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proceeds_receipt_region_code"), ["region_code"], unique=False)

    op.create_table(
        "disposal_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("extent", sa.String(length=20), nullable=False),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=True),
        sa.Column("holder_id", sa.BigInteger(), nullable=True),
        sa.Column("share_bp", sa.BigInteger(), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("original_fen", sa.BigInteger(), nullable=False),
        sa.Column("net_fen", sa.BigInteger(), nullable=False),
        sa.Column("part_asset_id", sa.BigInteger(), nullable=True),
        sa.Column("new_asset_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("original_fen >= 0 AND net_fen >= 0", name=op.f("ck_disposal_line_values_not_negative")),
        sa.CheckConstraint("quantity_milli > 0", name=op.f("ck_disposal_line_quantity_positive")),
        sa.CheckConstraint("share_bp BETWEEN 1 AND 10000", name=op.f("ck_disposal_line_share_in_bounds")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_disposal_line_asset_id")),
        sa.ForeignKeyConstraint(["case_id"], ["disposal_case.id"], name=op.f("fk_disposal_line_case_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["party.id"], name=op.f("fk_disposal_line_holder_id")),
        sa.ForeignKeyConstraint(["new_asset_id"], ["asset.id"], name=op.f("fk_disposal_line_new_asset_id")),
        sa.ForeignKeyConstraint(["part_asset_id"], ["asset.id"], name=op.f("fk_disposal_line_part_asset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_line")),
        sa.UniqueConstraint("case_id", "asset_id", name=op.f("uq_disposal_line_case_id_asset_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("disposal_line", schema=None) as batch_op:
        batch_op.create_index("ix_disposal_line_asset", ["asset_id", "case_id"], unique=False)
        batch_op.create_index("ix_disposal_line_part", ["part_asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposal_line_region_code"), ["region_code"], unique=False)

    op.create_table(
        "proceeds_use",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("proceeds_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by_text", sa.String(length=120), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_reason", sa.String(length=500), nullable=False),
        sa.Column("undo_by_id", sa.BigInteger(), nullable=True),
        sa.Column("undo_by_text", sa.String(length=120), nullable=False),
        sa.Column("undone_by_id", sa.BigInteger(), nullable=True),
        sa.Column("undone_by_text", sa.String(length=120), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_proceeds_use_amount_positive")),
        sa.CheckConstraint("meeting_id IS NOT NULL OR document_no <> ''", name=op.f("ck_proceeds_use_decided")),
        sa.CheckConstraint(
            "purpose <> 'NEW_ASSET' OR asset_id IS NOT NULL", name=op.f("ck_proceeds_use_new_asset_named")
        ),
        sa.CheckConstraint("confirmed_by_id <> entered_by_id", name=op.f("ck_proceeds_use_two_persons")),
        sa.CheckConstraint("undone_by_id <> undo_by_id", name=op.f("ck_proceeds_use_two_persons_undo")),
        sa.CheckConstraint("status = 'WAITING' OR confirmed_at IS NOT NULL", name=op.f("ck_proceeds_use_answered")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_proceeds_use_asset_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_proceeds_use_confirmed_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_proceeds_use_entered_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_proceeds_use_meeting_id")),
        sa.ForeignKeyConstraint(["proceeds_id"], ["proceeds.id"], name=op.f("fk_proceeds_use_proceeds_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_proceeds_use_project_id")),
        sa.ForeignKeyConstraint(["undo_by_id"], ["user.id"], name=op.f("fk_proceeds_use_undo_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["user.id"], name=op.f("fk_proceeds_use_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeds_use")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("proceeds_use", schema=None) as batch_op:
        batch_op.create_index("ix_proceeds_use_asset", ["asset_id"], unique=False)
        batch_op.create_index("ix_proceeds_use_proceeds", ["proceeds_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proceeds_use_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_proceeds_use_waiting", ["status", "region_code", "id"], unique=False)

    install_guards(op.get_bind())
