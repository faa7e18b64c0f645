"""Plans, their lines, payout."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("period_from", sa.String(length=7), nullable=False),
        sa.Column("period_to", sa.String(length=7), nullable=False),
        sa.Column("instalments", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("prior_loss_fen", sa.BigInteger(), nullable=False),
        sa.Column("prior_surplus_fen", sa.BigInteger(), nullable=False),
        sa.Column("result_fen", sa.BigInteger(), nullable=False),
        sa.Column("official_fund_fen", sa.BigInteger(), nullable=False),
        sa.Column("official_paper", sa.String(length=200), nullable=False),
        sa.Column("charter_bp", sa.BigInteger(), nullable=False),
        sa.Column("charter_basis", sa.String(length=200), nullable=False),
        sa.Column("remarks", sa.String(length=1000), nullable=False),
        sa.Column("income_fen", sa.BigInteger(), nullable=False),
        sa.Column("costs_fen", sa.BigInteger(), nullable=False),
        sa.Column("loss_fen", sa.BigInteger(), nullable=False),
        sa.Column("fund_fen", sa.BigInteger(), nullable=False),
        sa.Column("uses_fen", sa.BigInteger(), nullable=False),
        sa.Column("handed_fen", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("amends_id", sa.BigInteger(), nullable=True),
        sa.Column("amend_reason", sa.String(length=500), nullable=False),
        sa.Column("drafted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("drafted_by_text", sa.String(length=120), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_by_text", sa.String(length=120), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("charter_bp BETWEEN 0 AND 10000", name=op.f("ck_plan_charter_in_bounds")),
        sa.CheckConstraint(
            "loss_fen >= 0 AND fund_fen >= 0 AND uses_fen >= 0", name=op.f("ck_plan_order_not_negative")
        ),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_plan_period_forwards")),
        sa.ForeignKeyConstraint(["amends_id"], ["plan.id"], name=op.f("fk_plan_amends_id")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_plan_asset_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_plan_contract_id")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["user.id"], name=op.f("fk_plan_drafted_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_plan_party_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["user.id"], name=op.f("fk_plan_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("number", name="uq_plan_number"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index("ix_plan_amends", ["amends_id"], unique=False)
        batch_op.create_index("ix_plan_list", ["region_code", "status", "id"], unique=False)
        batch_op.create_index("ix_plan_party", ["party_id", "year"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_region_code"), ["region_code"], unique=False)

    op.create_table(
        "payout_order",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("instalment", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("withheld_fen", sa.BigInteger(), nullable=False),
        sa.Column("prepared_by_id", sa.BigInteger(), nullable=True),
        sa.Column("prepared_by_text", sa.String(length=120), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by_id", sa.BigInteger(), nullable=True),
        sa.Column("released_by_text", sa.String(length=120), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "released_by_id IS NULL OR released_by_id <> prepared_by_id", name=op.f("ck_payout_order_second_person")
        ),
        sa.CheckConstraint("total_fen >= 0 AND withheld_fen >= 0", name=op.f("ck_payout_order_amounts_not_negative")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_payout_order_plan_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["user.id"], name=op.f("fk_payout_order_prepared_by_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["user.id"], name=op.f("fk_payout_order_released_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_order")),
        sa.UniqueConstraint("number", name="uq_payout_order_number"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("payout_order", schema=None) as batch_op:
        batch_op.create_index("ix_payout_order_list", ["region_code", "status", "id"], unique=False)
        batch_op.create_index("ix_payout_order_plan", ["plan_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payout_order_region_code"), ["region_code"], unique=False)

    op.create_table(
        "plan_cost",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_cost_plan_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_plan_cost_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_cost")),
        sa.UniqueConstraint("plan_id", "voucher_id", name="uq_plan_cost_once"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_cost", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_cost_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_plan_cost_voucher", ["voucher_id"], unique=False)

    op.create_table(
        "plan_input",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("roll_digest", sa.String(length=64), nullable=False),
        sa.Column("cautions", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_input_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_input")),
        sa.UniqueConstraint("plan_id", "version", name="uq_plan_input_version"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_input", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_input_region_code"), ["region_code"], unique=False)

    op.create_table(
        "plan_use",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("entitlement", sa.String(length=20), nullable=False),
        sa.Column("classes", sa.String(length=200), nullable=False),
        sa.Column("fixed", sa.Text(), nullable=False),
        sa.Column("factors", sa.Text(), nullable=False),
        sa.Column("principal_fen", sa.BigInteger(), nullable=True),
        sa.Column("rate_bp", sa.BigInteger(), nullable=True),
        sa.Column("term_months", sa.BigInteger(), nullable=True),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("goods", sa.String(length=200), nullable=False),
        sa.Column("payee", sa.String(length=80), nullable=False),
        sa.Column("cost_table", sa.String(length=40), nullable=False),
        sa.Column("cost_id", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_plan_use_amount_positive")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_plan_use_asset_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_plan_use_contract_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_use_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_use")),
        sa.UniqueConstraint("plan_id", "position", name="uq_plan_use_position"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_use", schema=None) as batch_op:
        batch_op.create_index("ix_plan_use_contract", ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_use_region_code"), ["region_code"], unique=False)

    op.create_table(
        "payout_due",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("use_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["payout_order.id"], name=op.f("fk_payout_due_order_id")),
        sa.ForeignKeyConstraint(["use_id"], ["plan_use.id"], name=op.f("fk_payout_due_use_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_due")),
        sa.UniqueConstraint("order_id", "use_id", name="uq_payout_due_use"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("payout_due", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payout_due_region_code"), ["region_code"], unique=False)

    op.create_table(
        "payout_round",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("returned_fen", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_payout_round_by_id")),
        sa.ForeignKeyConstraint(["order_id"], ["payout_order.id"], name=op.f("fk_payout_round_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_round")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("payout_round", schema=None) as batch_op:
        batch_op.create_index("ix_payout_round_order", ["order_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payout_round_region_code"), ["region_code"], unique=False)

    op.create_table(
        "plan_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("use_id", sa.BigInteger(), nullable=False),
        sa.Column("instalment", sa.BigInteger(), nullable=False),
        sa.Column("beneficiary", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("head_name", sa.String(length=80), nullable=False),
        sa.Column("group_name", sa.String(length=20), nullable=False),
        sa.Column("payee", sa.String(length=40), nullable=False),
        sa.Column("payee_name", sa.String(length=80), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("withheld_fen", sa.BigInteger(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("of_months", sa.BigInteger(), nullable=False),
        sa.Column("odd_fen", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("amount_fen >= 0 AND withheld_fen >= 0", name=op.f("ck_plan_line_amounts_not_negative")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_plan_line_household_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_line_plan_id")),
        sa.ForeignKeyConstraint(["use_id"], ["plan_use.id"], name=op.f("fk_plan_line_use_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_line")),
        sa.UniqueConstraint("use_id", "instalment", "beneficiary", name="uq_plan_line_one_payment"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_line", schema=None) as batch_op:
        batch_op.create_index("ix_plan_line_household", ["household_id", "id"], unique=False)
        batch_op.create_index("ix_plan_line_plan", ["plan_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_line_region_code"), ["region_code"], unique=False)

    op.create_table(
        "work_record",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("project", sa.String(length=100), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("half_days", sa.BigInteger(), nullable=False),
        sa.Column("rate_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("plan_use_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("checked_by_text", sa.String(length=120), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "checked_by_id IS NULL OR checked_by_id <> entered_by_id", name=op.f("ck_work_record_second_person")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_work_record_period_forwards")),
        sa.CheckConstraint(
            "half_days > 0 AND rate_fen > 0 AND amount_fen > 0", name=op.f("ck_work_record_work_positive")
        ),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_work_record_asset_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_work_record_checked_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_work_record_entered_by_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_work_record_household_id")),
        sa.ForeignKeyConstraint(["plan_use_id"], ["plan_use.id"], name=op.f("fk_work_record_plan_use_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_record")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("work_record", schema=None) as batch_op:
        batch_op.create_index("ix_work_record_household", ["household_id", "starts_on"], unique=False)
        batch_op.create_index("ix_work_record_list", ["region_code", "status", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_record_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_work_record_use", ["plan_use_id"], unique=False)

    op.create_table(
        "payout_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_line_id", sa.BigInteger(), nullable=False),
        sa.Column("standing_line", sa.BigInteger(), nullable=True),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("withheld_fen", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("amount_fen >= 0 AND withheld_fen >= 0", name=op.f("ck_payout_line_amounts_not_negative")),
        sa.ForeignKeyConstraint(["order_id"], ["payout_order.id"], name=op.f("fk_payout_line_order_id")),
        sa.ForeignKeyConstraint(["plan_line_id"], ["plan_line.id"], name=op.f("fk_payout_line_plan_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_line")),
        sa.UniqueConstraint("order_id", "serial", name="uq_payout_line_serial"),
        sa.UniqueConstraint("standing_line", name="uq_payout_line_once"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("payout_line", schema=None) as batch_op:
        batch_op.create_index("ix_payout_line_order", ["order_id", "status"], unique=False)
        batch_op.create_index("ix_payout_line_plan_line", ["plan_line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payout_line_region_code"), ["region_code"], unique=False)

    op.create_table(
        "payout_result",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["payout_line.id"], name=op.f("fk_payout_result_line_id")),
        sa.ForeignKeyConstraint(["round_id"], ["payout_round.id"], name=op.f("fk_payout_result_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_result")),
        sa.UniqueConstraint("line_id", "number", name="uq_payout_result_number"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("payout_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payout_result_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_payout_result_round", ["round_id"], unique=False)

    op.create_table(
        "plan_income",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("income_row_id", sa.BigInteger(), nullable=False),
        sa.Column("taken_fen", sa.BigInteger(), nullable=False),
        sa.Column("fresh_fen", sa.BigInteger(), nullable=False),
        sa.Column("returned_fen", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "returned_fen >= 0 AND (returned_fen <= taken_fen OR returned_fen = 0)",
            name=op.f("ck_plan_income_returned_within_taken"),
        ),
        sa.CheckConstraint("taken_fen <> 0", name=op.f("ck_plan_income_something_taken")),
        sa.ForeignKeyConstraint(["income_row_id"], ["income_row.id"], name=op.f("fk_plan_income_income_row_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_income_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_income")),
        sa.UniqueConstraint("plan_id", "income_row_id", name="uq_plan_income_once"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_income", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_income_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_plan_income_row", ["income_row_id"], unique=False)

    op.create_table(
        "receipt_check",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("said_fen", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("said_fen >= 0", name=op.f("ck_receipt_check_said_not_negative")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_receipt_check_by_id")),
        sa.ForeignKeyConstraint(["line_id"], ["payout_line.id"], name=op.f("fk_receipt_check_line_id")),
        sa.ForeignKeyConstraint(["order_id"], ["payout_order.id"], name=op.f("fk_receipt_check_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_check")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("receipt_check", schema=None) as batch_op:
        batch_op.create_index("ix_receipt_check_line", ["line_id"], unique=False)
        batch_op.create_index("ix_receipt_check_order", ["order_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipt_check_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
