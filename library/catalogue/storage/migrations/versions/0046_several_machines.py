"""Turns that machines take, and the pieces of uploads that are in a store."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.create_table(
        "turns",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_turns")),
    )
    op.create_table(
        "upload_pieces",
        sa.Column("upload", sa.String(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload"],
            ["uploads.id"],
            name=op.f("fk_upload_pieces_upload_uploads"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("upload", "offset", name=op.f("pk_upload_pieces")),
    )
