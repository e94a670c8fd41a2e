"""The tables as the code knows them and as the migrations make them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from library.catalogue import open_catalogue
from library.catalogue.storage import upgrades
from library.core.settings import Settings
from tests import needs

pytestmark = needs.SQLITE


def test_the_migrations_make_the_tables_the_code_knows(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from library.catalogue.storage.schema import metadata

    made = open_catalogue(Settings(home=tmp_path), make=True)
    with made.read() as conn:
        assert compare_metadata(MigrationContext.configure(conn), metadata) == []
    made.close()


def test_the_newest_revision_is_told_without_asking_alembic() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(upgrades.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [upgrades.newest()]


def test_a_catalogue_that_is_up_to_date_needs_no_alembic(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    open_catalogue(settings, make=True).close()
    program = (
        "import sys; from pathlib import Path; from library.core.settings import Settings; "
        "from library.catalogue import open_catalogue; "
        "open_catalogue(Settings(home=Path(sys.argv[1]))).close(); "
        "print([name for name in sys.modules if name.partition('.')[0] == 'alembic'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
