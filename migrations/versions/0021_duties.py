"""The duty list: who answers for what in each unit, from when to when."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_holder",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("post", sa.String(length=80), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_text", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_text", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> entered_by_id", name=op.f("ck_duty_holder_second_person")
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_duty_holder_ends_after_start")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_duty_holder_named")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_duty_holder_decided_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_duty_holder_entered_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_duty_holder_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_holder")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("duty_holder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_holder_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_duty_holder_status", ["status", "region_code", "id"], unique=False)
        batch_op.create_index("ix_duty_holder_unit", ["region_code", "duty", "status", "id"], unique=False)
        batch_op.create_index(
            "uq_duty_holder_waiting", ["region_code", "duty"], unique=True,
            sqlite_where=sa.text("status = 'WAITING'"), postgresql_where=sa.text("status = 'WAITING'"),
        )  # fmt: skip
        batch_op.create_index(
            "uq_duty_holder_holds", ["region_code", "duty"], unique=True,
            sqlite_where=sa.text("status = 'CONFIRMED' AND valid_to IS NULL"),
            postgresql_where=sa.text("status = 'CONFIRMED' AND valid_to IS NULL"),
        )  # fmt: skip

    install_guards(op.get_bind())
