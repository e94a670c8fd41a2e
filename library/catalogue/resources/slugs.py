"""Addresses people can read: stable for ever, never reused."""

from __future__ import annotations

import unicodedata

import regex
from sqlalchemy import Connection, delete, insert, select, update

from library.catalogue.storage import schema

LONGEST = 80  # characters; long enough to tell titles apart, short enough to read out


def slug_of(title: str) -> str:
    """`¡Nuestra calle, nuestra mesa!` → `nuestra-calle-nuestra-mesa`; "" when nothing is left.

    Latin letters lose their accents; letters of other scripts stay, as browsers show them.
    """
    folded = unicodedata.normalize("NFKD", title.casefold())
    bare = "".join(c for c in folded if not _accent(c))
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", unicodedata.normalize("NFC", bare))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug or (words[0][:LONGEST] if words else "")


def _accent(character: str) -> bool:
    # The combining marks of Latin, Greek and Cyrillic; other scripts' marks are vowels.
    return "\u0300" <= character <= "\u036f"


def give(conn: Connection, resource: str, title: str) -> str:
    """Give a resource its first address, or a new one; the old ones go on leading to it."""
    table = schema.slugs
    wanted = slug_of(title) or resource
    number, slug = 1, wanted
    while (holder := _holder(conn, slug)) not in (None, resource):
        number += 1
        slug = f"{wanted}-{number}"
    conn.execute(update(table).where(table.c.resource == resource).values(current=False))
    if holder is None:
        conn.execute(insert(table).values(slug=slug, resource=resource, current=True))
    else:
        conn.execute(update(table).where(table.c.slug == slug).values(current=True))
    return slug


def forget_first(conn: Connection, resource: str) -> None:
    """Keep no row for a resource's id once it has another address: an id leads to it anyway."""
    table = schema.slugs
    conn.execute(
        delete(table).where(
            table.c.slug == resource, table.c.resource == resource, table.c.current.is_(False)
        )
    )


def _holder(conn: Connection, slug: str) -> str | None:
    return conn.scalar(select(schema.slugs.c.resource).where(schema.slugs.c.slug == slug))
