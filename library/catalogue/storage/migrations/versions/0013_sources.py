"""Whether the addresses that documents came from still answer."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_sources")),
    )
