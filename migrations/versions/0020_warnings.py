"""Warnings as they are computed, how far they are, what was handed to units because of them, and what was said of it."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "warning",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("risk", sa.String(length=30), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("page_key", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name=op.f("ck_warning_closed_after_opening")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning")),
        sqlite_strict=True,
    )
    standing = sa.text("closed_at IS NULL")
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.create_index("ix_warning_list", ["region_code", "id"], unique=False)
        batch_op.create_index(
            "ix_warning_standing", ["region_code", "severity", "risk", "sector"], unique=False, sqlite_where=standing,
            postgresql_where=standing,
        )  # fmt: skip
        batch_op.create_index("ix_warning_subject", ["subject", "subject_id", "id"], unique=False)
        batch_op.create_index(
            "uq_warning_standing", ["risk", "subject_id"], unique=True, sqlite_where=standing,
            postgresql_where=standing,
        )  # fmt: skip

    op.create_table(
        "warning_progress",
        sa.Column("log_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("whole_on", sa.Date(), nullable=False),
        sa.Column("whole_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("log_id", name=op.f("pk_warning_progress")),
        sqlite_strict=True,
    )

    op.create_table(
        "warning_hand_off",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("warning_id", sa.BigInteger(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("risk", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("from_code", sa.String(length=12), nullable=False),
        sa.Column("above_code", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("handed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("handed_by_text", sa.String(length=120), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_way", sa.String(length=20), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["handed_by_id"], ["user.id"], name=op.f("fk_warning_hand_off_handed_by_id")),
        sa.ForeignKeyConstraint(["warning_id"], ["warning.id"], name=op.f("fk_warning_hand_off_warning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning_hand_off")),
        sqlite_strict=True,
    )
    lying = sa.text("ended_at IS NULL")
    with op.batch_alter_table("warning_hand_off", schema=None) as batch_op:
        batch_op.create_index("ix_warning_hand_off_above", ["above_code", "state", "due_on"], unique=False)
        batch_op.create_index("ix_warning_hand_off_desk", ["from_code", "state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_hand_off_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_warning_hand_off_unit", ["region_code", "state", "id"], unique=False)
        batch_op.create_index("ix_warning_hand_off_warning", ["warning_id", "id"], unique=False)
        batch_op.create_index(
            "uq_warning_hand_off_open", ["warning_id"], unique=True, sqlite_where=lying, postgresql_where=lying
        )

    op.create_table(
        "warning_word",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("hand_off_id", sa.BigInteger(), nullable=False),
        sa.Column("word", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_warning_word_by_id")),
        sa.ForeignKeyConstraint(["hand_off_id"], ["warning_hand_off.id"], name=op.f("fk_warning_word_hand_off_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning_word")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("warning_word", schema=None) as batch_op:
        batch_op.create_index("ix_warning_word_hand_off", ["hand_off_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_word_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
