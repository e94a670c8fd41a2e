"""What files of migrations say without loading what reads them."""

from __future__ import annotations

from alembic.config import Config
from alembic.script import ScriptDirectory

from library.catalogue.storage import revisions


def test_they_are_those_that_alembic_reads() -> None:
    config = Config()
    config.set_main_option("script_location", str(revisions.MIGRATIONS))
    read = ScriptDirectory.from_config(config)
    assert revisions.every() == {one.revision for one in read.walk_revisions()}
    assert [revisions.newest()] == read.get_heads()
