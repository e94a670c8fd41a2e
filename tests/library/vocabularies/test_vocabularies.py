from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from library.vocabularies import Vocabularies

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return Vocabularies.load(LANGUAGES)


def test_a_label_is_in_the_readers_language_else_english_else_the_id(
    vocabularies: Vocabularies,
) -> None:
    assert vocabularies.label("group", "waste-pickers", "pt-BR").startswith("Catadoras")
    assert vocabularies.label("group", "waste-pickers", "sw") == "Waste pickers"
    assert vocabularies.label("group", "rope-makers", "es") == "Rope makers"
    assert vocabularies.label("colour", "dark_red", "es") == "Dark red"


def test_what_is_unknown_is_nothing_and_no_error(vocabularies: Vocabularies) -> None:
    assert vocabularies.concept("group", "nobody") is None
    assert vocabularies.concept("colour", "red") is None
    assert vocabularies.find("colour", "red") is None
    assert vocabularies.order("colour") == ()
    assert vocabularies.narrower("group", "nobody") == ()
    assert vocabularies.broader("group", "nobody") is None
    assert vocabularies.named("nobody", alone=True) == frozenset()
    assert vocabularies.expand("group", ["nobody"]) == ("nobody",)


def test_topics_expand_to_those_above_them(vocabularies: Vocabularies) -> None:
    for id in vocabularies.order("topic"):
        above = vocabularies.broader("topic", id)
        expanded = vocabularies.expand("topic", [id])
        assert expanded == ((id, above) if above else (id,))
        if above:
            assert id in vocabularies.narrower("topic", above)


def test_expanding_says_each_once(vocabularies: Vocabularies) -> None:
    assert vocabularies.expand("place", ["ke", "tz", "eastern-africa"]) == (
        "ke",
        "eastern-africa",
        "africa",
        "tz",
    )


def test_a_former_id_leads_to_the_one_it_has_now(tmp_path: Path) -> None:
    (tmp_path / "group.toml").write_text(
        '[renamed]\nspinners = "weavers"\n[[concept]]\nid = "weavers"\nen.preferred = "Weavers"\n',
        "utf-8",
    )
    (tmp_path / "places.toml").write_text(
        '[renamed]\nold-region = "coast"\n'
        '[[concept]]\nid = "coast"\nen.preferred = "Coast"\ncountries = "ke"\n',
        "utf-8",
    )
    own = Vocabularies.load(("en",), tmp_path)
    assert own.find("group", "spinners") == "weavers"
    assert own.label("group", "spinners", "en") == "Weavers"
    assert own.expand("group", ["spinners"]) == ("weavers",)
    assert own.expand("place", ["ke"]) == ("ke", "coast")
    assert own.find("place", "old-region") == "coast"


def test_silent_concepts_are_found_and_not_mentioned(tmp_path: Path) -> None:
    (tmp_path / "group.toml").write_text(
        "[ignored]\n"
        'en = ["web weaver"]\n'
        '[[concept]]\nid = "weavers"\nen.preferred = "Weaver"\n'
        '[[concept]]\nid = "dyers"\nsilent = true\nen.preferred = "Dyer"\n',
        "utf-8",
    )
    own = Vocabularies.load(("en",), tmp_path)
    assert own.find("group", "dyers") == "dyers"
    found = own.mentions("A web weaver, a dyer and two weavers", "en")
    assert [mention.words for mention in found if mention.facet == "group"] == ["weavers"]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("pt", "pt"),
        ("pt-BR", "pt"),
        ("pt_BR", "pt"),
        ("por", "pt"),
        ("Portuguese", "pt"),
        ("portugais", "pt"),
        ("العربية", "ar"),
        ("हिन्दी", "hi"),
        ("Kiswahili", "sw"),
        ("suajili", "sw"),
        ("isiZulu", "zu"),
        ("Klingonese", None),
    ],
)
def test_a_language_is_found_by_codes_and_names(
    vocabularies: Vocabularies, text: str, id: str | None
) -> None:
    assert vocabularies.find("language", text) == id


def test_a_language_is_named_in_itself_and_in_others(vocabularies: Vocabularies) -> None:
    assert vocabularies.label("language", "sw", "sw") == "Kiswahili"
    assert vocabularies.label("language", "sw", "en") == "Swahili"
    assert vocabularies.label("language", "ar", "hi") == "अरबी"
    assert vocabularies.order("language")[: len(LANGUAGES)] == LANGUAGES


def test_the_sites_first_language_is_looked_in_first() -> None:
    assert Vocabularies.load(("pt", "en", "pt-BR")).languages == ("pt", "en")


def test_one_process_loads_once() -> None:
    assert Vocabularies.load(LANGUAGES) is Vocabularies.load(list(LANGUAGES))


def test_it_travels_between_processes(vocabularies: Vocabularies) -> None:
    list(vocabularies.mentions("street vendors", "en"))
    copy = pickle.loads(pickle.dumps(vocabularies))
    assert copy.version == vocabularies.version
    assert copy.find("group", "pepenadora") == "waste-pickers"
    assert list(copy.mentions("hawkers", "en")) == list(vocabularies.mentions("hawkers", "en"))


def test_threads_may_share_it(tmp_path: Path) -> None:
    fresh = Vocabularies.load(LANGUAGES, tmp_path)
    texts = [("en", "hawkers"), ("es", "pepenadores"), ("fr", "couturière"), ("pt", "camelô")] * 8

    def ask(asked: tuple[str, str]) -> tuple[str | None, list[str]]:
        language, text = asked
        found = fresh.mentions(text, language)
        return fresh.find("group", text), [m.id for m in found if m.facet == "group"]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, texts))
    assert answers == [ask(text) for text in texts]
    assert {id for id, _ in answers} == {"street-vendors", "waste-pickers", "garment-workers"}
