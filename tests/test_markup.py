"""Pages are read as a parsed tree: no test looks for a piece of markup in the text of an answer.

Such a test breaks when two attributes change places, and does not when what it looks for has moved
to where nobody finds it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import markup
from tests.needs import ROOT

PLACES = ("library/web", "change", "sample", "test_packaging.py")
ATTRIBUTES = (
    "action|alt|class|content|dir|for|form|formaction|href|id|lang|method|name|rel|role|src|style"
    "|title|type|value|(?:aria|data)-[a-z-]+"
)
MARKUP = re.compile(
    rf"</?[a-zA-Z][\w-]*(?:[\s>/\[(]|$)|(?<![\[\w-])(?:{ATTRIBUTES})=\\?[\"']"
    r"|&(?:amp|lt|gt|quot|#\d+);"
)
METHODS = {"split", "rsplit", "partition", "rpartition", "index", "rindex", "find", "rfind",
           "count", "startswith", "endswith", "replace"}  # fmt: skip
PATTERNS = {"search", "match", "fullmatch", "findall", "finditer", "compile", "sub", "split"}


def looked_for(tree: ast.AST) -> Iterator[ast.expr]:
    """What stands where something is looked for in a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            inside = any(isinstance(one, ast.In | ast.NotIn) for one in node.ops)
            if inside and not is_read(node.comparators[0]):
                yield node.left
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of = node.func.value
            is_pattern = isinstance(of, ast.Name) and of.id in ("re", "regex")
            if node.func.attr in (PATTERNS if is_pattern else METHODS):
                yield node.args[0]


def is_read(node: ast.expr) -> bool:
    """Whether it is what a parsed page says: there, `<b>` is what people see."""
    called = node.func if isinstance(node, ast.Call) else None
    name = getattr(called, "id", None) or getattr(called, "attr", None)
    return name in ("text", "texts", "values", "said", "title")


def pieces_of_markup(source: str) -> list[str]:
    """Pieces of markup that a file looks for, with their lines; names are followed to what
    they stand for within the file.
    """
    tree = ast.parse(source)
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
        and isinstance(node.value, ast.Constant | ast.JoinedStr | ast.BinOp)
    }
    found = []
    for looked in looked_for(tree):
        meant = named.get(looked.id, looked) if isinstance(looked, ast.Name) else looked
        for part in ast.walk(meant):
            words = part.value if isinstance(part, ast.Constant) else None
            if isinstance(words, str) and MARKUP.search(words):
                found.append(f"{part.lineno}: {words!r}")
    return found


def files() -> list[Path]:
    return sorted(
        file
        for place in PLACES
        for file in (
            (ROOT / "tests" / place).rglob("*.py") if "." not in place else [ROOT / "tests" / place]
        )
    )


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(ROOT / "tests")))
def test_no_test_looks_for_markup_in_text(file: Path) -> None:
    assert pieces_of_markup(file.read_text("utf-8")) == [], "use tests.markup"


@pytest.mark.parametrize(
    "line",
    [
        """assert '<a href="/x">' in text""",
        """assert "</h1>" not in page""",
        """assert f'value="{one}"' in page""",
        """assert "?a=1&amp;b=2" in page""",
        """links = re.findall(r'href="([^"]+)"', page)""",
        """part = page.split("<form")[1]""",
        """form = f'<form action="{one}">'\nassert form in page""",
        """assert page.count("<li>") == 2""",
    ],
)
def test_what_is_refused(line: str) -> None:
    assert len(pieces_of_markup(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        """assert has(page, 'a[href="/x"]')""",
        """assert "1 < 2 resources" in page""",
        """assert answer.headers["content-disposition"].startswith('attachment; filename="a-')""",
        """assert 'bucket{engine="whoosh"}' in metrics""",
        """assert "<b> is bold" in texts(page, "p")""",
        """client.post("/x", content="<p>a & b</p>")""",
    ],
)
def test_what_is_not(line: str) -> None:
    assert pieces_of_markup(line) == []


FORM = """
<form method="post" action="/a">
<input name="q" value="a &quot;b&quot;"><input name="c" type="checkbox" value="1">
<input type="checkbox" value="2" checked name="c">
<select name="s"><option value="x">X<option value="y" selected>Y</select>
<select name="first"><option value="1"><option value="2"></select>
<textarea name="t">
one
two</textarea>
<input name="off" value="x" disabled><button name="do" value="it">Do it</button>
</form>
"""


def test_a_form_is_sent_as_browsers_do() -> None:
    assert markup.sent_of(markup.one(FORM, "form")) == {
        "q": ['a "b"'],
        "c": ["2"],
        "s": ["y"],
        "first": ["1"],
        "t": ["one\r\ntwo"],
    }
