"""Browsers that accounts were signed in from."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "browsers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("known", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user"], ["users.id"], name=op.f("fk_browsers_user_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browsers")),
        sa.UniqueConstraint("digest", name=op.f("uq_browsers_digest")),
    )
    op.create_index(op.f("ix_browsers_user"), "browsers", ["user"])
