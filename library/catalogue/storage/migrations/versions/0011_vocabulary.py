"""What staff change of the vocabularies, and searches that no concept is to answer."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "vocabulary",
        sa.Column("facet", sa.String(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("facet", "concept", name=op.f("pk_vocabulary")),
    )
    op.create_table(
        "passed_over",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("words", "language", name=op.f("pk_passed_over")),
    )
