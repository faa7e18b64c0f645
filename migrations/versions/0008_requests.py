"""Requests: their steps, decisions, interests, appraisals, and who stands in for whom."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval_request",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("route_key", sa.String(length=40), nullable=False),
        sa.Column("case_table", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("sector", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("content_version", sa.BigInteger(), nullable=False),
        sa.Column("step_kind", sa.String(length=20), nullable=False),
        sa.Column("desk_role", sa.String(length=40), nullable=False),
        sa.Column("desk_code", sa.String(length=12), nullable=False),
        sa.Column("above_role", sa.String(length=40), nullable=False),
        sa.Column("above_code", sa.String(length=12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("submitted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_by_text", sa.String(length=120), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["user.id"], name=op.f("fk_approval_request_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_request")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("approval_request", schema=None) as batch_op:
        batch_op.create_index("ix_approval_request_case", ["case_table", "case_id"], unique=False)
        batch_op.create_index("ix_approval_request_desk", ["desk_code", "desk_role", "since"], unique=False)
        batch_op.create_index("ix_approval_request_late", ["above_code", "above_role", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_request_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_approval_request_submitter", ["submitted_by_id", "status"], unique=False)

    op.create_table(
        "delegation",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("principal_id", sa.BigInteger(), nullable=False),
        sa.Column("principal_text", sa.String(length=120), nullable=False),
        sa.Column("deputy_id", sa.BigInteger(), nullable=False),
        sa.Column("deputy_text", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_delegation_ends_after_start")),
        sa.ForeignKeyConstraint(["deputy_id"], ["user.id"], name=op.f("fk_delegation_deputy_id")),
        sa.ForeignKeyConstraint(["principal_id"], ["user.id"], name=op.f("fk_delegation_principal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index("ix_delegation_deputy", ["deputy_id", "valid_to"], unique=False)
        batch_op.create_index("ix_delegation_principal", ["principal_id", "valid_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_region_code"), ["region_code"], unique=False)

    op.create_table(
        "appraisal",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("agency", sa.String(length=80), nullable=False),
        sa.Column("report_no", sa.String(length=60), nullable=False),
        sa.Column("appraisers", sa.String(length=200), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("appraised_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("value_fen >= 0", name=op.f("ck_appraisal_value_not_negative")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_appraisal_entered_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["approval_request.id"], name=op.f("fk_appraisal_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("appraisal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appraisal_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_appraisal_request", ["request_id"], unique=False)

    op.create_table(
        "approval_decision",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("defect", sa.String(length=120), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("for_id", sa.BigInteger(), nullable=True),
        sa.Column("for_text", sa.String(length=120), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("content_version", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waited_days", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_approval_decision_by_id")),
        sa.ForeignKeyConstraint(["for_id"], ["user.id"], name=op.f("fk_approval_decision_for_id")),
        sa.ForeignKeyConstraint(["request_id"], ["approval_request.id"], name=op.f("fk_approval_decision_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_decision")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("approval_decision", schema=None) as batch_op:
        batch_op.create_index("ix_approval_decision_person", ["by_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_decision_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_approval_decision_request", ["request_id", "position"], unique=False)

    op.create_table(
        "approval_interest",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("content_version", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("capacity", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["approval_request.id"], name=op.f("fk_approval_interest_request_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_approval_interest_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_interest")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("approval_interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_interest_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_approval_interest_request", ["request_id", "user_id"], unique=False)

    op.create_table(
        "approval_step",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("seat_role", sa.String(length=40), nullable=False),
        sa.Column("seat_code", sa.String(length=12), nullable=False),
        sa.Column("desk_role", sa.String(length=40), nullable=False),
        sa.Column("desk_code", sa.String(length=12), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=True),
        sa.Column("limit_days", sa.BigInteger(), nullable=True),
        sa.Column("hang_days", sa.BigInteger(), nullable=True),
        sa.Column("papers", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_table", sa.String(length=40), nullable=False),
        sa.Column("answer_id", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["approval_request.id"], name=op.f("fk_approval_step_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_step")),
        sa.UniqueConstraint("request_id", "position", name=op.f("uq_approval_step_request_id_position")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("approval_step", schema=None) as batch_op:
        batch_op.create_index("ix_approval_step_filed", ["desk_code", "desk_role", "status", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_step_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
