"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_collections")),
    )
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_originals")),
    )
    op.create_table(
        "resources",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("work", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resources")),
        sa.UniqueConstraint("work", name=op.f("uq_resources_work")),
    )
    op.create_index("ix_resources_status_added", "resources", ["status", "added"], unique=False)
    op.create_table(
        "state",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_state")),
    )
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_tasks_kind_subject")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "collection_items",
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection"],
            ["collections.slug"],
            name=op.f("fk_collection_items_collection"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resource"],
            ["resources.id"],
            name=op.f("fk_collection_items_resource"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("collection", "resource", name=op.f("pk_collection_items")),
    )
    op.create_table(
        "concepts",
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("facet", sa.String(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource"], ["resources.id"], name=op.f("fk_concepts_resource"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resource", "facet", "concept", name=op.f("pk_concepts")),
    )
    op.create_index("ix_concepts_facet_concept", "concepts", ["facet", "concept"], unique=False)
    op.create_table(
        "editions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("pages_expected", sa.Integer(), nullable=True),
        sa.Column("text_bytes", sa.Integer(), nullable=False),
        sa.Column("text_quality", sa.Float(), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("laid_out", sa.Boolean(), nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["resource"], ["resources.id"], name=op.f("fk_editions_resource")),
        sa.ForeignKeyConstraint(["sha256"], ["originals.sha256"], name=op.f("fk_editions_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("resource", "language", name=op.f("uq_editions_resource_language")),
        sa.UniqueConstraint("sha256", name=op.f("uq_editions_sha256")),
    )
    op.create_table(
        "slugs",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["resource"], ["resources.id"], name=op.f("fk_slugs_resource")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_slugs")),
    )
    op.create_index(op.f("ix_slugs_resource"), "slugs", ["resource"], unique=False)
    op.create_table(
        "arrivals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("edition", sa.String(), nullable=True),
        sa.Column("readers", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("arrived", sa.String(), nullable=False),
        sa.Column("ended", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name=op.f("fk_arrivals_edition")),
        sa.ForeignKeyConstraint(["sha256"], ["originals.sha256"], name=op.f("fk_arrivals_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
        sa.UniqueConstraint("path", "sha256", name=op.f("uq_arrivals_path_sha256")),
    )
    op.create_index("ix_arrivals_outcome", "arrivals", ["outcome"], unique=False)
    op.create_index(op.f("ix_arrivals_sha256"), "arrivals", ["sha256"], unique=False)
    op.create_table(
        "pages",
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition"], ["editions.id"], name=op.f("fk_pages_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition", "number", name=op.f("pk_pages")),
    )
    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition"], ["editions.id"], name=op.f("fk_statements_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_edition"), "statements", ["edition"], unique=False)
    op.bulk_insert(
        sa.table("state", sa.column("name"), sa.column("number"), sa.column("time")),
        [{"name": "revision", "number": 0, "time": "1970-01-01T00:00:00+00:00"}],
    )
