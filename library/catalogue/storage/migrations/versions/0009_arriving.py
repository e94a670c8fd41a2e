"""Files sent a piece at a time, files that take the place of others, and covers."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("replaces", sa.String(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("arrival", sa.Integer()),
        sa.Column("began", sa.String(), nullable=False),
        sa.Column("touched", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user"], ["users.id"], name=op.f("fk_uploads_user_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("user", "key", name=op.f("uq_uploads_user_key")),
    )
    op.create_index(op.f("ix_uploads_user"), "uploads", ["user"])
    for table, name in (
        ("arrivals", "replaces"),
        ("arrivals", "by"),
        ("resources", "cover_edition"),
    ):
        op.add_column(
            table, sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''"))
        )
    op.add_column(
        "resources",
        sa.Column("cover_page", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
