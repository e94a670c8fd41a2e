"""What a reader yields, as one line of JSON each, and back with every type and size checked."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any, get_args

from library.core.errors import InputError, by_reason
from library.core.messages import LONGEST, Message, message_of
from library.core.resource import JSON, Block, BlockKind, Heading, Page, Said


@dataclass(frozen=True, slots=True)
class Facts:
    """Something told of a file that is no page of it: plain values, which who asked checks."""

    values: JSON


Item = Said | Page | Facts | bytes | InputError
"""Bytes are an image; an InputError is how a reading ended."""

LINE = 16 * 2**20  # bytes of one line at most
KINDS = get_args(BlockKind)
TEXT = 2_000_000  # characters of one string at most
UNREAD = 20  # parts of a file that were not read, at most
MANY = 100_000  # entries of one list at most


class Malformed(ValueError):
    """A line that no reader of ours would write."""


def encode(item: Item) -> bytes:
    """One line, newline included."""
    match item:
        case Said():
            body: dict[str, Any] = {
                "said": [
                    dict(item.fields),
                    [[line.title, line.page, line.level] for line in item.outline],
                    item.pages,
                    [_kept(message) for message in item.unread],
                    item.cover,
                ]
            }
        case Page():
            blocks = [_packed(block) for block in item.blocks]
            body = {
                "page": [
                    item.number,
                    item.text,
                    blocks,
                    item.label,
                    item.reader,
                    item.layout,
                    item.score,
                    item.language,
                ]
            }
        case Facts():
            body = {"facts": item.values}
        case InputError():
            body = {"problem": [item.reason, item.message.json()]}
        case _:
            body = {"image": b64encode(item).decode("ascii")}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"


def decode(line: bytes) -> Item:
    """The value a line stands for. Raises Malformed."""
    try:
        match json.loads(line):
            case {"said": [dict(fields), list(outline), pages, list(unread), bool(cover)]}:
                return _said(fields, outline, pages, unread, cover)
            case {"page": [number, text, list(blocks), label, reader, layout, score, language]}:
                if not isinstance(score, (int, float)) or not 0 <= score <= 1:
                    raise Malformed("score")
                return Page(
                    number=_number(number, 1, 10**7),
                    text=_text(text),
                    blocks=tuple(_block(block) for block in _few(blocks)),
                    label=_text(label, 100),
                    reader=_text(reader, 100),
                    layout=_text(layout, 100),
                    score=float(score),
                    language=_text(language, 100),
                )
            case {"facts": dict(values)}:
                return Facts(values)
            case {"problem": [str(reason), packed]}:
                message = message_of(packed)
                return by_reason(reason)(message.code, **message.values)
            case {"image": str(image)}:
                return b64decode(image, validate=True)
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)) from error
    raise Malformed("unknown line")


def _said(
    fields: dict[Any, Any], outline: list[Any], pages: Any, unread: list[Any], cover: bool
) -> Said:
    headings = []
    for line in _few(outline):
        match line:
            case [title, page, level]:
                headings.append(
                    Heading(_text(title, 10_000), _number(page, 0, 10**7), _number(level, 1, 100))
                )
            case _:
                raise Malformed("outline")
    return Said(
        fields={_text(name, 200): _text(value, 100_000) for name, value in fields.items()},
        outline=tuple(headings),
        pages=None if pages is None else _number(pages, 0, 10**7),
        unread=tuple(message_of(message) for message in unread[:UNREAD]),
        cover=cover,
    )


def _kept(message: Message | str) -> JSON:
    """What is said of a part that was not read; a package of others may give a sentence."""
    if not isinstance(message, Message):
        message = Message("unread otherwise", {"detail": str(message)[:LONGEST]})
    return message.json()


def _packed(block: Block) -> list[Any]:
    over = block.continued + 2 * block.continues
    return [block.kind, block.text, block.level, block.marker, block.rows, block.language, over]


def _block(packed: Any) -> Block:
    match packed:
        case [kind, text, level, marker, list(rows), language, over] if kind in KINDS:
            over = _number(over, 0, 3)
            return Block(
                kind=kind,
                text=_text(text),
                level=_number(level, 0, 100),
                marker=_text(marker, 100),
                rows=tuple(_row(row) for row in _few(rows)),
                language=_text(language, 100),
                continued=bool(over & 1),
                continues=bool(over & 2),
            )
    raise Malformed("block")


def _row(cells: Any) -> tuple[str, ...]:
    if not isinstance(cells, list):
        raise Malformed("row")
    return tuple(_text(cell) for cell in _few(cells))


def _few(values: list[Any]) -> list[Any]:
    if len(values) > MANY:
        raise Malformed("too many")
    return values


def _text(value: Any, most: int = TEXT) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise Malformed("text")
    return value


def _number(value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Malformed("number")
    return value
