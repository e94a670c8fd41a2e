"""How many pages of an edition were read from their pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    scanned = sa.Column("scanned", sa.Integer(), nullable=False, server_default="0")
    op.add_column("editions", scanned)
