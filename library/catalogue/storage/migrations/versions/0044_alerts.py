"""Searches that readers asked to be told of by e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("claimed", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("token", name=op.f("uq_alerts_token")),
    )
    op.create_index("ix_alerts_address", "alerts", ["address"])
    op.create_index("ix_alerts_confirmed_told", "alerts", ["confirmed", "told"])
