"""Every message of the site, as its code and templates have them now.

Run as a program it brings the translations' files up to date, keeping what is translated:
`python -m tests.library.web.extraction`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from library.web.assets import asset_folder

ROOT = Path(__file__).resolve().parents[3]
SAID = {"say": None, "plural": (1, 2), "_": None, "gettext": None}
TEMPLATE_OPTIONS = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}


def found() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """(file, message), with both forms of a plural."""
    for path in sorted((ROOT / "library" / "web").rglob("*.py")):
        yield from _of(path, "python", {})
    yield from _of(ROOT / "library" / "core" / "messages.py", "python", {})
    for path in sorted(asset_folder("templates").rglob("*.*")):
        yield from _of(path, "jinja2.ext:babel_extract", TEMPLATE_OPTIONS)


def _of(
    path: Path, method: str, options: dict[str, str]
) -> Iterator[tuple[str, str | tuple[str, str]]]:
    with path.open("rb") as file:
        for _, message, _, _ in extract(method, file, keywords=SAID, options=options):
            yield path.relative_to(ROOT).as_posix(), message


def catalog() -> Catalog:
    made = Catalog(project="worker-education-library", charset="utf-8")
    for path, message in found():
        made.add(message, locations=[(path, 0)])
    return made


def write() -> None:
    now = catalog()
    for path in sorted(asset_folder("locales").glob("*/LC_MESSAGES/messages.po")):
        language = path.parent.parent.name
        with path.open("rb") as file:
            held = read_po(file, locale=language)
        held.update(now, no_fuzzy_matching=True)
        held.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, held, width=100, include_lineno=False, omit_header=False)


if __name__ == "__main__":
    write()
