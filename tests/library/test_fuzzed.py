"""What strangers send to readers of small things: whatever it is, an answer or a reason."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.syntax import parse, write
from library import sandbox, skos
from library.core.errors import LibraryError
from library.core.resource import Page, Said
from library.core.settings import Settings
from library.extractors.media_types import media_type_of
from library.metadata import describe
from library.sheets import reader as sheets
from library.skos import reader as skos_reader
from library.skos import triples
from library.vocabularies import Vocabularies
from library.vocabularies.files import read_scheme
from tests.needs import ROOT
from tests.soak import cases

SIGNS = st.text(
    st.one_of(
        st.characters(), st.sampled_from("\"()*-:~^'“”|&!,.;0123456789 \u0300\u200b\u202e\ufeff")
    ),
    max_size=80,
)
QUESTIONS = st.lists(
    st.one_of(SIGNS, st.sampled_from(["AND", "OR", "NOT", "title:", '"', "(", ")", "a*", "-"])),
    max_size=12,
).map(" ".join)
BEGINNINGS = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1", b"<html",
     b"\xff\xfe", b"\xef\xbb\xbf", b"From: a@b\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]
)  # fmt: skip


@given(QUESTIONS)
@example('"a OR (b* -title:')
@cases(60)
def test_any_question_is_understood_as_something_and_written_again(words: str) -> None:
    tree = parse(words).tree
    assert parse(write(tree)).tree == parse(write(parse(write(tree)).tree)).tree


@given(BEGINNINGS, st.binary(max_size=300), st.text(max_size=20))
@cases(80)
def test_any_bytes_are_told_to_be_of_a_kind_or_of_none(
    beginning: bytes, rest: bytes, name: str
) -> None:
    try:
        assert isinstance(media_type_of(io.BytesIO(beginning + rest), name), str)
    except LibraryError as error:
        assert str(error)


TABLES = st.one_of(
    st.binary(max_size=300),
    st.lists(st.lists(SIGNS, max_size=5).map(",".join), max_size=8).map(
        lambda lines: "\n".join(["file,title,topic", *lines]).encode("utf-8", "surrogatepass")
    ),
    st.recursive(
        st.none() | st.booleans() | st.floats() | SIGNS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SIGNS, inner, max_size=3),
        max_leaves=8,
    ).map(lambda value: repr(value).replace("'", '"').encode("utf-8", "surrogatepass")),
)


@given(TABLES)
@example(b"[" * 5000)
@example(b"\xff\xfe" + "file\ttitle\n=1+1\t".encode("utf-16-le"))
@cases(60)
def test_any_table_is_read_or_refused(content: bytes) -> None:
    try:
        sheets.read(content)
    except LibraryError as error:
        assert str(error)


@given(st.one_of(SIGNS, st.text(max_size=300)))
@example("[concept\nid = 1")
@example("a = " + "[" * 5000)
@cases(25)
def test_any_vocabulary_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzzed.toml"
    path.write_bytes(words.encode("utf-8", "surrogatepass"))
    try:
        read_scheme("topic", path)
    except LibraryError as error:
        assert str(error)


NAMES = Vocabularies.load(Settings().languages)
BITS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=9)
CUT = st.tuples(st.floats(0, 1), st.floats(0, 1))
SKOS = {form: skos.write(NAMES, ["use"], "", form) for form in ("turtle", "xml", "json-ld")}
PDFS = ("first-meeting-en.pdf", "bachat-mandali-hi.pdf", "cuentas-claras-es.pdf")


def mutated(content: bytes, bits: list[tuple[float, int]], cut: tuple[float, float]) -> bytes:
    """A file with some bytes changed, and a piece of it taken out."""
    made = bytearray(content)
    for at, value in bits:
        made[int(at * len(made))] = value
    first, last = sorted(int(share * len(made)) for share in cut)
    return bytes(made) if last - first > len(made) // 2 else bytes(made[:first] + made[last:])


@given(st.sampled_from(sorted(SKOS)), BITS, CUT, SIGNS)
@example("turtle", [], (0, 0), "[" * 4000)
@example("json-ld", [], (0, 0), '{"@context": ' * 400)
@cases(25)
def test_any_skos_is_read_or_refused(
    form: str, bits: list[tuple[float, int]], cut: tuple[float, float], more: str
) -> None:
    """In this process, so that a fault of ours is seen; the site asks a confined child."""
    content = mutated(SKOS[form], bits, cut) + more.encode("utf-8", "surrogatepass")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            skos_reader.parsing, "parsed", lambda held, form, name: triples.parsed(held, form)
        )
        try:
            skos_reader.read(content, "a.ttl")
        except LibraryError as error:
            assert str(error)


@given(st.sampled_from(PDFS), BITS, CUT)
@example(PDFS[0], [], (0.4, 0.6))
@cases(4)
def test_any_real_pdf_that_was_changed_is_read_in_part_or_refused(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    bits: list[tuple[float, int]],
    cut: tuple[float, float],
) -> None:
    path = tmp_path_factory.getbasetemp() / "mutated.pdf"
    path.write_bytes(mutated((ROOT / "sample" / "library" / name).read_bytes(), bits, cut))
    try:
        _, read = sandbox.take(path, name, layout=False)
    except LibraryError as error:
        assert str(error)
    else:
        assert read.pages or read.problem is not None


@given(st.lists(st.text(max_size=200), min_size=1, max_size=3), SIGNS)
@cases(12)
def test_any_words_are_described(pages: list[str], name: str) -> None:
    read = [Page(number, text) for number, text in enumerate(pages, 1)]
    describe(read, Said(), filename=f"{name}.pdf", vocabularies=NAMES, languages=("en",))
