"""What was said of an arrival, as codes and values, so that each reads it in their own language."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column(
        "arrivals", sa.Column("messages", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )
