"""The site's scripts: small, and sent without what only explains them."""

from __future__ import annotations

import re

import brotli
import pytest

from library.web import scripts
from library.web.assets import asset_folder

STATIC = asset_folder("static")
KEPT = ("sw", "kept", "list")  # what is kept on a phone, and lists made there
READERS = (*KEPT, "narrow", "suggest", "pass")  # all that a reader can be sent, with the loader
DESK = {"arrivals", "desk", "sort", "upload", "words"}  # what only staff are sent
OURS = sorted(path.stem for path in STATIC.glob("*.js"))


def sent(name: str) -> bytes:
    return scripts.sent((STATIC / f"{name}.js").read_text("utf-8")).encode()


def test_keeping_and_lists_take_less_than_15_kilobytes() -> None:
    assert sum(len(sent(name)) for name in KEPT) < 15_000


def test_all_that_a_reader_can_be_sent_takes_less_than_15_on_its_way() -> None:
    """Every script of the public site, the one in each page, and that of a pack: as a browser that
    takes Brotli is sent them. The site's own take half of it."""
    assert {*READERS, *DESK} == set(OURS)
    loader = (asset_folder("templates") / "parts" / "loader.html").read_bytes()
    site = sum(len(brotli.compress(sent(name))) for name in READERS) + len(brotli.compress(loader))
    pack = len(brotli.compress(sent("pack/search")))
    assert site < 7_500
    assert site + pack < 15_000


@pytest.mark.parametrize("name", [*OURS, "pack/search"])
def test_no_line_begins_inside_a_text(name: str) -> None:
    """What is left out of a line's beginning is never part of a text."""
    script = (STATIC / f"{name}.js").read_text("utf-8")
    without = re.sub(r"^\s*//.*$", "", script, flags=re.MULTILINE)
    for line in without.splitlines():
        assert re.sub(r"\[[^\]]*`[^\]]*\]", "", line).count("`") % 2 == 0, line
        assert not line.endswith("\\"), line


def test_what_explains_is_left_out() -> None:
    assert scripts.sent("// Why.\nif (x) {\n  // How.\n  y('//');\n}\n") == "if(x){y('//');}\n"
