"""A database brought to this code's tables, from any earlier ones.

Every command opens the catalogue, and nearly always it is up to date: Alembic, which takes longer
to load than most commands take to run, is asked for only where it is not.
"""

from __future__ import annotations

from sqlalchemy import Engine, inspect, text

from library.catalogue.storage.backends import backend_of
from library.catalogue.storage.revisions import MIGRATIONS, TABLE, every, newest
from library.core.errors import NotUsable


def bring_up_to_date(engine: Engine, *, make: bool = False) -> None:
    """make: an empty database becomes a new catalogue.

    Raises NotUsable for an empty one otherwise, and for one that newer code has written.
    """
    current = revision(engine)
    if not current and not make:
        raise NotUsable("library missing in database")
    if current == newest():
        return
    if current and current not in every():
        raise NotUsable("catalogue newer")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(write=True) as conn, conn.begin():
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
        backend_of(conn.dialect.name).install(conn)


def revision(engine: Engine) -> str:
    """The revision of a database; "" where there is none yet."""
    with engine.connect() as conn, conn.begin():
        if not inspect(conn).has_table(TABLE):
            return ""
        return conn.scalar(text(f"SELECT version_num FROM {TABLE}")) or ""  # noqa: S608
