"""Meetings, their stages, and what they resolved."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _meeting()
    _stage()
    _resolution()
    install_guards(op.get_bind())


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("resolved_by", sa.String(length=20), nullable=True),
        sa.Column("body_name", sa.String(length=80), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=False),
        sa.Column("proxies", sa.BigInteger(), nullable=False),
        sa.Column("households_due", sa.BigInteger(), nullable=False),
        sa.Column("households_present", sa.BigInteger(), nullable=False),
        sa.Column("representatives", sa.BigInteger(), nullable=False),
        sa.Column("women", sa.BigInteger(), nullable=False),
        sa.Column("people_needed", sa.BigInteger(), nullable=True),
        sa.Column("households_needed", sa.BigInteger(), nullable=True),
        sa.Column("quorate", sa.Boolean(), nullable=False),
        sa.Column("chair", sa.String(length=40), nullable=False),
        sa.Column("recorder", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.String(length=2000), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("party_studied_on", sa.Date(), nullable=True),
        sa.Column("readable_on", sa.Date(), nullable=True),
        sa.Column("is_history", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("present + proxies <= due", name=op.f("ck_meeting_attendance_within_due")),
        sa.CheckConstraint("households_present <= households_due", name=op.f("ck_meeting_households_within_due")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_meeting_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_newest", ["held_on", "id"], unique=False)
        batch_op.create_index("ix_meeting_unit", ["region_code", "held_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_region_code"), ["region_code"], unique=False)


def _stage() -> None:
    op.create_table(
        "meeting_stage",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("present", sa.BigInteger(), nullable=True),
        sa.Column("agreed", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_stage_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_stage")),
        sa.UniqueConstraint("meeting_id", "stage", name=op.f("uq_meeting_stage_meeting_id_stage")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("meeting_stage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_stage_region_code"), ["region_code"], unique=False)


def _resolution() -> None:
    op.create_table(
        "resolution",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.BigInteger(), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("agreed", sa.BigInteger(), nullable=False),
        sa.Column("opposed", sa.BigInteger(), nullable=False),
        sa.Column("abstained", sa.BigInteger(), nullable=False),
        sa.Column("majority", sa.String(length=30), nullable=False),
        sa.Column("votes_needed", sa.BigInteger(), nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("case_table", sa.String(length=40), nullable=True),
        sa.Column("case_id", sa.String(length=40), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("alters_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "(case_table IS NULL) = (case_id IS NULL) AND (case_id IS NULL) = (content_digest IS NULL)",
            name=op.f("ck_resolution_case_whole"),
        ),
        sa.CheckConstraint("NOT carried OR agreed >= votes_needed", name=op.f("ck_resolution_carried_by_votes")),
        sa.ForeignKeyConstraint(["alters_id"], ["resolution.id"], name=op.f("fk_resolution_alters_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_resolution_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.UniqueConstraint("alters_id", name=op.f("uq_resolution_alters_id")),
        sa.UniqueConstraint("meeting_id", "item", name=op.f("uq_resolution_meeting_id_item")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.create_index("ix_resolution_case", ["case_table", "case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_resolution_region_code"), ["region_code"], unique=False)
