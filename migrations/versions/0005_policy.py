"""Policy: values and routes that regions set, by document and day, each behind two persons."""

import sqlalchemy as sa
from alembic import op
from guards import install_guards

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WAITS = sa.text("status = 'PROPOSED'")


def upgrade() -> None:
    _table(
        "policy_value",
        "parameter",
        sa.Column("parameter", sa.String(length=40), nullable=False),
        sa.Column("bound", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
    )
    _table(
        "policy_route",
        "route",
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
    )
    install_guards(op.get_bind())


def _table(name: str, subject: str, *own: sa.Column[str]) -> None:
    """Make one of the two tables: its own columns, and what every proposal says of itself."""
    op.create_table(
        name,
        sa.Column("id", sa.BigInteger(), nullable=False),
        *own,
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by_text", sa.String(length=120), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_text", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f(f"fk_{name}_decided_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f(f"fk_{name}_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_strict=True,
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(f"ix_{name}_in_force", ["region_code", "status", "decided_at"], unique=False)
        batch_op.create_index(batch_op.f(f"ix_{name}_region_code"), ["region_code"], unique=False)
        batch_op.create_index(
            f"uq_{name}_open", ["region_code", subject], unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS
        )
