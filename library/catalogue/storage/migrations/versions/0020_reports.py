"""Mistakes that readers reported on a page: what they wrote, where and on which day."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition"],
            ["editions.id"],
            name=op.f("fk_reports_edition_editions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_edition"), "reports", ["edition"])
    op.create_index(op.f("ix_reports_day"), "reports", ["day"])
