"""Contracts, what is due, equity, reviews of operating assets."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("paper_number", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=True),
        sa.Column("operator_name", sa.String(length=80), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("is_written", sa.Boolean(), nullable=False),
        sa.Column("rent_kind", sa.String(length=20), nullable=False),
        sa.Column("yearly_fen", sa.BigInteger(), nullable=False),
        sa.Column("frequency", sa.String(length=20), nullable=False),
        sa.Column("in_advance", sa.Boolean(), nullable=False),
        sa.Column("by_calendar", sa.Boolean(), nullable=False),
        sa.Column("days_to_pay", sa.BigInteger(), nullable=False),
        sa.Column("rise_bp", sa.BigInteger(), nullable=False),
        sa.Column("rise_years", sa.BigInteger(), nullable=False),
        sa.Column("share_bp", sa.BigInteger(), nullable=False),
        sa.Column("share_basis", sa.String(length=20), nullable=False),
        sa.Column("deposit_fen", sa.BigInteger(), nullable=False),
        sa.Column("prepaid_months", sa.BigInteger(), nullable=False),
        sa.Column("principal_fen", sa.BigInteger(), nullable=False),
        sa.Column("principal_due_on", sa.Date(), nullable=True),
        sa.Column("appraised_fen", sa.BigInteger(), nullable=True),
        sa.Column("floor_reason", sa.String(length=500), nullable=False),
        sa.Column("award", sa.String(length=20), nullable=False),
        sa.Column("award_note", sa.String(length=500), nullable=False),
        sa.Column("plan", sa.String(length=2000), nullable=False),
        sa.Column("duties", sa.String(length=2000), nullable=False),
        sa.Column("risk_control", sa.String(length=2000), nullable=False),
        sa.Column("default_terms", sa.String(length=2000), nullable=False),
        sa.Column("exit_terms", sa.String(length=2000), nullable=False),
        sa.Column("late_terms", sa.String(length=500), nullable=False),
        sa.Column("is_legacy", sa.Boolean(), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.Column("arrears_fen", sa.BigInteger(), nullable=False),
        sa.Column("previous_id", sa.BigInteger(), nullable=True),
        sa.Column("link", sa.String(length=20), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("signed_by_text", sa.String(length=120), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.Column("deposit_return_fen", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_contract_term_forwards")),
        sa.CheckConstraint("share_bp BETWEEN 0 AND 10000", name=op.f("ck_contract_share_in_bounds")),
        sa.CheckConstraint(
            "yearly_fen >= 0 AND deposit_fen >= 0 AND principal_fen >= 0 AND arrears_fen >= 0",
            name=op.f("ck_contract_money_not_negative"),
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_contract_entered_by_id")),
        sa.ForeignKeyConstraint(["operator_id"], ["party.id"], name=op.f("fk_contract_operator_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["contract.id"], name=op.f("fk_contract_previous_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["user.id"], name=op.f("fk_contract_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index("ix_contract_ends", ["status", "ends_on", "region_code"], unique=False)
        batch_op.create_index("ix_contract_list", ["region_code", "id", "status"], unique=False)
        batch_op.create_index("ix_contract_operator", ["operator_id"], unique=False)
        batch_op.create_index("ix_contract_previous", ["previous_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_region_code"), ["region_code"], unique=False)

    op.create_table(
        "contract_share",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("share_bp", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("share_bp BETWEEN 1 AND 10000", name=op.f("ck_contract_share_share_in_bounds")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_share_contract_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_contract_share_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_share")),
        sa.UniqueConstraint("contract_id", "party_id", name=op.f("uq_contract_share_contract_id_party_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_share", schema=None) as batch_op:
        batch_op.create_index("ix_contract_share_owner", ["region_code", "contract_id"], unique=False)
        batch_op.create_index("ix_contract_share_party", ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_share_region_code"), ["region_code"], unique=False)

    op.create_table(
        "operating_result",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("turnover_fen", sa.BigInteger(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("incentive_fen", sa.BigInteger(), nullable=False),
        sa.Column("returned_fen", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "turnover_fen >= 0 AND incentive_fen >= 0 AND returned_fen >= 0",
            name=op.f("ck_operating_result_money_not_negative"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_operating_result_by_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_operating_result_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operating_result")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("operating_result", schema=None) as batch_op:
        batch_op.create_index("ix_operating_result_contract", ["contract_id", "year", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operating_result_region_code"), ["region_code"], unique=False)

    op.create_table(
        "operator_officer",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("capacity", sa.String(length=20), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("kin_of", sa.String(length=80), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_operator_officer_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_officer")),
        sa.UniqueConstraint(
            "contract_id", "name", "capacity", name=op.f("uq_operator_officer_contract_id_name_capacity")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("operator_officer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operator_officer_region_code"), ["region_code"], unique=False)

    op.create_table(
        "contract_asset",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_contract_asset_weight_positive")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_contract_asset_asset_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_asset_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_asset")),
        sa.UniqueConstraint("contract_id", "asset_id", name=op.f("uq_contract_asset_contract_id_asset_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_asset", schema=None) as batch_op:
        batch_op.create_index("ix_contract_asset_asset", ["asset_id", "ended_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_asset_region_code"), ["region_code"], unique=False)

    op.create_table(
        "equity",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("holder_id", sa.BigInteger(), nullable=False),
        sa.Column("investee_id", sa.BigInteger(), nullable=False),
        sa.Column("contribution", sa.String(length=20), nullable=False),
        sa.Column("capital_fen", sa.BigInteger(), nullable=False),
        sa.Column("share_bp", sa.BigInteger(), nullable=False),
        sa.Column("return_kind", sa.String(length=20), nullable=False),
        sa.Column("yearly_fen", sa.BigInteger(), nullable=False),
        sa.Column("frequency", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("principal_due_on", sa.Date(), nullable=True),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.Column("arrears_fen", sa.BigInteger(), nullable=False),
        sa.Column("returned_fen", sa.BigInteger(), nullable=False),
        sa.Column("exit_terms", sa.String(length=1000), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by_text", sa.String(length=120), nullable=False),
        sa.Column("exited_on", sa.Date(), nullable=True),
        sa.Column("exit_reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("capital_fen > 0", name=op.f("ck_equity_capital_positive")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_equity_term_forwards")),
        sa.CheckConstraint("arrears_fen = 0 OR planned_from IS NOT NULL", name=op.f("ck_equity_arrears_of_the_past")),
        sa.CheckConstraint("planned_from > starts_on", name=op.f("ck_equity_planned_later")),
        sa.CheckConstraint("returned_fen <= capital_fen", name=op.f("ck_equity_returned_within_capital")),
        sa.CheckConstraint("share_bp BETWEEN 0 AND 10000", name=op.f("ck_equity_share_in_bounds")),
        sa.CheckConstraint(
            "yearly_fen >= 0 AND returned_fen >= 0 AND arrears_fen >= 0", name=op.f("ck_equity_money_not_negative")
        ),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_equity_asset_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_equity_confirmed_by_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_equity_contract_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_equity_entered_by_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["party.id"], name=op.f("fk_equity_holder_id")),
        sa.ForeignKeyConstraint(["investee_id"], ["party.id"], name=op.f("fk_equity_investee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equity")),
        sa.UniqueConstraint("number", name=op.f("uq_equity_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("equity", schema=None) as batch_op:
        batch_op.create_index("ix_equity_asset", ["asset_id"], unique=False)
        batch_op.create_index("ix_equity_holder", ["holder_id"], unique=False)
        batch_op.create_index("ix_equity_list", ["region_code", "id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_equity_region_code"), ["region_code"], unique=False)

    op.create_table(
        "industry_review",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("finding", sa.String(length=500), nullable=False),
        sa.Column("measures", sa.String(length=500), nullable=False),
        sa.Column("idle_since", sa.Date(), nullable=True),
        sa.Column("revive_by", sa.Date(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_industry_review_asset_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_industry_review_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_industry_review")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("industry_review", schema=None) as batch_op:
        batch_op.create_index("ix_industry_review_asset", ["asset_id", "year", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_industry_review_region_code"), ["region_code"], unique=False)

    op.create_table(
        "use_change",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("use_status", sa.String(length=20), nullable=False),
        sa.Column("operating_mode", sa.String(length=20), nullable=False),
        sa.Column("industry_class", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_use_change_asset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_use_change")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("use_change", schema=None) as batch_op:
        batch_op.create_index("ix_use_change_asset", ["asset_id", "changed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_use_change_region_code"), ["region_code"], unique=False)

    op.create_table(
        "due",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("equity_id", sa.BigInteger(), nullable=True),
        sa.Column("debtor_id", sa.BigInteger(), nullable=True),
        sa.Column("debtor_name", sa.String(length=80), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("settled_fen", sa.BigInteger(), nullable=False),
        sa.Column("written_off_fen", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("stated_base_fen", sa.BigInteger(), nullable=True),
        sa.Column("stated_by_id", sa.BigInteger(), nullable=True),
        sa.Column("stated_by_text", sa.String(length=120), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(contract_id IS NULL) <> (equity_id IS NULL)", name=op.f("ck_due_of_one_thing")),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_due_amount_positive")),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_due_period_forwards")),
        sa.CheckConstraint(
            "settled_fen + written_off_fen <= coalesce(amount_fen, 0)", name=op.f("ck_due_met_within_amount")
        ),
        sa.CheckConstraint("settled_fen >= 0 AND written_off_fen >= 0", name=op.f("ck_due_met_not_negative")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_due_contract_id")),
        sa.ForeignKeyConstraint(["debtor_id"], ["party.id"], name=op.f("fk_due_debtor_id")),
        sa.ForeignKeyConstraint(["equity_id"], ["equity.id"], name=op.f("fk_due_equity_id")),
        sa.ForeignKeyConstraint(["stated_by_id"], ["user.id"], name=op.f("fk_due_stated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.create_index("ix_due_contract", ["contract_id", "due_on"], unique=False)
        batch_op.create_index("ix_due_equity", ["equity_id", "due_on"], unique=False)
        batch_op.create_index("ix_due_list", ["region_code", "status", "due_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_region_code"), ["region_code"], unique=False)

    op.create_table(
        "equity_right",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("equity_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("came_from_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("units > 0", name=op.f("ck_equity_right_units_positive")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_equity_right_term_forwards")),
        sa.ForeignKeyConstraint(["came_from_id"], ["equity_right.id"], name=op.f("fk_equity_right_came_from_id")),
        sa.ForeignKeyConstraint(["equity_id"], ["equity.id"], name=op.f("fk_equity_right_equity_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_equity_right_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equity_right")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("equity_right", schema=None) as batch_op:
        batch_op.create_index("ix_equity_right_equity", ["equity_id", "valid_to"], unique=False)
        batch_op.create_index("ix_equity_right_party", ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_equity_right_region_code"), ["region_code"], unique=False)

    op.create_table(
        "due_share",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("due_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("settled_fen", sa.BigInteger(), nullable=False),
        sa.Column("written_off_fen", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "settled_fen + written_off_fen <= coalesce(amount_fen, 0)", name=op.f("ck_due_share_met_within_amount")
        ),
        sa.CheckConstraint("settled_fen >= 0 AND written_off_fen >= 0", name=op.f("ck_due_share_met_not_negative")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_due_share_asset_id")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_due_share_due_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_due_share_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_share")),
        sa.UniqueConstraint("due_id", "asset_id", "party_id", name=op.f("uq_due_share_due_id_asset_id_party_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("due_share", schema=None) as batch_op:
        batch_op.create_index("ix_due_share_asset", ["asset_id", "due_id"], unique=False)
        batch_op.create_index("ix_due_share_party", ["party_id", "due_id"], unique=False)
        batch_op.create_index("ix_due_share_region", ["region_code", "due_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_share_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
