"""What is asked of many resources and waits for its yes, places in a series, collections kept at
the desk.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column(
        "collections",
        sa.Column("desk", sa.String(), nullable=False, server_default=sa.text("''")),
    )
    op.create_table(
        "pending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "series_places",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource"],
            ["resources.id"],
            name=op.f("fk_series_places_resource_resources"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("series", "resource", name=op.f("pk_series_places")),
    )
    op.create_index("ix_history_undoes", "history", ["undoes"])
