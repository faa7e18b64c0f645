"""Evaluations, their assets with frozen evidence, and what persons said of them."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("categories", sa.String(length=60), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("specials", sa.String(length=200), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("scheme_text", sa.Text(), nullable=False),
        sa.Column("assets", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_by_text", sa.String(length=120), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_by_text", sa.String(length=120), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by_text", sa.String(length=120), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("final_digest", sa.String(length=64), nullable=False),
        sa.Column("rescored", sa.BigInteger(), nullable=False),
        sa.Column("concluded_by_id", sa.BigInteger(), nullable=True),
        sa.Column("concluded_by_text", sa.String(length=120), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("subsidy_fen", sa.BigInteger(), nullable=True),
        sa.Column("subsidy_basis", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(status = 'DONE') = (concluded_on IS NOT NULL)", name=op.f("ck_evaluation_done_on_a_day")),
        sa.CheckConstraint("subsidy_fen IS NULL OR subsidy_fen > 0", name=op.f("ck_evaluation_subsidy_positive")),
        sa.ForeignKeyConstraint(["concluded_by_id"], ["user.id"], name=op.f("fk_evaluation_concluded_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_evaluation_confirmed_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_evaluation_opened_by_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["user.id"], name=op.f("fk_evaluation_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("number", name=op.f("uq_evaluation_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index("ix_evaluation_list", ["region_code", "id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_region_code"), ["region_code"], unique=False)

    op.create_table(
        "evaluation_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("evaluation_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("asset_no", sa.String(length=23), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("owner_text", sa.String(length=200), nullable=False),
        sa.Column("is_special", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_digest", sa.String(length=64), nullable=False),
        sa.Column("earned_cents", sa.BigInteger(), nullable=False),
        sa.Column("applicable_cents", sa.BigInteger(), nullable=False),
        sa.Column("score_cents", sa.BigInteger(), nullable=True),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("waiting", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=True),
        sa.Column("finding_id", sa.BigInteger(), nullable=True),
        sa.Column("support_order", sa.BigInteger(), nullable=True),
        sa.Column("support_fen", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(score_cents IS NULL) = (grade = 'UNGRADED')", name=op.f("ck_evaluation_line_graded_by_score")
        ),
        sa.CheckConstraint("applicable_cents <= 10000", name=op.f("ck_evaluation_line_at_most_a_hundred")),
        sa.CheckConstraint(
            "earned_cents >= 0 AND earned_cents <= applicable_cents", name=op.f("ck_evaluation_line_earned_within")
        ),
        sa.CheckConstraint("score_cents BETWEEN 0 AND 10000", name=op.f("ck_evaluation_line_score_within")),
        sa.CheckConstraint(
            "support_fen IS NULL OR support_order IS NOT NULL", name=op.f("ck_evaluation_line_supported_in_order")
        ),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_evaluation_line_asset_id")),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_line_evaluation_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_evaluation_line_finding_id")),
        sa.ForeignKeyConstraint(["last_id"], ["evaluation_line.id"], name=op.f("fk_evaluation_line_last_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_line")),
        sa.UniqueConstraint("evaluation_id", "asset_id", name=op.f("uq_evaluation_line_evaluation_id_asset_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("evaluation_line", schema=None) as batch_op:
        batch_op.create_index("ix_evaluation_line_asset", ["asset_id", "year"], unique=False)
        batch_op.create_index("ix_evaluation_line_finding", ["finding_id"], unique=False)
        batch_op.create_index("ix_evaluation_line_last", ["last_id"], unique=False)
        batch_op.create_index("ix_evaluation_line_list", ["evaluation_id", "region_code", "id", "grade"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_line_region_code"), ["region_code"], unique=False)

    op.create_table(
        "evaluation_score",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("evaluation_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("criterion", sa.String(length=20), nullable=False),
        sa.Column("points_cents", sa.BigInteger(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("paper", sa.String(length=120), nullable=False),
        sa.Column("scorer", sa.String(length=80), nullable=False),
        sa.Column("objection_id", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "(kind = 'RESCORED') = (objection_id IS NOT NULL)", name=op.f("ck_evaluation_score_appeal_names_objection")
        ),
        sa.CheckConstraint("reason <> '' AND paper <> ''", name=op.f("ck_evaluation_score_explained")),
        sa.CheckConstraint(
            "cents IS NULL OR (cents >= 0 AND cents <= points_cents)", name=op.f("ck_evaluation_score_within_points")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_evaluation_score_by_id")),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_score_evaluation_id")),
        sa.ForeignKeyConstraint(["line_id"], ["evaluation_line.id"], name=op.f("fk_evaluation_score_line_id")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_evaluation_score_objection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_score")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("evaluation_score", schema=None) as batch_op:
        batch_op.create_index("ix_evaluation_score_evaluation", ["evaluation_id", "by_id"], unique=False)
        batch_op.create_index("ix_evaluation_score_line", ["line_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_score_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
