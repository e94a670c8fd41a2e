"""What is said of parts that were not read, as codes and values like all else that is said.

What was kept before stays in the English it was kept in. Of it, the line on pages that are pictures
is told apart by how it begins, here once: it goes when they are read.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

PICTURES = "Pages whose words can only be read from their pictures: "

editions = sa.table("editions", sa.column("id", sa.String()), sa.column("unread", sa.JSON()))
arrivals = sa.table("arrivals", sa.column("id", sa.Integer()), sa.column("messages", sa.JSON()))


def upgrade() -> None:
    conn = op.get_bind()
    for id_, unread in conn.execute(sa.select(editions)).all():
        if unread:
            _keep(conn, editions, id_, "unread", [_line(message) for message in unread])
    for id_, messages in conn.execute(sa.select(arrivals)).all():
        parted = [part for message in messages for part in _parted(message)]
        if parted != messages:
            _keep(conn, arrivals, id_, "messages", parted)


def _keep(conn: sa.Connection, table: Any, id_: Any, column: str, value: list[Any]) -> None:
    conn.execute(sa.update(table).where(table.c.id == id_).values({column: value}))


def _line(line: Any) -> Any:
    if not isinstance(line, str):
        return line
    pages, install, _ = line.removeprefix(PICTURES).partition(". Install ")
    if line.startswith(PICTURES) and install:
        return {"code": "unread pictures", "values": {"pages": pages}}
    return {"code": "unread otherwise", "values": {"detail": line[:1_000]}}


def _parted(message: Any) -> list[Any]:
    """A message that had the lines within it, and they after it."""
    match message:
        case {"code": "arrival unread parts", "values": {"file": file, "detail": str(detail)}}:
            return [
                {"code": "arrival unread parts", "values": {"file": file}},
                {"code": "unread otherwise", "values": {"detail": detail[:1_000]}},
            ]
    return [message]
