"""How long a session takes, how easy an edition is to read, and collections that are courses."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    for table, column in (
        ("resources", "duration"),
        ("editions", "reading"),
        ("collections", "kind"),
    ):
        op.add_column(
            table,
            sa.Column(column, sa.String(), nullable=False, server_default=sa.text("''")),
        )
