"""The books: charts, vouchers and postings, periods, sums."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "book",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("chart", sa.String(length=20), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_month", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_book_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book")),
        sa.UniqueConstraint("party_id", name=op.f("uq_book_party_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("book", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_book_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_book_region_id", ["region_code", "id"], unique=False)

    op.create_table(
        "account_sum",
        sa.Column("book_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=8), nullable=False),
        sa.Column("detail", sa.String(length=20), nullable=False),
        sa.Column("debit_fen", sa.BigInteger(), nullable=False),
        sa.Column("credit_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("fk_account_sum_book_id")),
        sa.PrimaryKeyConstraint("book_id", "month", "account", "detail", name=op.f("pk_account_sum")),
        sqlite_strict=True,
    )
    op.create_table(
        "book_period",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("begun_by_id", sa.BigInteger(), nullable=True),
        sa.Column("begun_by_text", sa.String(length=120), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_text", sa.String(length=120), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["begun_by_id"], ["user.id"], name=op.f("fk_book_period_begun_by_id")),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("fk_book_period_book_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_period")),
        sa.UniqueConstraint("book_id", "month", name=op.f("uq_book_period_book_id_month")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("book_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_book_period_region_code"), ["region_code"], unique=False)

    op.create_table(
        "period_accrual",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.String(length=40), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("source_table", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("posted_fen", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("party_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_period_accrual_amount_positive")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_period_accrual_asset_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_period_accrual_party_id")),
        sa.ForeignKeyConstraint(["period_id"], ["book_period.id"], name=op.f("fk_period_accrual_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_accrual")),
        sa.UniqueConstraint(
            "period_id", "source_table", "source_id", name=op.f("uq_period_accrual_period_id_source_table_source_id")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("period_accrual", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_period_accrual_region_code"), ["region_code"], unique=False)

    op.create_table(
        "book_reopening",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_by_text", sa.String(length=120), nullable=False),
        sa.Column("asked_from", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answered_by_text", sa.String(length=120), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_book_reopening_asked_by_id")),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("fk_book_reopening_book_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_reopening")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("book_reopening", schema=None) as batch_op:
        batch_op.create_index("ix_book_reopening_open", ["answer", "region_code", "id"], unique=False)
        batch_op.create_index("ix_book_reopening_period", ["book_id", "month"], unique=False)
        batch_op.create_index(batch_op.f("ix_book_reopening_region_code"), ["region_code"], unique=False)

    op.create_table(
        "voucher",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("deed", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("debit_fen", sa.BigInteger(), nullable=False),
        sa.Column("credit_fen", sa.BigInteger(), nullable=False),
        sa.Column("source_table", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=True),
        sa.Column("made_by_text", sa.String(length=120), nullable=False),
        sa.Column("checked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("checked_by_text", sa.String(length=120), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("debit_fen = credit_fen", name=op.f("ck_voucher_balanced")),
        sa.CheckConstraint("made_by_id IS NULL OR made_by_id <> checked_by_id", name=op.f("ck_voucher_two_persons")),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("fk_voucher_book_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_voucher_checked_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_voucher_made_by_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["voucher.id"], name=op.f("fk_voucher_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("book_id", "year", "number", name=op.f("uq_voucher_book_id_year_number")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_voucher_reverses_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_voucher_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("voucher", schema=None) as batch_op:
        batch_op.create_index("ix_voucher_day", ["book_id", "booked_on", "id"], unique=False)
        batch_op.create_index("ix_voucher_month", ["book_id", "month", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voucher_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_voucher_source", ["source_table", "source_id"], unique=False)

    op.create_table(
        "platform_number",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("brought_by_text", sa.String(length=120), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_platform_number_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_number")),
        sa.UniqueConstraint("voucher_id", name=op.f("uq_platform_number_voucher_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("platform_number", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_platform_number_region_code"), ["region_code"], unique=False)

    op.create_table(
        "voucher_draft",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("deed", sa.String(length=40), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=True),
        sa.Column("made_by_text", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("fk_voucher_draft_book_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_voucher_draft_made_by_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["voucher.id"], name=op.f("fk_voucher_draft_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_draft")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("voucher_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voucher_draft_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_voucher_draft_state", ["state", "region_code", "id"], unique=False)

    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("voucher_uid", sa.String(length=32), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("account", sa.String(length=8), nullable=False),
        sa.Column("detail", sa.String(length=20), nullable=False),
        sa.Column("debit_fen", sa.BigInteger(), nullable=False),
        sa.Column("credit_fen", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("party_id", sa.BigInteger(), nullable=True),
        sa.Column("use", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("(debit_fen = 0) <> (credit_fen = 0)", name=op.f("ck_posting_one_side")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_posting_asset_id")),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("fk_posting_book_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_posting_party_id")),
        sa.ForeignKeyConstraint(
            ["voucher_uid"], ["voucher.uid"], name=op.f("fk_posting_voucher_uid"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("voucher_uid", "position", name=op.f("uq_posting_voucher_uid_position")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index("ix_posting_account", ["book_id", "account", "detail", "booked_on", "id"], unique=False)
        batch_op.create_index("ix_posting_asset", ["asset_id", "booked_on"], unique=False)
        batch_op.create_index("ix_posting_contract", ["contract_id"], unique=False)
        batch_op.create_index("ix_posting_party", ["party_id", "booked_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_region_code"), ["region_code"], unique=False)

    op.create_table(
        "voucher_draft_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.String(length=8), nullable=False),
        sa.Column("detail", sa.String(length=20), nullable=False),
        sa.Column("debit_fen", sa.BigInteger(), nullable=False),
        sa.Column("credit_fen", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("party_id", sa.BigInteger(), nullable=True),
        sa.Column("use", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_voucher_draft_line_asset_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["voucher_draft.id"], name=op.f("fk_voucher_draft_line_draft_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_voucher_draft_line_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_draft_line")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("voucher_draft_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voucher_draft_line_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voucher_draft_line_region_code"), ["region_code"], unique=False)

    install_guards(op.get_bind())
