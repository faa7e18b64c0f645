"""Households, persons and the rolls of beneficiaries."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("resident_id", sa.Text(), nullable=False),
        sa.Column("resident_index", sa.String(length=64), nullable=False),
        sa.Column("labour", sa.String(length=20), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("heir_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["heir_id"], ["person.id"], name=op.f("fk_person_heir_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_person_resident_index", ["resident_index"], unique=False)

    op.create_table(
        "household",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("group_name", sa.String(length=20), nullable=False),
        sa.Column("bank_name", sa.String(length=60), nullable=False),
        sa.Column("bank_account", sa.Text(), nullable=False),
        sa.Column("is_cadre", sa.Boolean(), nullable=False),
        sa.Column("unnamed", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("parting", sa.String(length=20), nullable=False),
        sa.Column("successor_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by_text", sa.String(length=120), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_back_reason", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> entered_by_id", name=op.f("ck_household_second_person")
        ),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= formed_on", name=op.f("ck_household_ends_after_start")),
        sa.CheckConstraint("unnamed >= 0", name=op.f("ck_household_unnamed_not_negative")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_household_confirmed_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_household_entered_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_household_party_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["household.id"], name=op.f("fk_household_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("region_code", "serial", name=op.f("uq_household_region_code_serial")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.create_index("ix_household_list", ["region_code", "status", "serial"], unique=False)
        batch_op.create_index("ix_household_party", ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_household_region_code"), ["region_code"], unique=False)

    op.create_table(
        "account_change",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("waiting_for", sa.BigInteger(), nullable=True),
        sa.Column("bank_name", sa.String(length=60), nullable=False),
        sa.Column("bank_account", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_by_text", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_text", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR status = 'WITHDRAWN' OR decided_by_id <> asked_by_id",
            name=op.f("ck_account_change_second_person"),
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_account_change_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_account_change_decided_by_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_account_change_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_change")),
        sa.UniqueConstraint("waiting_for", name="uq_account_change_one_waits"),
        sqlite_strict=True,
    )
    with op.batch_alter_table("account_change", schema=None) as batch_op:
        batch_op.create_index("ix_account_change_household", ["household_id", "id"], unique=False)
        batch_op.create_index("ix_account_change_list", ["region_code", "status", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_change_region_code"), ["region_code"], unique=False)

    op.create_table(
        "roll_change",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_by_text", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_roll_change_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_change")),
        sa.UniqueConstraint("uid", name=op.f("uq_roll_change_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("roll_change", schema=None) as batch_op:
        batch_op.create_index("ix_roll_change_list", ["region_code", "status", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roll_change_region_code"), ["region_code"], unique=False)

    op.create_table(
        "share_holding",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("hundredths", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("origin_id", sa.BigInteger(), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("hundredths > 0", name=op.f("ck_share_holding_some")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_share_holding_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["origin_id"], ["share_holding.id"], name=op.f("fk_share_holding_origin_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_share_holding_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_holding")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("share_holding", schema=None) as batch_op:
        batch_op.create_index("ix_share_holding_person", ["person_id", "valid_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_holding_region_code"), ["region_code"], unique=False)

    op.create_table(
        "beneficiary_status",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("beneficiary_class", sa.String(length=20), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("end_reason", sa.String(length=20), nullable=False),
        sa.Column("change_id", sa.BigInteger(), nullable=True),
        sa.Column("end_change_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_beneficiary_status_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["change_id"], ["roll_change.id"], name=op.f("fk_beneficiary_status_change_id")),
        sa.ForeignKeyConstraint(
            ["end_change_id"], ["roll_change.id"], name=op.f("fk_beneficiary_status_end_change_id")
        ),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_beneficiary_status_household_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_beneficiary_status_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beneficiary_status")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("beneficiary_status", schema=None) as batch_op:
        batch_op.create_index("ix_beneficiary_status_household", ["household_id", "valid_from"], unique=False)
        batch_op.create_index(
            "ix_beneficiary_status_list", ["region_code", "beneficiary_class", "valid_to"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_beneficiary_status_region_code"), ["region_code"], unique=False)

    op.create_table(
        "roll_change_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("change_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("resident_id", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=500), nullable=False),
        sa.Column("after", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["roll_change.id"], name=op.f("fk_roll_change_line_change_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_roll_change_line_household_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roll_change_line_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_change_line")),
        sa.UniqueConstraint("change_id", "position", name=op.f("uq_roll_change_line_change_id_position")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("roll_change_line", schema=None) as batch_op:
        batch_op.create_index("ix_roll_change_line_household", ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roll_change_line_region_code"), ["region_code"], unique=False)

    op.create_table(
        "roll_review",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("change_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_roll_review_by_id")),
        sa.ForeignKeyConstraint(["change_id"], ["roll_change.id"], name=op.f("fk_roll_review_change_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_roll_review_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_review")),
        sa.UniqueConstraint("household_id", "year", name=op.f("uq_roll_review_household_id_year")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("roll_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_review_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_roll_review_year", ["region_code", "year"], unique=False)

    op.create_table(
        "stay",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("parting", sa.String(length=20), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_stay_ends_after_start")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_stay_household_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stay_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stay", schema=None) as batch_op:
        batch_op.create_index("ix_stay_household", ["household_id", "valid_to"], unique=False)
        batch_op.create_index("ix_stay_person", ["person_id", "valid_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_stay_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
