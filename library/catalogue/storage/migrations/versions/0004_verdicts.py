"""Structure of documents; what staff said of pairs; older versions; names of joined resources."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column(  # empty for a moment: what was made by older code is made anew
        "signatures",
        sa.Column("outline", sa.LargeBinary(), nullable=False, server_default=sa.text("''")),
    )
    op.add_column(
        "signatures",
        sa.Column("aligned", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "alignments",
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("nats", sa.Float(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [name],
                ["editions.id"],
                name=op.f(f"fk_alignments_{name}_editions"),
                ondelete="CASCADE",
            )
            for name in ("one", "other")
        ),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_alignments")),
    )
    op.create_index("ix_alignments_other", "alignments", ["other"])
    op.create_table(
        "verdicts",
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_verdicts")),
    )
    op.create_index("ix_verdicts_other", "verdicts", ["other"])
    op.create_table(
        "versions",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["originals.sha256"], name=op.f("fk_versions_sha256_originals")
        ),
        sa.ForeignKeyConstraint(
            ["edition"],
            ["editions.id"],
            name=op.f("fk_versions_edition_editions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_versions")),
    )
    op.create_index("ix_versions_edition", "versions", ["edition"])
    op.create_table(
        "works",
        sa.Column("work", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource"],
            ["resources.id"],
            name=op.f("fk_works_resource_resources"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("work", name=op.f("pk_works")),
    )
    op.create_index("ix_works_resource", "works", ["resource"])
