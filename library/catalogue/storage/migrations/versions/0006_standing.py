"""Where a resource stands: when, why and until when; and what staff changed, link by link."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name in ("since", "until", "reason", "successor", "review_by"):
        op.add_column(
            "resources", sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''"))
        )
    op.add_column("resources", sa.Column("law_year", sa.Integer()))
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index("ix_history_subject", "history", ["subject"])
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER history_is_kept_from_{what.lower()} BEFORE {what} ON history "
                "BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END"
            )
