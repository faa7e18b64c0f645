"""Notices on the boards, what people object to them, and what is answered."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "objection_door",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_door")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_objection_door_kind_subject")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("objection_door", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_door_since"), ["since"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("table_json", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=40), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("hotline", sa.String(length=100), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("days_kind", sa.String(length=20), nullable=False),
        sa.Column("days_parameter", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("case_table", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("posted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("posted_by_text", sa.String(length=120), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposer_id", sa.BigInteger(), nullable=True),
        sa.Column("proposer_text", sa.String(length=120), nullable=False),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("first_photo", sa.String(length=64), nullable=False),
        sa.Column("last_photo", sa.String(length=64), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_by_text", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_notice_hangs")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["user.id"], name=op.f("fk_notice_ended_by_id")),
        sa.ForeignKeyConstraint(["posted_by_id"], ["user.id"], name=op.f("fk_notice_posted_by_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["user.id"], name=op.f("fk_notice_proposer_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["notice.id"], name=op.f("fk_notice_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_board", ["region_code", "state", "id"], unique=False)
        batch_op.create_index("ix_notice_case", ["case_table", "case_id"], unique=False)
        batch_op.create_index("ix_notice_period", ["region_code", "kind", "period_from"], unique=False)
        batch_op.create_index("ix_notice_posted_by", ["posted_by_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_notice_replaces", ["replaces_id"], unique=False)
        batch_op.create_index("ix_notice_state", ["state", "region_code", "id"], unique=False)

    op.create_table(
        "objection",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("receipt_index", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by_id", sa.BigInteger(), nullable=True),
        sa.Column("raised_by_text", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("pass_on_until", sa.Date(), nullable=True),
        sa.Column("passed_on_on", sa.Date(), nullable=True),
        sa.Column("passed_on_reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_objection_notice_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["user.id"], name=op.f("fk_objection_raised_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("receipt_index", name=op.f("uq_objection_receipt_index")),
        sa.UniqueConstraint("uid", name=op.f("uq_objection_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index("ix_objection_notice", ["notice_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objection_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_objection_turn", ["state", "level", "region_code"], unique=False)

    op.create_table(
        "objection_answer",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("objection_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("finding", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("answered_by_text", sa.String(length=120), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_objection_answer_answered_by_id")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_objection_answer_objection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_answer")),
        sa.UniqueConstraint("objection_id", "level", name=op.f("uq_objection_answer_objection_id_level")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("objection_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_answer_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
