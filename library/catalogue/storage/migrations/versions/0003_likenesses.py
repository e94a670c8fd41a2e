"""Which documents look alike, and what it is told by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def edition(name: str, table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    """A column that names an edition and goes with it."""
    key = sa.ForeignKeyConstraint(
        [name], ["editions.id"], name=op.f(f"fk_{table}_{name}_editions"), ondelete="CASCADE"
    )
    return sa.Column(name, sa.String(), nullable=False), key


def upgrade() -> None:
    op.create_table(
        "signatures",
        *edition("edition", "signatures"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=False),
        sa.Column("anchors", sa.LargeBinary(), nullable=False),
        sa.Column("text_bytes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition", name=op.f("pk_signatures")),
    )
    op.create_table(
        "bands",
        *edition("edition", "bands"),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "band", name=op.f("pk_bands")),
    )
    op.create_index("ix_bands_key", "bands", ["key"])
    op.create_table(
        "likenesses",
        *edition("one", "likenesses"),
        *edition("other", "likenesses"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("alike", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_likenesses")),
    )
    op.create_index("ix_likenesses_other", "likenesses", ["other"])
