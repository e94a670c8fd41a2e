"""Files of more than 2 GB, and numbers of rows beyond 32 bits, on PostgreSQL too."""

from alembic import op

revision = "0045"
down_revision = "0044"

LARGE = (
    "originals.bytes",
    "editions.bytes",
    "editions.text_bytes",
    "signatures.text_bytes",
    "statements.id",
    "tasks.id",
)
NUMBERED = ("statements_id_seq", "tasks_id_seq")


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return  # SQLite's integers have 64 bits by whatever name
    for place in LARGE:
        table, column = place.split(".")
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE bigint")
    for name in NUMBERED:
        op.execute(f"ALTER SEQUENCE {name} AS bigint")
