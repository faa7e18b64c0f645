"""The register: trail, places, people, holders, cards, projects, imports, prints."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _search_index() -> None:
    """Words of names and units by asset: a contentless FTS5 table, or an array under a GIN index."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE asset_search USING fts5("
            "grams, content='', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        op.execute("CREATE TABLE asset_search (asset_id bigint PRIMARY KEY, grams text[] NOT NULL)")
        op.execute("CREATE INDEX ix_asset_search_grams ON asset_search USING gin (grams) WITH (fastupdate = off)")


def upgrade() -> None:
    op.create_table(
        "asset_rollup",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("assets", sa.BigInteger(), nullable=False),
        sa.Column("original_value_fen", sa.BigInteger(), nullable=False),
        sa.Column("poverty_fund_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "category", "stage", name=op.f("pk_asset_rollup")),
        sqlite_strict=True,
    )
    op.create_table(
        "asset_serial",
        sa.Column("prefix", sa.String(length=17), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_asset_serial")),
        sqlite_strict=True,
    )
    op.create_table(
        "heading_memory",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("heading", sa.String(length=80), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "heading", name=op.f("pk_heading_memory")),
        sqlite_strict=True,
    )
    op.create_table(
        "installation",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
        sqlite_strict=True,
    )
    op.create_table(
        "one_time_key",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("route", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_key")),
        sa.UniqueConstraint("user_id", "route", "key", name=op.f("uq_one_time_key_user_id_route_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("one_time_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_key_used_at"), ["used_at"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("resident_id", sa.Text(), nullable=False),
        sa.Column("resident_index", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("uid", name=op.f("uq_party_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index("ix_party_credit_code", ["credit_code"], unique=False)
        batch_op.create_index("ix_party_name", ["region_code", "kind", "name"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_party_resident_index", ["resident_index"], unique=False)

    op.create_table(
        "region",
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("parent_code", sa.String(length=12), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("successor_code", sa.String(length=12), nullable=True),
        sa.Column("go_live_on", sa.Date(), nullable=True),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(region_code) = 12", name=op.f("ck_region_code_length")),
        sa.ForeignKeyConstraint(["parent_code"], ["region.region_code"], name=op.f("fk_region_parent_code")),
        sa.ForeignKeyConstraint(["successor_code"], ["region.region_code"], name=op.f("fk_region_successor_code")),
        sa.PrimaryKeyConstraint("region_code", name=op.f("pk_region")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_region_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "region_name",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_name")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("region_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_region_name_region_code"), ["region_code"], unique=False)

    op.create_table(
        "sign_in_throttle",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("untold", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_throttle")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_sign_in_throttle_kind_subject")),
        sqlite_strict=True,
    )
    op.create_table(
        "trail_checkpoint",
        sa.Column("log_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("frontier", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", "size", name=op.f("pk_trail_checkpoint")),
        sqlite_strict=True,
    )
    op.create_table(
        "trail_event",
        sa.Column("log_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("leaf_hash", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("region_seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("thing_table", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.String(length=40), nullable=False),
        sa.Column("deed_id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("log_id", "seq", name=op.f("pk_trail_event")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("trail_event", schema=None) as batch_op:
        batch_op.create_index("ix_trail_event_action", ["log_id", "action", "seq"], unique=False)
        batch_op.create_index("ix_trail_event_actor", ["actor_id", "at"], unique=False)
        batch_op.create_index("ix_trail_event_thing", ["thing_table", "thing_id"], unique=False)
        batch_op.create_index("uq_trail_event_region_seq", ["log_id", "region_code", "region_seq"], unique=True)

    op.create_table(
        "trail_tile",
        sa.Column("log_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tile_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", "tile_index", name=op.f("pk_trail_tile")),
        sqlite_strict=True,
    )
    op.create_table(
        "user",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("username", name=op.f("uq_user_username")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_region_code"), ["region_code"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("thing_table", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("media_type", sa.String(length=30), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("added_by_id", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_attachment_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_attachment_thing", ["thing_table", "thing_id"], unique=False)

    op.create_table(
        "import_batch",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("importable", sa.BigInteger(), nullable=False),
        sa.Column("invalid", sa.BigInteger(), nullable=False),
        sa.Column("duplicate", sa.BigInteger(), nullable=False),
        sa.Column("skipped", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("corrected", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_import_batch_confirmed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index("ix_import_batch_file", ["file_sha256", "region_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_batch_region_code"), ["region_code"], unique=False)

    op.create_table(
        "print",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.String(length=24), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("glance", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("figures_digest", sa.String(length=64), nullable=False),
        sa.Column("figures_sha256", sa.String(length=64), nullable=False),
        sa.Column("printed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("printed_by_name", sa.String(length=40), nullable=False),
        sa.Column("printed_by_post", sa.String(length=60), nullable=False),
        sa.Column("printed_by_unit", sa.String(length=60), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verify_url", sa.String(length=200), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["printed_by_id"], ["user.id"], name=op.f("fk_print_printed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print")),
        sa.UniqueConstraint("serial", name=op.f("uq_print_serial")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("print", schema=None) as batch_op:
        batch_op.create_index("ix_print_region", ["region_code", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_print_region_code"), ["region_code"], unique=False)

    op.create_table(
        "saved_view",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_saved_view_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index("ix_saved_view_user", ["user_id"], unique=False)

    op.create_table(
        "trail_mention",
        sa.Column("log_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thing_table", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["log_id", "seq"], ["trail_event.log_id", "trail_event.seq"], name=op.f("fk_trail_mention_log_id_seq")
        ),
        sa.PrimaryKeyConstraint("log_id", "seq", "thing_table", "thing_id", name=op.f("pk_trail_mention")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("trail_mention", schema=None) as batch_op:
        batch_op.create_index("ix_trail_mention_thing", ["thing_table", "thing_id", "log_id", "seq"], unique=False)

    op.create_table(
        "user_grant",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_user_grant_ends_after_start")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_grant_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_grant")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("user_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_grant_region_code"), ["region_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_grant_user_id"), ["user_id"], unique=False)

    op.create_table(
        "user_session",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("stepped_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "import_upload",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_sha256", sa.String(length=64), nullable=False),
        sa.Column("is_pasted", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("corrected", sa.BigInteger(), nullable=False),
        sa.Column("invalid", sa.BigInteger(), nullable=False),
        sa.Column("duplicate", sa.BigInteger(), nullable=False),
        sa.Column("skipped", sa.BigInteger(), nullable=False),
        sa.Column("checked_ms", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_upload_batch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_import_upload_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_upload")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("import_upload", schema=None) as batch_op:
        batch_op.create_index("ix_import_upload_user", ["user_id", "id"], unique=False)

    op.create_table(
        "print_file",
        sa.Column("print_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("checkpoint_size", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["print_id"], ["print.id"], name=op.f("fk_print_file_print_id")),
        sa.PrimaryKeyConstraint("print_id", "format", name=op.f("pk_print_file")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("print_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_print_file_region_code"), ["region_code"], unique=False)

    op.create_table(
        "project",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("content", sa.String(length=1000), nullable=False),
        sa.Column("department", sa.String(length=100), nullable=False),
        sa.Column("owner_unit", sa.String(length=100), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=60), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_project_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_project_region_year", ["region_code", "year", "id"], unique=False)

    op.create_table(
        "asset",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("asset_no", sa.String(length=23), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("subtype", sa.String(length=30), nullable=False),
        sa.Column("gbt14885_code", sa.String(length=12), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("project_name", sa.String(length=100), nullable=False),
        sa.Column("project_number", sa.String(length=40), nullable=False),
        sa.Column("project_year", sa.BigInteger(), nullable=False),
        sa.Column("plan_document", sa.String(length=80), nullable=False),
        sa.Column("location_code", sa.String(length=12), nullable=False),
        sa.Column("location_detail", sa.String(length=200), nullable=False),
        sa.Column("longitude_e6", sa.BigInteger(), nullable=True),
        sa.Column("latitude_e6", sa.BigInteger(), nullable=True),
        sa.Column("acquired_on", sa.Date(), nullable=False),
        sa.Column("acquired_precision", sa.String(length=5), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("in_use_on", sa.Date(), nullable=True),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("specification", sa.String(length=200), nullable=False),
        sa.Column("scale", sa.String(length=500), nullable=False),
        sa.Column("original_value_fen", sa.BigInteger(), nullable=False),
        sa.Column("total_investment_fen", sa.BigInteger(), nullable=True),
        sa.Column("poverty_fund_fen", sa.BigInteger(), nullable=False),
        sa.Column("depreciation_method", sa.String(length=20), nullable=False),
        sa.Column("service_months", sa.BigInteger(), nullable=False),
        sa.Column("salvage_bp", sa.BigInteger(), nullable=False),
        sa.Column("plan_from_month", sa.BigInteger(), nullable=False),
        sa.Column("plan_accumulated_fen", sa.BigInteger(), nullable=False),
        sa.Column("plan_remaining_fen", sa.BigInteger(), nullable=False),
        sa.Column("plan_months", sa.BigInteger(), nullable=False),
        sa.Column("title_status", sa.String(length=20), nullable=False),
        sa.Column("certificate_kind", sa.String(length=40), nullable=False),
        sa.Column("certificate_number", sa.String(length=60), nullable=False),
        sa.Column("certificate_on", sa.Date(), nullable=True),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("use_status", sa.String(length=20), nullable=False),
        sa.Column("operating_mode", sa.String(length=20), nullable=False),
        sa.Column("industry_class", sa.String(length=20), nullable=False),
        sa.Column("accounting_system", sa.String(length=20), nullable=False),
        sa.Column("publicity", sa.String(length=20), nullable=False),
        sa.Column("archives", sa.String(length=500), nullable=False),
        sa.Column("remarks", sa.String(length=1000), nullable=False),
        sa.Column("owner_text", sa.String(length=200), nullable=False),
        sa.Column("funding_text", sa.String(length=200), nullable=False),
        sa.Column("owner_kind", sa.String(length=20), nullable=False),
        sa.Column("is_legacy", sa.Boolean(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_back_reason", sa.String(length=500), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("original_value_fen >= 0", name=op.f("ck_asset_value_not_negative")),
        sa.CheckConstraint("poverty_fund_fen <= original_value_fen", name=op.f("ck_asset_fund_within_value")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_asset_batch_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_asset_confirmed_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_asset_entered_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_asset_project_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_asset_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
        sa.UniqueConstraint("asset_no", name=op.f("uq_asset_asset_no")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asset_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            "ix_asset_category",
            ["category", "region_code", "id", "stage", "original_value_fen", "poverty_fund_fen"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_asset_project_id"), ["project_id"], unique=False)
        batch_op.create_index(
            "ix_asset_region",
            [
                "region_code",
                "id",
                "stage",
                "category",
                "subtype",
                "use_status",
                "title_status",
                "owner_kind",
                "project_year",
                "original_value_fen",
                "poverty_fund_fen",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_asset_stage", ["stage", "region_code", "id", "original_value_fen", "poverty_fund_fen"], unique=False
        )
        batch_op.create_index(
            "ix_asset_subtype",
            ["subtype", "region_code", "id", "stage", "original_value_fen", "poverty_fund_fen"],
            unique=False,
        )
        batch_op.create_index(
            "ix_asset_title",
            ["title_status", "region_code", "id", "stage", "original_value_fen", "poverty_fund_fen"],
            unique=False,
        )
        batch_op.create_index(
            "ix_asset_use",
            ["use_status", "region_code", "id", "stage", "original_value_fen", "poverty_fund_fen"],
            unique=False,
        )

    op.create_table(
        "import_chunk",
        sa.Column("upload_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["upload_id"], ["import_upload.id"], name=op.f("fk_import_chunk_upload_id")),
        sa.PrimaryKeyConstraint("upload_id", "number", name=op.f("pk_import_chunk")),
        sqlite_strict=True,
    )
    op.create_table(
        "project_funding",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_funding_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_funding")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("project_funding", schema=None) as batch_op:
        batch_op.create_index("ix_project_funding_document", ["document_no", "region_code"], unique=False)
        batch_op.create_index("ix_project_funding_project", ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_funding_region_code"), ["region_code"], unique=False)

    op.create_table(
        "asset_draft",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_asset_draft_asset_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_asset_draft_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_draft")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_asset_draft_user_id_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("asset_draft", schema=None) as batch_op:
        batch_op.create_index("ix_asset_draft_user", ["user_id", "updated_at"], unique=False)

    op.create_table(
        "asset_owner",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("share_bp", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("foreign_region", sa.String(length=12), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint("share_bp BETWEEN 1 AND 10000", name=op.f("ck_asset_owner_share_in_bounds")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_asset_owner_asset_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_asset_owner_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_owner")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("asset_owner", schema=None) as batch_op:
        batch_op.create_index("ix_asset_owner_asset", ["asset_id"], unique=False)
        batch_op.create_index("ix_asset_owner_foreign", ["foreign_region", "asset_id"], unique=False)
        batch_op.create_index("ix_asset_owner_party", ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asset_owner_region_code"), ["region_code"], unique=False)

    op.create_table(
        "asset_relation",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_asset_relation_asset_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_asset_relation_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_relation")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("asset_relation", schema=None) as batch_op:
        batch_op.create_index("ix_asset_relation_asset", ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asset_relation_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_asset_relation_user", ["user_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.String(length=1000), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("by_text", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_comment_asset_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_comment_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index("ix_comment_asset", ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_region_code"), ["region_code"], unique=False)

    op.create_table(
        "correction",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("asset_version", sa.BigInteger(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_by_text", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_text", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_correction_asked_by_id")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_correction_asset_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_correction_batch_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_correction_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index("ix_correction_asset", ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_correction_waiting", ["status", "region_code"], unique=False)

    op.create_table(
        "interest",
        sa.Column("asset_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("investee", sa.String(length=80), nullable=False),
        sa.Column("investee_code", sa.String(length=18), nullable=False),
        sa.Column("share_bp", sa.BigInteger(), nullable=True),
        sa.Column("principal_fen", sa.BigInteger(), nullable=True),
        sa.Column("rate_bp", sa.BigInteger(), nullable=True),
        sa.Column("return_kind", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("exit_terms", sa.String(length=1000), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_interest_asset_id")),
        sa.PrimaryKeyConstraint("asset_id", name=op.f("pk_interest")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interest_region_code"), ["region_code"], unique=False)

    op.create_table(
        "legacy_fact",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("fact_on", sa.Date(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_legacy_fact_asset_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_legacy_fact_confirmed_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_legacy_fact_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legacy_fact")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("legacy_fact", schema=None) as batch_op:
        batch_op.create_index("ix_legacy_fact_asset", ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_legacy_fact_region_code"), ["region_code"], unique=False)

    op.create_table(
        "value_change",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_value_change_asset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_change")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("value_change", schema=None) as batch_op:
        batch_op.create_index("ix_value_change_asset", ["asset_id", "recorded_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_value_change_region_code"), ["region_code"], unique=False)

    op.create_table(
        "funding_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("value_change_id", sa.BigInteger(), nullable=False),
        sa.Column("asset_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_funding_line_asset_id")),
        sa.ForeignKeyConstraint(["value_change_id"], ["value_change.id"], name=op.f("fk_funding_line_value_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_line")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("funding_line", schema=None) as batch_op:
        batch_op.create_index("ix_funding_line_asset", ["asset_id"], unique=False)
        batch_op.create_index("ix_funding_line_change", ["value_change_id"], unique=False)
        batch_op.create_index("ix_funding_line_document", ["document_no", "region_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_funding_line_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_funding_line_source", ["source", "region_code"], unique=False)

    _search_index()
    install_guards(op.get_bind())
