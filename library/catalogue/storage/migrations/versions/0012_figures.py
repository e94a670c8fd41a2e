"""What is read, counted by day; how long searches take; what keeps the library well."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "counts",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "kind", "resource", "edition", "language", name=op.f("pk_counts")
        ),
    )
    op.create_table(
        "durations",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("terms", sa.Integer(), nullable=False),
        sa.Column("phrase", sa.Boolean(), nullable=False),
        sa.Column("narrowed", sa.Boolean(), nullable=False),
        sa.Column("bucket", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "engine", "terms", "phrase", "narrowed", "bucket", name=op.f("pk_durations")
        ),
    )
    op.create_table(
        "upkeep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("well", sa.Boolean(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upkeep")),
    )
    op.create_index(op.f("ix_upkeep_kind"), "upkeep", ["kind"])
    op.create_table(
        "fixity",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["originals.sha256"], name=op.f("fk_fixity_sha256_originals")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_fixity")),
    )
    op.create_index(op.f("ix_fixity_at"), "fixity", ["at"])
