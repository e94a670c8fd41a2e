"""What staff have looked at and leave as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "settled",
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource"],
            ["resources.id"],
            name=op.f("fk_settled_resource_resources"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resource", "reason", name=op.f("pk_settled")),
    )
