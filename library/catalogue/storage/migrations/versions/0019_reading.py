"""Indexes for what readers ask: without them whole tables were read for it."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_index("ix_resources_series", "resources", ["series"])
    op.create_index("ix_collections_order", "collections", ["position", "title"])
    op.create_index(
        "ix_collection_items_order", "collection_items", ["collection", "position", "resource"]
    )
    op.create_index("ix_collection_items_resource", "collection_items", ["resource"])
    op.create_index("ix_unanswered_day", "unanswered", ["day"])
