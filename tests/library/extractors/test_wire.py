"""Lines from a child say exactly what was sent, or are refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.core.errors import Damaged, InputError
from library.core.messages import KEPT_IN_ENGLISH, LONGEST, Message
from library.core.resource import Block, Heading, Page, Said
from library.extractors.wire import Malformed, decode, encode

PAGE = Page(
    3,
    "words\nand more",
    (
        Block("heading", "T", 1),
        Block("item", "one", 2, "a)"),
        Block("table", rows=(("a", "b"), ("1", "2"))),
        Block("paragraph", "uno", language="es"),
    ),
    label="iii",
    reader="r",
    layout="l",
    score=0.5,
)


def test_there_and_back() -> None:
    said = Said({"title": "Ação"}, (Heading("One", 1), Heading("Two", 4, 2)), 9)
    for item in (PAGE, said, Said(), b"\x00image"):
        line = encode(item)
        assert line.endswith(b"\n") and line.count(b"\n") == 1
        assert decode(line) == item
    problem = decode(encode(Damaged("page text", page=3)))
    assert isinstance(problem, Damaged)
    assert (problem.code, problem.values) == ("page text", {"page": 3})


def test_what_was_not_read_comes_there_and_back() -> None:
    files = Message(
        "unread files", {"number": 2, "names": "a, b", "opener": Message("its program")}
    )
    said = Said(
        unread=(Message("unread form"), Message("unread within", {"name": "c", "line": files}))
    )
    assert decode(encode(said)) == said
    others = decode(encode(Said(unread=("Its ledger was not read.", "x" * 5_000))))  # type: ignore[arg-type]
    assert isinstance(others, Said)
    first, second = others.unread
    assert first == Message(KEPT_IN_ENGLISH, {"detail": "Its ledger was not read."})
    assert second.values == {"detail": "x" * LONGEST}
    many = decode(encode(Said(unread=(Message("unread form"),) * 100)))
    assert isinstance(many, Said) and len(many.unread) == 20


def test_lone_surrogates_do_not_stop_a_page() -> None:
    page = decode(encode(Page(1, "a\ud800b")))
    assert isinstance(page, Page) and page.text == "a?b"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"nothing",
        b"[1]",
        b'{"page":[1]}',
        b'{"page":[0,"",[],"","","",1]}',
        b'{"page":[true,"",[],"","","",1]}',
        b'{"page":[1,2,[],"","","",1]}',
        b'{"page":[1,"",[["script","",0,"",[],""]],"","","",1]}',
        b'{"page":[1,"",[["table","",0,"",["row"],""]],"","","",1]}',
        b'{"page":[1,"",[],"","","",7]}',
        b'{"page":[1,"",[],"","","",NaN]}',
        b'{"said":[{"a":1},[],1]}',
        b'{"said":[{},[["t"]],1]}',
        b'{"image":"***"}',
        b'{"problem":["damaged",1,""]}',
        b"[" * 100_000,
        json.dumps({"page": [1, "x" * 3_000_000, [], "", "", "", 1]}).encode(),
    ],
)
def test_nonsense_is_refused(line: bytes) -> None:
    with pytest.raises(Malformed):
        decode(line)


@given(st.binary())
def test_no_bytes_do_anything_else(line: bytes) -> None:
    try:
        item = decode(line)
    except Malformed:
        return
    assert isinstance(item, (Said, Page, bytes, InputError))
