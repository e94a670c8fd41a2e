"""Which parts of a file were not read."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column(
        "editions", sa.Column("unread", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )
