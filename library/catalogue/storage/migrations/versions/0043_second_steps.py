"""The second step of signing in: a secret that an account shares with an app of its owner."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.create_table(
        "second_steps",
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user"], ["users.id"], name=op.f("fk_second_steps_user_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_second_steps")),
    )
