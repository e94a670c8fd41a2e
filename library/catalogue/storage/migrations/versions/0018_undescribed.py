"""Editions that are found by their words and are still to be described."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "undescribed",
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition"],
            ["editions.id"],
            name=op.f("fk_undescribed_edition_editions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition", name=op.f("pk_undescribed")),
    )
