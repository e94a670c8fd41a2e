"""What readers could find and find no more, for programs that keep a copy of the catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "departed",
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("resource", name="pk_departed"),
    )
    op.create_index("ix_departed_changed", "departed", ["changed", "resource"])
    op.create_index(
        "ix_resources_status_changed", "resources", ["status", "changed", "id"], unique=False
    )
    op.execute(
        "INSERT INTO departed (resource, changed) "
        "SELECT id, changed FROM resources WHERE status IN ('withdrawn', 'superseded')"
    )
