"""A measure of a library that cannot be searched says so in a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import ingested, pages_found, questions, spelling
from benchmarks.faults import run
from index.engine import IndexUnusable
from library.catalogue import open_catalogue
from library.core.settings import read


def test_what_an_index_lacks_is_said_without_a_traceback() -> None:
    def main() -> None:
        raise IndexUnusable("index missing", path="/there")

    with pytest.raises(SystemExit) as ended:
        run(main)
    assert ended.value.code == "There is no index in /there. Rebuild it."


def test_a_library_without_an_index_is_said_to_have_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_catalogue(read({"LIBRARY_HOME": str(tmp_path)}), make=True).close()
    asked = tmp_path / "asked.csv"
    asked.write_text("id,language,question,files,passage\n1,en,wages,a.pdf,\n")
    monkeypatch.setattr("sys.argv", ["questions", str(tmp_path), str(asked)])
    with pytest.raises(SystemExit) as ended:
        run(questions.main)
    assert "There is no index" in str(ended.value.code)


@pytest.mark.parametrize("measure", [ingested, pages_found, spelling])
def test_others_that_ask_a_library_say_it_so_too(measure: object) -> None:
    assert measure.run is run  # type: ignore[attr-defined]
