"""Kinds stand with the concepts of every other facet: no facet has a column of its own."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute(
        "INSERT INTO concepts (resource, facet, concept, position) "
        "SELECT id, 'kind', kind, 0 FROM resources WHERE kind <> ''"
    )
    op.drop_column("resources", "kind")
