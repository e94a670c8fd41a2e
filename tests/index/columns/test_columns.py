"""A segment holds what its documents say, however they came together."""

from __future__ import annotations

import io
import random

import numpy as np
import pytest

from index.columns import arrays
from index.columns.batch import Batch
from index.columns.merging import Part, merged
from index.columns.segment import Segment
from index.columns.terms import ID, Terms, packed, to_bytes, to_text
from index.document import Document, Passage
from index.fields import FIELDS
from index.inversion import SURFACES, Inverted, invert
from index.text import sources
from tests.index.builders import LANGUAGES, document

SAID = (
    "The strikers of Article IV",
    "Convention No.\n189, and 1 250 000 of 12 345",
    "e-mail, U.N. and N.G.O.s: l'eau, don't, D'Souza",
    "trabajador@s y trabajadores/as (os/as), travailleur·euse·s",
    "C++ and C# on page 12, art. 5 c.177 COVID19 WhatsApp",
    "organización de las vendedoras ambulantes; el artículo 12",
    "हिन्दी मजदूरी अनुच्छेद ४ की बात",
    "مسؤولية العمال المادة 4 و التنظيم",
    "ริมถนนและตลาด 東京の労働者",
    "levels rose to 5.2 in phase II or chapter\u00a03 xxi",
    "a\u00adb non\u200bspace NGOs' ones x trabajadorxs Latinx",
    "",
    "…—'\u0640' ١٢٣ 12,5 1.250 1,250.75",
)


def works(count: int, seed: int) -> list[Document]:
    drawn = random.Random(seed)

    def some(most: int) -> str:
        return " ".join(drawn.choices(SAID, k=drawn.randint(0, most)))

    return [
        Document(
            f"d{number}",
            some(1) or "untitled",
            summary=some(2),
            labels={"topic": tuple({f"t{drawn.randint(0, 4)}" for _ in range(2)})},
            year=drawn.choice([None, 1999, -40]),
            passages=tuple(
                Passage(f"d{number}-{language}", language, page, some(40))
                for language in drawn.sample(["en", "es", "ar", "", "sw"], 2)
                for page in (1, 2)
            ),
            language=drawn.choice(["en", "es", ""]),
            titles=(("es", some(1)),),
            authors=(some(1), "O'Neill"),
            headings=(("en", some(1)), ("hi", some(1))),
            added=number,
            quality=drawn.random(),
        )
        for number in range(count)
    ]


def batch(documents: list[Document]) -> arrays.Columns:
    made = Batch(LANGUAGES)
    for one in documents:
        made.add(one)
    return made.columns()


def opened(columns: arrays.Columns) -> Segment:
    file = io.BytesIO()
    arrays.write(file, columns)
    return Segment("a", file.getvalue())


def held(segment: Segment, name: str) -> dict[str, dict[str, object]]:
    """Work → term → its positions, or how often it is there."""
    field = segment.fields[name]
    found: dict[str, dict[str, object]] = {id: {} for id in segment.ids}
    for term in field.terms.slice(0, field.terms.count):
        first, last = field.span(term)
        often = field.often(first, last)
        for place, work in enumerate(field.works[first:last].tolist()):
            kept: object = int(often[place])
            if field.at is not None and field.positions is not None:
                at, end = field.at[first + place : first + place + 2].tolist()
                kept = field.positions[at:end].tolist()
            found[segment.ids[work]][to_text(term)] = kept
    return found


def assert_same(segment: Segment, documents: list[Document]) -> None:
    said: dict[str, Inverted] = {one.id: invert(one, LANGUAGES) for one in documents}
    assert segment.ids == list(said)
    for field in FIELDS:
        assert held(segment, field.name) == {
            id: {term: list(at) for term, at in one.places.get(field.name, {}).items()}
            for id, one in said.items()
        }
    for name in SURFACES:
        assert held(segment, name) == {
            id: dict(one.printed.get(name, {})) for id, one in said.items()
        }
    assert held(segment, ID) == {id: {id: 1} for id in said}
    for number, one in enumerate(said.values()):
        starts, passages = segment.pieces(number)
        assert starts.tolist() == one.table["starts"]
        pages = [
            (edition, language, page)
            for edition, language, page, pieces in one.table["passages"]
            for _ in range(pieces)
        ]
        assert [segment.passage(passage) for passage in passages.tolist()] == pages
        assert [segment.piece(number, piece) for piece in range(len(starts))] == list(one.pieces)
        assert segment.told(number) == one.facts["told"]
        assert segment.title(number) == one.facts["title"]
        assert segment.year(number) == one.facts["year"]
        lengths = dict(
            zip((f.name for f in FIELDS), segment.columns["lengths"][number], strict=True)
        )
        assert lengths == {field.name: one.facts["lengths"][field.name] for field in FIELDS}
        labels: dict[str, list[str]] = {}
        for facet, value in segment.labels_of(number):
            labels.setdefault(facet, []).append(value)
        assert labels == one.facts["labels"]


@pytest.mark.parametrize("seed", range(6))
def test_a_batch_is_what_its_documents_say(seed):
    documents = works(9, seed)
    assert_same(opened(batch(documents)), documents)


@pytest.mark.parametrize("seed", range(6))
def test_segments_that_were_merged_are_what_is_left_of_them(seed):
    drawn = random.Random(seed)
    documents = works(20, seed)
    groups = [documents[:7], documents[7:8], [], documents[8:]]
    kept = [np.array([drawn.random() < 0.6 for _ in group], bool) for group in groups]
    parts = [Part(batch(group), keep) for group, keep in zip(groups, kept, strict=True)]
    left = [
        one
        for group, keep in zip(groups, kept, strict=True)
        for one in np.array(group, object)[keep]
    ]
    assert_same(opened(merged(parts)), left)
    assert_same(opened(merged([Part(merged(parts), np.ones(len(left), bool))])), left)


def test_the_last_of_a_repeated_id_stays():
    documents = [document("a", "one"), document("b", "two"), document("a", "three")]
    assert_same(opened(batch(documents)), documents[1:])


def test_nothing_is_a_segment_too():
    assert opened(batch([])).ids == []


def test_terms_are_found_in_any_block():
    words = sorted({to_bytes(f"{drawn:x}é{drawn % 7}") for drawn in range(1, 5_000, 7)})
    terms = Terms(*packed(words))
    for place, word in enumerate(words):
        assert terms.find(word) == place
        assert terms.find(word + b"!") == -1
    for prefix in (b"", b"1", b"ff", b"zz", "1\u00e9".encode(), words[-1], words[64]):
        first, last = terms.range(prefix)
        assert terms.slice(first, last) == [word for word in words if word.startswith(prefix)]
    assert Terms(*packed([])).find(b"a") == -1
    assert Terms(*packed([])).range(b"a") == (0, 0)


@pytest.mark.parametrize("place", [0, 9, 13, 40, 200, -1])
def test_a_changed_byte_is_told(place):
    file = io.BytesIO()
    arrays.write(file, batch(works(2, 1)))
    content = bytearray(file.getvalue())
    assert arrays.is_sound(io.BytesIO(content))
    content[place] ^= 4
    assert not arrays.is_sound(io.BytesIO(content))
    assert not arrays.is_sound(io.BytesIO(content[:-1]))
    assert not arrays.is_sound(io.BytesIO(b""))


def test_how_far_a_piece_is_running_text_is_kept_with_it_and_told_of_older_segments():
    columns = batch(works(20, 5))
    older = {name: column for name, column in columns.items() if name != "piece.prose"}
    kept = np.arange(20) % 3 > 0
    segments = [
        Segment.of("s", made)
        for made in (columns, older, merged([Part(columns, kept), Part(older, kept)]))
    ]
    for segment in segments:
        for work in range(segment.works):
            for piece in range(len(segment.pieces(work)[0])):
                said = sources.prose(segment.piece(work, piece))
                assert segment.prose(work, piece) == pytest.approx(said)


def test_the_languages_of_a_work_are_those_of_its_pages():
    documents = works(20, 6)
    segment = Segment.of("s", batch(documents))
    for work, one in enumerate(documents):
        assert segment.languages(work) == {passage.language for passage in one.passages}


@pytest.mark.parametrize("kind", [np.int32, np.int64, np.uint16])
def test_numbers_are_told_apart(kind: type) -> None:
    chance = np.random.default_rng(1)
    for count in (0, 1, 2, 50, 5_000):
        numbers = chance.integers(0, 900, count).astype(kind)
        found, expected = arrays.distinct(numbers), np.unique(numbers)
        assert found.dtype == expected.dtype
        assert found.tolist() == expected.tolist()
        again, which = arrays.numbered(numbers)
        assert again.tolist() == expected.tolist()
        assert which.tolist() == np.unique(numbers, return_inverse=True)[1].tolist()
