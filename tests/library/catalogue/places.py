"""Where each module of the catalogue is tried.

Its own place is the file that is called as it is, in the room's folder here. Some are tried by what
stands on them as well, or for the present by that alone: where a change of theirs shows is a page.
"""

from __future__ import annotations

from pathlib import Path

from tests.needs import ROOT

CATALOGUE = ROOT / "library" / "catalogue"
HERE = Path(__file__).parent
DESK = "tests/library/web/staff"
NOTHING_OF_ITS_OWN = {
    "storage/backends",  # a table of what the modules of two databases do
    "storage/snapshot",  # one line: it asks what it is given
}
ELSEWHERE = {
    "accounts/second_steps": [f"{DESK}/accounts/test_second_step.py"],
    "curation/batch": [f"{DESK}/batch/test_batch.py"],
    "curation/foreign_terms": [f"{DESK}/vocabularies/test_vocabularies.py"],
    "curation/refile": ["tests/library/catalogue/curation/test_concepts.py"],
    "curation/undo": [
        "tests/library/catalogue/curation/test_concepts.py",
        "tests/library/catalogue/resources/test_status.py",
        f"{DESK}/batch/test_batch.py",
    ],
    "editions/groups": [f"{DESK}/editions/test_groups.py"],
    "editions/likenesses": ["tests/library/catalogue/editions/test_duplicates.py"],
    "editions/merge": [
        "tests/library/catalogue/editions/test_duplicates.py",
        f"{DESK}/editions/test_groups.py",
    ],
    "editions/versions": [f"{DESK}/editions/test_files.py"],
    "provenance/imports": ["tests/library/moving_in/test_moving_in.py"],
    "provenance/terms": [f"{DESK}/vocabularies/test_vocabularies.py"],
    "resources/corrections": [f"{DESK}/resources/test_edit.py"],
    "resources/listing": [f"{DESK}/batch/test_batch.py"],
    "resources/writer": ["tests/library/catalogue/resources", "tests/library/catalogue/queue"],
    "resources/queries": ["tests/library/catalogue/resources", "tests/library/web/test_pages.py"],
    "statistics/holdings": [f"{DESK}/statistics/test_statistics.py"],
    "statistics/review_queue": [f"{DESK}/review_queue/test_review_queue.py"],
    "storage/dumps": ["tests/library/operations/test_server_backups.py"],
    "storage/rows": ["tests/library/operations/test_bag.py"],
    "storage/sqlite": ["tests/library/catalogue/test_database.py"],
    "storage/transfer": ["tests/library/operations/test_server_backups.py"],
    "upkeep/source_checks": ["tests/library/operations/test_source_checks.py"],
}


def modules() -> list[str]:
    """Each module that does something: `room/name`, or `name` right inside the catalogue."""
    found = (path.relative_to(CATALOGUE).with_suffix("") for path in CATALOGUE.rglob("*.py"))
    return sorted(
        str(one) for one in found if one.name != "__init__" and "migrations" not in one.parts
    )


def tests_of(module: str) -> list[str]:
    """The files that try a module, its own first."""
    own = HERE / Path(module).parent / f"test_{Path(module).name}.py"
    held = [str(own.relative_to(ROOT))] if own.is_file() else []
    return [*held, *(one for one in ELSEWHERE.get(module, []) if one not in held)]
