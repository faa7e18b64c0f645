"""Receipts, the income they became, arrears."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "income_sum",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("month", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "month", "kind", name=op.f("pk_income_sum")),
        sqlite_strict=True,
    )
    op.create_table(
        "quiet_period",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("said_by_id", sa.BigInteger(), nullable=True),
        sa.Column("said_by_text", sa.String(length=120), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_quiet_period_asset_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["user.id"], name=op.f("fk_quiet_period_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_period")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_quiet_period_region_code"), "quiet_period", ["region_code"], unique=False)
    op.create_index("uq_quiet_period_asset", "quiet_period", ["asset_id", "starts_on"], unique=True)
    op.create_table(
        "receipt",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("equity_id", sa.BigInteger(), nullable=True),
        sa.Column("due_id", sa.BigInteger(), nullable=True),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("earned_from", sa.Date(), nullable=False),
        sa.Column("earned_to", sa.Date(), nullable=False),
        sa.Column("payer", sa.String(length=80), nullable=False),
        sa.Column("bank_reference", sa.String(length=60), nullable=False),
        sa.Column("goods", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=True),
        sa.Column("last_fen", sa.BigInteger(), nullable=True),
        sa.Column("is_twice", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("checked_by_text", sa.String(length=120), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_back_reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount_fen > 0 OR (amount_fen = 0 AND corrects_id IS NOT NULL)", name=op.f("ck_receipt_amount_positive")
        ),
        sa.CheckConstraint("contract_id IS NULL OR equity_id IS NULL", name=op.f("ck_receipt_of_one_thing")),
        sa.CheckConstraint("earned_to >= earned_from", name=op.f("ck_receipt_period_forwards")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_receipt_asset_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_receipt_checked_by_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_receipt_contract_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["receipt.id"], name=op.f("fk_receipt_corrects_id")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_receipt_due_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_receipt_entered_by_id")),
        sa.ForeignKeyConstraint(["equity_id"], ["equity.id"], name=op.f("fk_receipt_equity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sqlite_strict=True,
    )
    op.create_index("ix_receipt_asset", "receipt", ["asset_id", "received_on"], unique=False)
    op.create_index("ix_receipt_bank_reference", "receipt", ["bank_reference"], unique=False)
    op.create_index("ix_receipt_contract", "receipt", ["contract_id", "status"], unique=False)
    op.create_index("ix_receipt_corrects", "receipt", ["corrects_id"], unique=False)
    op.create_index("ix_receipt_equity", "receipt", ["equity_id", "status"], unique=False)
    op.create_index(
        "ix_receipt_day", "receipt", ["received_on", "id", "region_code", "status", "kind", "basis"], unique=False
    )
    op.create_index("ix_receipt_waiting", "receipt", ["status", "region_code", "id", "entered_by_id"], unique=False)
    op.create_index("ix_receipt_entered_by", "receipt", ["entered_by_id", "status"], unique=False)
    op.create_index(op.f("ix_receipt_region_code"), "receipt", ["region_code"], unique=False)
    op.create_table(
        "demand_letter",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("due_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("pay_by", sa.Date(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("pay_by > sent_on", name=op.f("ck_demand_letter_period_reasonable")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_demand_letter_by_id")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_demand_letter_due_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_letter")),
        sqlite_strict=True,
    )
    op.create_index("ix_demand_letter_due", "demand_letter", ["due_id", "sent_on"], unique=False)
    op.create_index(op.f("ix_demand_letter_region_code"), "demand_letter", ["region_code"], unique=False)
    op.create_table(
        "write_off",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("due_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("grounds", sa.String(length=1000), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by_text", sa.String(length=120), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_write_off_amount_positive")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_write_off_due_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_write_off_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_off")),
        sqlite_strict=True,
    )
    op.create_index("ix_write_off_due", "write_off", ["due_id"], unique=False)
    op.create_index("ix_write_off_list", "write_off", ["region_code", "status", "id"], unique=False)
    op.create_index(op.f("ix_write_off_region_code"), "write_off", ["region_code"], unique=False)
    op.create_table(
        "income_row",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("equity_id", sa.BigInteger(), nullable=True),
        sa.Column("due_id", sa.BigInteger(), nullable=True),
        sa.Column("due_share_id", sa.BigInteger(), nullable=True),
        sa.Column("voucher_id", sa.BigInteger(), nullable=True),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("earned_from", sa.Date(), nullable=False),
        sa.Column("earned_to", sa.Date(), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("releases_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("amount_fen <> 0", name=op.f("ck_income_row_amount_not_zero")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_income_row_asset_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_income_row_contract_id")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_income_row_due_id")),
        sa.ForeignKeyConstraint(["due_share_id"], ["due_share.id"], name=op.f("fk_income_row_due_share_id")),
        sa.ForeignKeyConstraint(["equity_id"], ["equity.id"], name=op.f("fk_income_row_equity_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_income_row_party_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_income_row_receipt_id")),
        sa.ForeignKeyConstraint(["releases_id"], ["income_row.id"], name=op.f("fk_income_row_releases_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["income_row.id"], name=op.f("fk_income_row_reverses_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_income_row_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_income_row")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_income_row_asset", "income_row", ["asset_id", "id", "kind", "received_on", "amount_fen"], unique=False
    )
    op.create_index("ix_income_row_contract", "income_row", ["contract_id", "kind"], unique=False)
    op.create_index("ix_income_row_due", "income_row", ["due_id"], unique=False)
    op.create_index("ix_income_row_month", "income_row", ["month", "region_code", "id"], unique=False)
    op.create_index("ix_income_row_party", "income_row", ["party_id", "earned_on", "kind"], unique=False)
    op.create_index("ix_income_row_receipt", "income_row", ["receipt_id"], unique=False)
    op.create_index("ix_income_row_region", "income_row", ["region_code", "id"], unique=False)
    op.create_index(op.f("ix_income_row_region_code"), "income_row", ["region_code"], unique=False)
    op.create_index("ix_income_row_releases", "income_row", ["releases_id"], unique=False)
    op.create_index("uq_income_row_reverses", "income_row", ["reverses_id"], unique=True)
    op.create_table(
        "prepaid_left",
        sa.Column("row_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("left_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["row_id"], ["income_row.id"], name=op.f("fk_prepaid_left_row_id")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_prepaid_left")),
        sqlite_strict=True,
    )
    op.create_index("ix_prepaid_left_region", "prepaid_left", ["region_code", "row_id"], unique=False)
    install_guards(op.get_bind())
