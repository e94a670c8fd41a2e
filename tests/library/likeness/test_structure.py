"""Structure tells translations: the same blocks, each about as long, wherever one is left out."""

from __future__ import annotations

import random
from typing import get_args

import numpy as np

from library.core.resource import Block, BlockKind, Page
from library.likeness import structure, translations
from library.likeness.similarity import Shape

KINDS: list[BlockKind] = ["heading", "paragraph", "paragraph", "item", "item", "paragraph"]


def work(seed: int, blocks: int = 24) -> list[Block]:
    chance = random.Random(seed)
    made = []
    for _ in range(blocks):
        kind = chance.choice(KINDS)
        length = chance.randint(8, 60) if kind != "paragraph" else chance.randint(40, 700)
        made.append(Block(kind, "x" * length, 2 if kind == "heading" else 0))
    return made


def translated(blocks: list[Block], seed: int, stretch: float = 1.2) -> list[Block]:
    chance = random.Random(seed)
    return [
        Block(
            one.kind,
            "y" * max(1, round(len(one.text) * stretch * chance.gauss(1, 0.15))),
            one.level,
        )
        for one in blocks
    ]


def outline(blocks: list[Block]) -> bytes:
    return structure.outline_of([Page(1, "", tuple(blocks))])


def test_a_translation_is_likelier_than_any_other_work() -> None:
    for seed in range(12):
        original = outline(work(seed))
        same = structure.likelihood(original, outline(translated(work(seed), seed)))
        others = [structure.likelihood(original, outline(work(100 + n))) for n in range(20)]
        assert same > 12 > max(others)


def test_it_is_symmetrical_and_bears_that_a_block_is_left_out() -> None:
    original = work(1)
    other = translated(original, 1)
    del other[5], other[11]
    one, two = outline(original), outline(other)
    assert structure.likelihood(one, two) == structure.likelihood(two, one) > 12


def test_a_language_may_stretch_all_blocks_alike() -> None:
    original = work(2)
    one, long = outline(original), outline(translated(original, 2, stretch=2.2))
    assert structure.likelihood(one, long) > 12


def test_few_blocks_have_no_structure() -> None:
    assert outline(work(1, blocks=3)) == b""
    assert len(outline(work(1, blocks=900))) == 2 * structure.MOST


def test_the_nearest_few_in_each_language_are_aligned() -> None:
    works = [work(seed) for seed in range(30)]
    outlines = [outline(one) for one in works]
    outlines += [outline(translated(one, n)) for n, one in enumerate(works)]
    spoken = np.array([0] * 30 + [1] * 30)
    all_of_them = [*outlines, b""]
    found = structure.candidates(all_of_them, np.append(spoken, 1), range(61))
    assert all((n, n + 30) in found for n in range(30))
    assert len(found) <= 60 * structure.NEAR
    fresh = structure.candidates(all_of_them, np.append(spoken, 1), {7})
    assert (7, 37) in fresh and all(7 in pair for pair in fresh)


def marked(name: str, language: str, blocks: list[Block], file: str = "") -> translations.Marked:
    shape = Shape(language, 1, 3, 2000, "", outline(blocks), file or f"{name}.pdf")
    return name, shape, np.empty(0, "<i8")


def test_works_without_a_name_or_number_in_common_are_found_by_structure() -> None:
    library = [marked(f"en-{n}", "en", work(n)) for n in range(12)]
    library += [marked(f"es-{n}", "es", translated(work(n), n)) for n in range(4)]
    names = {name for name, _, _ in library}
    structures = {
        frozenset(pair): nats for pair, nats in translations.aligned(library, names).items()
    }
    found = {frozenset(pair[:2]) for pair in translations.pairs(library, structures)}
    assert found == {frozenset((f"en-{n}", f"es-{n}")) for n in range(4)}


def test_names_of_files_count_without_words_for_languages() -> None:
    assert translations.stem_of("Guide_to-strikes (ES).pdf") == "guide to strikes"
    assert translations.stem_of("guide to strikes.en.docx") == "guide to strikes"
    assert translations.stem_of("es.pdf") == ""


def test_every_kind_of_block_has_a_place_in_an_outline() -> None:
    assert set(structure.KINDS) == set(get_args(BlockKind))
    blocks = tuple(Block(kind, "words of it") for kind in get_args(BlockKind))
    assert len(structure.outline_of([Page(1, "", blocks, layout="x")])) == 2 * len(blocks)
