"""Markdown, with the front matter that sites keep at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, BinaryIO

import yaml
from markdown_it import MarkdownIt

from library.core.errors import Empty
from library.core.resource import Page, Said
from library.extractors import Limits
from library.extractors.cleanup import clean
from library.extractors.encodings import decode
from library.extractors.html_blocks import blocks_of
from library.extractors.html_notes import MARKED
from library.extractors.html_tree import parse
from library.extractors.markdown_dialects import common, title_block
from library.extractors.pages import outline_of, pages_of

READER = "markdown"
FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
# Some sites set it below the title, and name it ("--- meta").
BELOW_TITLE = re.compile(
    r"\A\s*+(#{1,2} [^\n]{1,300}\n\s{0,4})?---[ \t]*+(?:[a-z]{1,12}[ \t]*+)?\n(.{1,20000}?)\n"
    r"---[ \t]*+(?:\n|\Z)",
    re.S,
)
KEY = re.compile(r"[A-Za-z][\w-]{0,40}")
TOML_FRONT = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)
LINE = re.compile(r"^([A-Za-z][\w .-]{0,60}?)\s*[:=]\s+(\S.*)$", re.M)
TEMPLATE = re.compile(
    r"\{%(?:[^{%\n]|\{(?!%)|%(?!\}))*+%\}|\{\{(?:[^{}\n]|\{(?!\{)|\}(?!\}))*+\}\}|"
    r"\{:[^{}\n]*+\}|^:{3,}.*$|^(?:import|export) .*\bfrom\b.*$",
    re.M,
)
# Words for programs behind a picture: `![Women at the gate](gate.png){width=50%}`.
ATTRIBUTES = re.compile(r"(?<=[)\]])\{[^{}\n]{0,200}\}")
# A picture as Hugo has it: {{< figure src="gate.jpg" alt="Women at the gate" >}}
FIGURE = re.compile(r"\{\{[<%] {0,4}(?:figure|image|img)\b([^{}\n]{0,3000})[>%/]\}\}")
SAID = re.compile(r"\b(alt|caption|title)=(?:\"([^\"\n]{1,1000})\"|'([^'\n]{1,1000})')")
NOTE = re.compile(
    r"^\[\^([^\]\s]{1,60})\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)", re.M
)
NAMED = re.compile(r"\[\^([^\]\s]{1,60})\]")
LANGUAGES = ("language", "lang", "langCode", "lang_code", "locale")
WORDS = 4  # from which on a field is a text and not a name
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C, where there is one
FIELDS = 100  # of the front matter at most


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """The front matter of a Markdown file, then its text in pages of our own cutting.

    Raises Empty.
    """
    text = decode(file.read()).replace("\r\n", "\n").replace("\r", "\n")
    head, rest = _parted(text)
    headed, text = rest != text, rest
    fields = dict(list(_flat(head))[:FIELDS])
    kept = _of_fields(head)
    if len(text.split()) < len(kept.split()):
        text = f"{kept}\n\n{text}"
    text = ATTRIBUTES.sub("", TEMPLATE.sub("", FIGURE.sub(_figure, common(text))))
    text = _with_notes(text)
    html = _parser().render(text)
    language = next((fields[name] for name in LANGUAGES if name in fields), "")
    pages = pages_of(blocks_of(parse(html), language), READER, limits)
    if not pages:
        raise Empty("only front matter" if headed else "no text")
    yield Said(fields, outline_of(pages)[: limits.outline], pages.total)
    yield from pages


@cache
def _parser() -> MarkdownIt:
    """Made once, in the nursery: making one is a fifth of reading a line."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the head of a file says, as texts, and the rest of the file.

    Lists are joined by "; ", tables inside it are named as `table.field`. A head that is not
    valid YAML is read line by line.
    """
    head, rest = _parted(text)
    return dict(list(_flat(head))[:FIELDS]), rest


def _parted(text: str) -> tuple[Mapping[Any, Any], str]:
    text = text.lstrip("\ufeff")
    match = FRONT.match(text) or TOML_FRONT.match(text)
    if not match and text.startswith("% "):
        return title_block(text)
    if not match:
        return _below_title(text)
    rest = text[match.end() :]
    head = _loaded(match[1])
    if head is None:
        head = {name: value.strip().strip("\"'") for name, value in LINE.findall(match[1])}
    return head, rest


def _below_title(text: str) -> tuple[Mapping[Any, Any], str]:
    """Front matter under the title, which rules around a passage are not."""
    match = BELOW_TITLE.match(text)
    head = _loaded(match[2]) if match else None
    if match is None or head is None or len(head) < 2:
        return {}, text
    if not all(isinstance(name, str) and KEY.fullmatch(name) for name in head):
        return {}, text
    return head, (match[1] or "") + text[match.end() :]


def _loaded(words: str) -> Mapping[Any, Any] | None:
    try:
        head = yaml.load(words, LOADER)
    except (yaml.YAMLError, ValueError):
        return None
    return head if isinstance(head, dict) else None


def _of_fields(head: Mapping[Any, Any]) -> str:
    """The fields that are texts, each under its name: some sites keep a whole page in its head."""
    parts = []
    for name, value in list(head.items())[:FIELDS]:
        values = [one for one in (value if isinstance(value, list) else [value])[:FIELDS] if one]
        texts = [one.strip() for one in values if isinstance(one, str)]
        if name in ("title", *LANGUAGES) or not any(len(one.split()) >= WORDS for one in texts):
            continue
        heading = " ".join(re.split(r"[_\W]+", str(name)[:100])).strip().capitalize()
        listed = "\n".join(f"- {one}" for one in texts) if isinstance(value, list) else texts[0]
        parts.append(f"## {heading}\n\n{listed}")
    title = head.get("title")
    called = [f"# {' '.join(title.split())}"] if isinstance(title, str) and parts else []
    return "\n\n".join([*called, *parts])


def _figure(match: re.Match[str]) -> str:
    """A picture of a site as one of Markdown, with what stands below it."""
    said = {name: one or other for name, one, other in SAID.findall(match[1])}
    words = said.get("alt", "").replace("[", "(").replace("]", ")")
    below = said.get("caption") or said.get("title", "")
    return f"![{words}](figure)\n\n{below}\n"


def _with_notes(text: str) -> str:
    """Footnotes (`[^name]: …`) as elements that say so, numbered as they are named in the text."""
    notes: dict[str, str] = {}

    def taken(match: re.Match[str]) -> str:
        notes.setdefault(match[1], " ".join(match[2].split()))
        return ""

    text = NOTE.sub(taken, text)
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        if match[1] not in notes:
            return match[0]
        return f"\\[{numbers.setdefault(match[1], len(numbers) + 1)}\\]"

    text = NAMED.sub(number, text)
    for name, note in notes.items():
        marker = numbers.get(name, "")
        text += f'\n\n<div role="doc-footnote" {MARKED}="{marker}">\n\n{note}\n\n</div>\n'
    return text


def _flat(head: Mapping[Any, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in head.items():
        if isinstance(value, Mapping) and not prefix:
            yield from _flat(value, f"{name}.")
            continue
        values = value if isinstance(value, list) else [value]
        texts = [_text(single) for single in values[:FIELDS]]
        if text := "; ".join(filter(None, texts)):
            yield f"{prefix}{name}"[:100], text[:5_000]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (str, int, float)):
        return clean(" ".join(str(value).split()))
    return ""
