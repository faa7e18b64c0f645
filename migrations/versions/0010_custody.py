"""Custody: agreements and the assets they are about, public posts, patrols, faults and their repair."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "patrol_round",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("assets", sa.BigInteger(), nullable=False),
        sa.Column("faults", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_patrol_round_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_round")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("patrol_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patrol_round_region_code"), ["region_code"], unique=False)

    op.create_table(
        "public_post",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("duties", sa.String(length=500), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("resident_id", sa.Text(), nullable=False),
        sa.Column("resident_index", sa.String(length=64), nullable=False),
        sa.Column("head_name", sa.String(length=40), nullable=False),
        sa.Column("head_index", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("is_cadres_kin", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("pay_fen", sa.BigInteger(), nullable=False),
        sa.Column("pay_source", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by_text", sa.String(length=120), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_public_post_ends_after_start")),
        sa.CheckConstraint("pay_fen >= 0", name=op.f("ck_public_post_pay_not_negative")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_public_post_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_post")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("public_post", schema=None) as batch_op:
        batch_op.create_index("ix_public_post_household", ["head_index"], unique=False)
        batch_op.create_index("ix_public_post_list", ["region_code", "status", "id"], unique=False)
        batch_op.create_index("ix_public_post_person", ["resident_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_public_post_region_code"), ["region_code"], unique=False)

    op.create_table(
        "custody_agreement",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("custodian_name", sa.String(length=80), nullable=False),
        sa.Column("custodian_user_id", sa.BigInteger(), nullable=True),
        sa.Column("party_id", sa.BigInteger(), nullable=True),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("standards", sa.Text(), nullable=False),
        sa.Column("frequency_months", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("pay_fen", sa.BigInteger(), nullable=False),
        sa.Column("pay_period", sa.String(length=20), nullable=False),
        sa.Column("pay_source", sa.String(length=20), nullable=False),
        sa.Column("duties", sa.String(length=1000), nullable=False),
        sa.Column("liability", sa.String(length=1000), nullable=False),
        sa.Column("hand_over", sa.String(length=1000), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("offered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("offered_by_text", sa.String(length=120), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_way", sa.String(length=20), nullable=False),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("answered_by_text", sa.String(length=120), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.Column("meanwhile", sa.String(length=80), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_custody_agreement_ends_after_start")),
        sa.CheckConstraint("frequency_months > 0", name=op.f("ck_custody_agreement_patrolled")),
        sa.CheckConstraint("pay_fen >= 0", name=op.f("ck_custody_agreement_pay_not_negative")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_custody_agreement_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["custodian_user_id"], ["user.id"], name=op.f("fk_custody_agreement_custodian_user_id")
        ),
        sa.ForeignKeyConstraint(["offered_by_id"], ["user.id"], name=op.f("fk_custody_agreement_offered_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_custody_agreement_party_id")),
        sa.ForeignKeyConstraint(["post_id"], ["public_post.id"], name=op.f("fk_custody_agreement_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_agreement")),
        sa.UniqueConstraint("number", name=op.f("uq_custody_agreement_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("custody_agreement", schema=None) as batch_op:
        batch_op.create_index("ix_custody_agreement_list", ["region_code", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_custody_agreement_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_custody_agreement_user", ["custodian_user_id", "status"], unique=False)

    op.create_table(
        "custody_item",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("agreement_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["custody_agreement.id"], name=op.f("fk_custody_item_agreement_id")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_custody_item_asset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_item")),
        sa.UniqueConstraint("agreement_id", "asset_id", name=op.f("uq_custody_item_agreement_id_asset_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("custody_item", schema=None) as batch_op:
        batch_op.create_index("ix_custody_item_asset", ["asset_id", "ended_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_custody_item_region_code"), ["region_code"], unique=False)

    op.create_table(
        "fault",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=1), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("found_by_id", sa.BigInteger(), nullable=True),
        sa.Column("found_by_text", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("repairer", sa.String(length=80), nullable=False),
        sa.Column("work", sa.String(length=500), nullable=False),
        sa.Column("repaired_on", sa.Date(), nullable=True),
        sa.Column("repaired_by_id", sa.BigInteger(), nullable=True),
        sa.Column("repaired_by_text", sa.String(length=120), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("payer", sa.String(length=20), nullable=False),
        sa.Column("checked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("checked_by_text", sa.String(length=120), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cost_fen >= 0", name=op.f("ck_fault_cost_not_negative")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_fault_asset_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_fault_checked_by_id")),
        sa.ForeignKeyConstraint(["found_by_id"], ["user.id"], name=op.f("fk_fault_found_by_id")),
        sa.ForeignKeyConstraint(["repaired_by_id"], ["user.id"], name=op.f("fk_fault_repaired_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("fault", schema=None) as batch_op:
        batch_op.create_index("ix_fault_asset", ["asset_id", "id"], unique=False)
        batch_op.create_index("ix_fault_list", ["region_code", "status", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_fault_region_code"), ["region_code"], unique=False)

    op.create_table(
        "patrol_state",
        sa.Column("asset_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("self_on", sa.Date(), nullable=True),
        sa.Column("self_due_on", sa.Date(), nullable=True),
        sa.Column("township_on", sa.Date(), nullable=True),
        sa.Column("township_due_on", sa.Date(), nullable=True),
        sa.Column("county_on", sa.Date(), nullable=True),
        sa.Column("county_due_on", sa.Date(), nullable=True),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("visit_due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_patrol_state_asset_id")),
        sa.PrimaryKeyConstraint("asset_id", name=op.f("pk_patrol_state")),
        sqlite_strict=True,
    )
    op.create_table(
        "patrol",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=True),
        sa.Column("fault_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_patrol_asset_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_patrol_by_id")),
        sa.ForeignKeyConstraint(["fault_id"], ["fault.id"], name=op.f("fk_patrol_fault_id")),
        sa.ForeignKeyConstraint(["round_id"], ["patrol_round.id"], name=op.f("fk_patrol_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("patrol", schema=None) as batch_op:
        batch_op.create_index("ix_patrol_asset", ["asset_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_patrol_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
