"""Records that came from other libraries, and what their words mean here."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.create_table(
        "imported",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition"], ["editions.id"], name="fk_imported_edition", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_imported"),
    )
    op.create_index("ix_imported_edition", "imported", ["edition"])
    op.create_table(
        "imported_names",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported"], ["imported.id"], name="fk_imported_names_imported", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name", name="pk_imported_names"),
    )
    op.create_index("ix_imported_names_imported", "imported_names", ["imported"])
    op.create_table(
        "imported_values",
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported"], ["imported.id"], name="fk_imported_values_imported", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("imported", "field", "key", name="pk_imported_values"),
    )
    op.create_index("ix_imported_values_field_key", "imported_values", ["field", "key"])
    op.create_table(
        "terms",
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("field", "key", name="pk_terms"),
    )
