"""Concepts at the desk: named, merged, retired, given and taken; readers see it at once."""

from __future__ import annotations

import html
from typing import Any

import pytest
from starlette.testclient import TestClient

from library.catalogue.changes import history
from library.catalogue.provenance import imports, terms
from library.catalogue.vocabulary import schemes
from library.web.app import app_of
from library.web.site import Site
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import Enter, token_of
from tests.markup import has, one, parsed, sent_of, texts, values

ROOM = "/staff/vocabularies"
LAW = f"{ROOM}/topic/concepts/law"
WORD = "निर्णयशाला"
HAND = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:x:tips> a skos:Concept ; skos:prefLabel "Tips"@en ; skos:altLabel "gratuities"@en ."""


@pytest.fixture
def filed(desk_shelf: Shelf) -> dict[str, str]:
    """Resources by their topic."""
    made = {
        topic: desk_shelf.add(f"On {topic}", [f"Words on {topic}."], topic=(topic,))
        for topic in ("law", "wages", "migration")
    }
    desk_shelf.index()
    return made


@pytest.fixture
def reader(desk_site: Site) -> TestClient:
    return TestClient(app_of(desk_site), follow_redirects=False)


def form_of(page: str, action: str) -> dict[str, Any]:
    """What a browser would send of a form, untouched."""
    forms = parsed(page).css('form[method="post"]')
    return sent_of(
        next(f for f in forms if (f.attributes["action"] or "").partition("#")[0] == action)
    )


def send(client: TestClient, address: str, action: str = "", **changed: str) -> Any:
    action = action or address
    sent = form_of(client.get(address).text, action) | {k: [v] for k, v in changed.items()}
    return client.post(action, data=sent)


def found(client: TestClient, **asked: str) -> set[str]:
    return {hit["title"] for hit in client.get("/api/search", params=asked).json()["hits"]}


def missed(client: TestClient) -> list[str]:
    """The words that the page of searches in vain lists."""
    return texts(client.get(f"{ROOM}/searches"), ".list > li > p > b")


def undo_last(client: TestClient, shelf: Shelf) -> Any:
    with shelf.catalogue.read() as conn:
        [last] = history.entries(conn, 1)
    token = token_of(client.get("/staff/own").text)
    return client.post(f"/staff/history/{last.id}/undo", data={"form": token})


def test_a_form_sent_untouched_changes_nothing(ben: TestClient, desk_shelf: Shelf) -> None:
    for address in (LAW, f"{ROOM}/place/concepts/ke", f"{ROOM}/group/concepts/waste-pickers"):
        assert send(ben, address).status_code == 303
    with desk_shelf.catalogue.read() as conn:
        assert schemes.every(conn) == {}


def test_a_new_label_is_found_by_readers_at_once_and_undone(
    ben: TestClient, reader: TestClient, desk_shelf: Shelf, filed: dict[str, str]
) -> None:
    assert found(reader, q=WORD) == set()
    etag = reader.get("/search").headers["etag"]
    page = ben.get(LAW).text
    assert "हिन्दी" in page
    held = form_of(page, LAW)["alternative.hi"][0]
    seen = send(ben, LAW, preview="1", **{"alternative.hi": f"{held}\r\n{WORD}"})
    assert f"“{WORD}”: said in 0 resources" in seen.text
    assert "Filed under it: 1 resource" in seen.text
    assert found(reader, q=WORD) == set()
    assert send(ben, LAW, **{"alternative.hi": f"{held}\r\n{WORD}"}).status_code == 303
    assert found(reader, q=WORD) == {"On law"}
    assert reader.get("/search").headers["etag"] != etag
    assert "Also said" in ben.get(LAW).text
    told = ben.get("/staff/history")
    assert texts(told, '.new ins[dir="auto"]')[0] == WORD  # nothing stood there before
    assert undo_last(ben, desk_shelf).headers["location"].startswith(LAW)
    assert found(reader, q=WORD) == set()


def test_a_merge_is_shown_done_redirected_and_undone(
    ben: TestClient, reader: TestClient, desk_shelf: Shelf, filed: dict[str, str]
) -> None:
    wages = f"{ROOM}/topic/concepts/wages"
    seen = send(ben, wages, f"{wages}/merge", into="law")
    assert "/search?topic=wages will lead to /search?topic=law" in seen.text
    assert found(reader, topic="wages") == {"On wages"}
    sent = form_of(seen.text, f"{wages}/merge")
    assert sent["into"] == sent["seen"] == ["law"]
    other = ben.post(f"{wages}/merge", data=sent | {"sure": "1", "into": "migration"})
    assert "will lead to /search?topic=migration" in other.text  # it was not looked at yet
    done = ben.post(f"{wages}/merge", data=sent | {"sure": "1"})
    assert done.headers["location"].startswith(LAW)
    assert ben.get(wages).headers["location"] == LAW
    for path in ("/search?topic=wages", "/feed.atom?topic=wages", "/api/search?topic=wages"):
        answer = reader.get(path)
        if answer.status_code == 301:
            assert answer.headers["location"].endswith("topic=law")
            answer = reader.get(answer.headers["location"])
        assert "On wages" in answer.text
        assert "On law" in answer.text
    assert "Salario" not in ben.get(f"/staff/resources/{filed['wages']}").text
    words = ben.get(f"/staff/resources/{filed['wages']}/words").text
    assert has(words, '[value="law"][checked]')
    assert not has(words, '[value="wages"]')
    undo_last(ben, desk_shelf)
    assert found(reader, topic="wages") == {"On wages"}
    assert found(reader, topic="law") == {"On law"}
    assert ben.get(wages).status_code == 200


def test_a_concept_of_ones_own_under_another(
    ben: TestClient, reader: TestClient, desk_shelf: Shelf, filed: dict[str, str]
) -> None:
    new = f"{ROOM}/topic/new"
    said = {"preferred.en": "Toil courts", "broader": "law"}
    seen = send(ben, new, preview="1", **said)
    assert "“Toil courts”: said in 0 resources" in seen.text
    done = send(ben, new, **said)
    assert done.headers["location"].startswith(f"{ROOM}/topic/concepts/toil-courts")
    tree = ben.get(f"{ROOM}/topic")
    assert has(tree, 'li.level-1 a[href$="/concepts/toil-courts"]')
    assert "1 of 26 have no name in हिन्दी" in tree.text
    only = ben.get(f"{ROOM}/topic?only=without-hi")
    assert "1 concept" in texts(only, "[role=status]")
    one = desk_shelf.add("In court", ["Words."], topic=("toil-courts",))
    token = token_of(ben.get("/staff/own").text)
    ben.post(f"/staff/resources/{one}/standing", data={"form": token, "status": "published"})
    send(ben, LAW, **{"preferred.en": "Law and courts"})
    assert {"On law", "In court"} <= found(reader, topic="law")
    taken = send(ben, new, **{"preferred.en": "toil COURTS"})
    assert taken.status_code == 422
    assert "is the name of “Toil courts” already" in taken.text
    assert has(taken.text, '[value="toil COURTS"]')
    circle = send(ben, LAW, broader="toil-courts")
    assert circle.status_code == 422
    assert "be broader than itself" in circle.text


def test_a_retired_concept_is_offered_no_more(
    ben: TestClient, reader: TestClient, filed: dict[str, str]
) -> None:
    sent = form_of(ben.get(LAW).text, f"{LAW}/retire")
    assert ben.post(f"{LAW}/retire", data=sent | {"how": "kept"}).status_code == 303
    assert found(reader, topic="law") == {"On law"}
    assert "retired" in ben.get(LAW).text
    offered = ben.get(f"/staff/resources/{filed['wages']}/words").text
    name = html.escape("Law and rights")
    assert not has(offered, f'option[value="{name}"]')
    assert ben.post(f"{LAW}/retire", data=sent | {"how": "removed"}).status_code == 303
    assert found(reader, topic="law") == set()
    assert ben.post(f"{LAW}/retire", data=sent | {"how": "back"}).status_code == 303
    assert found(reader, topic="law") == {"On law"}
    assert ben.post(f"{LAW}/retire", data=sent | {"how": "x"}).status_code == 422


def test_two_people_at_once_lose_nothing(enter: Enter, ben: TestClient) -> None:
    ana = enter("ana")
    sent = form_of(ana.get(LAW).text, LAW)
    send(ben, LAW, **{"preferred.en": "Law and courts"})
    mine = f"{sent['hidden.en'][0]}\r\nbench"
    late = ana.post(LAW, data=sent | {"hidden.en": [mine]})
    assert late.status_code == 409
    assert "Somebody else changed this" in late.text
    assert "bench" in late.text
    again = ana.post(LAW, data=form_of(late.text, LAW))
    assert again.status_code == 303
    now = form_of(ana.get(LAW).text, LAW)
    assert now["preferred.en"] == ["Law and courts"]
    assert now["hidden.en"][0].endswith("bench")


def test_what_cannot_be_changed_says_so(ben: TestClient) -> None:
    assert "nothing can be changed here" in ben.get(f"{ROOM}/language").text
    assert "the region they belong to cannot" in ben.get(f"{ROOM}/place").text
    kenya = ben.get(f"{ROOM}/place/concepts/ke").text
    assert not has(kenya, '[name="broader"]')
    assert "/merge" not in kenya
    assert send(ben, f"{ROOM}/place/concepts/ke", **{"alternative.en": "Land of lions"}).status_code == 303  # fmt: skip  # noqa: E501
    for path in ("colour", "topic/concepts/none-such", "place/new", "language/concepts/en"):
        assert ben.get(f"{ROOM}/{path}").status_code == 404
    assert ben.get(f"{ROOM}/topic?words=wag&only=retired").status_code == 200
    assert "Swahili" in ben.get(f"{ROOM}/language?words=swahili").text


def test_another_language_can_be_written_in(ben: TestClient) -> None:
    address = f"{LAW}?language=sw"
    sent = form_of(ben.get(address).text, LAW)
    assert "sw" in sent["language"]
    assert ben.post(LAW, data=sent | {"preferred.sw": "Sheria"}).status_code == 303
    assert has(ben.get(LAW), '[value="Sheria"]')


def test_searches_in_vain_become_labels_topics_or_nothing(
    ben: TestClient, reader: TestClient, desk_shelf: Shelf, filed: dict[str, str]
) -> None:
    for words in (WORD, WORD, "xylophone", "gizmo"):
        desk_shelf.catalogue.record_unanswered("missed", words, "hi")
    desk_shelf.catalogue.record_unanswered("missed", "निर्णय घर", "en")
    page = ben.get(f"{ROOM}/searches").text
    of_script = one(page, 'form.sheet:has([name="words"][value="निर्णय घर"])')
    assert has(of_script, '[name="of"][value="en"]')
    assert has(of_script, '[value="hi"][selected]')
    words = missed(ben)
    assert words.index(WORD) < words.index("gizmo")
    assert "2 times" in page
    token = token_of(page)
    sent = {"form": token, "words": WORD, "of": "hi", "facet": "topic", "language": "hi"}
    wrong = ben.post(f"{ROOM}/searches", data=sent | {"concept": "nothing such"})
    assert wrong.status_code == 422
    done = ben.post(f"{ROOM}/searches", data=sent | {"concept": "Law and rights"})
    assert done.status_code == 303
    assert found(reader, q=WORD) == {"On law"}
    assert WORD not in missed(ben)
    undo_last(ben, desk_shelf)
    assert WORD in missed(ben)
    left = {"form": token, "words": "gizmo", "of": "hi", "do": "leave"}
    assert ben.post(f"{ROOM}/searches", data=left).status_code == 303
    assert "gizmo" not in missed(ben)
    assert "“gizmo”" in ben.get("/staff/history").text
    undo_last(ben, desk_shelf)
    assert "gizmo" in missed(ben)
    [link] = values(ben.get(f"{ROOM}/searches"), 'a[href*="label=xylophone"]', "href")
    assert has(ben.get(link), '[value="xylophone"]')


def test_vocabularies_go_out_and_come_in(ben: TestClient, reader: TestClient) -> None:
    page = ben.get(f"{ROOM}/exchange").text
    for form, start in (("turtle", "@prefix"), ("xml", "<?xml"), ("json-ld", "{")):
        out = ben.get(f"{ROOM}/exchange/use?format={form}")
        assert out.text.startswith(start)
        assert "attachment" in out.headers["content-disposition"]
    assert ben.get(f"{ROOM}/exchange/language").status_code == 404
    sent = {"form": token_of(page), "facet": "topic"}
    files = {"file": ("partner.ttl", HAND.encode(), "text/turtle")}
    seen = ben.post(f"{ROOM}/exchange", data=sent, files=files)
    assert "new (1): Tips" in seen.text
    assert ben.get(f"{ROOM}/topic/concepts/tips").status_code == 404
    again = form_of(seen.text, f"{ROOM}/exchange")
    assert ben.post(f"{ROOM}/exchange", data=again | {"sure": "1"}).status_code == 303
    assert "gratuities" in ben.get(f"{ROOM}/topic/concepts/tips").text
    assert "concepts imported from a file" in ben.get("/staff/history").text
    for name, content in (("a.ttl", b"no turtle"), ("a.json", b'{"@context": "http://x"}')):
        wrong = ben.post(f"{ROOM}/exchange", data=sent, files={"file": (name, content, "x/y")})
        assert wrong.status_code == 422
        assert "alert" in wrong.text
    assert ben.post(f"{ROOM}/exchange", data=sent).status_code == 422
    assert ben.post(f"{ROOM}/exchange", data=sent | {"held": "!!"}).status_code == 422


def test_a_request_sees_one_vocabulary_and_the_next_one_the_new(desk_site: Site) -> None:
    first = desk_site.now()
    assert first is desk_site
    assert first.vocabularies is desk_site.vocabularies
    with desk_site.catalogue.write() as writer:
        schemes.put(writer.conn, "topic", {"tips": {"preferred": {"en": "Tips"}}})
    second = desk_site.now()
    assert second.vocabularies.find("topic", "tips") == "tips"
    assert first.vocabularies.find("topic", "tips") == "wages"
    assert desk_site.now().vocabularies is second.vocabularies
    assert second.remembered is first.remembered


def test_the_addresses_in_files_for_partners_lead_to_readers_pages(
    ben: TestClient, reader: TestClient, filed: dict[str, str]
) -> None:
    assert reader.get("/vocabularies/topic").headers["location"] == "/browse/topic"
    for old in ("law", "rights"):
        there = reader.get(f"/vocabularies/topic/{old}")
        assert (there.status_code, there.headers["location"]) == (303, "/search?topic=law")
    for path in ("/vocabularies/colour", "/vocabularies/topic/xyz", "/vocabularies/colour/red"):
        assert reader.get(path).status_code == 404


WRONG_IN_SPANISH = {
    "a.ttl": (b"no turtle", "El archivo no es turtle que se pueda leer"),
    "a.json": (b'{"@context": "http://x"}', "El archivo pide un contexto"),
    "a.rdf": (b"<?xml version='1.0'?><a>", "El archivo no es XML bien formado"),
    "b.rdf": (b"<?xml version='1.0'?><!DOCTYPE a><a/>", "declara un tipo de documento"),
    "b.ttl": (b"@prefix a: <http://b/> . a:c a:d a:e .", "No hay conceptos en este archivo"),
    "c.ttl": (b"%PDF-1.7", "c.ttl no es RDF en UTF-8"),
    "d.ttl": (b" ", "d.ttl está vacío"),
}


@pytest.mark.parametrize("name", WRONG_IN_SPANISH)
def test_what_is_wrong_with_a_file_is_told_in_the_readers_language(
    ben: TestClient, name: str
) -> None:
    content, wanted = WRONG_IN_SPANISH[name]
    ben.cookies.set("language", "es")
    sent = {"form": token_of(ben.get(f"{ROOM}/exchange").text), "facet": "topic"}
    wrong = ben.post(f"{ROOM}/exchange", data=sent, files={"file": (name, content, "x/y")})
    assert wrong.status_code == 422
    assert has(wrong, 'html[lang="es"]')
    assert wanted in wrong.text
    for english in ("The file", "There are", "Export it", "Give a file", "is empty"):
        assert english not in wrong.text


def test_words_of_other_libraries_are_given_a_meaning_and_works_filed_so(
    ben: TestClient, desk_shelf: Shelf, filed: dict[str, str]
) -> None:
    room = f"{ROOM}/foreign"
    for topic in ("law", "migration"):
        resource = desk_shelf.catalogue.resource(filed[topic])
        assert resource
        with desk_shelf.catalogue.write() as writer:
            rows = [("subject", "bread & roses", "Bread & roses"), ("type", "zine", "Zine")]
            imports.keep(
                writer.conn,
                resource.editions[0].id,
                [f"url:https://x.example/{topic}"],
                system="ris",
                source="x.ris",
                raw={"KW": ["Bread & roses"]},
                unmatched=rows[: 2 if topic == "law" else 1],
            )
    page = ben.get(room)
    assert texts(page, ".list > li > p > b") == ["Bread & roses", "Zine"]
    sent = {"form": token_of(page.text), "field": "subject", "words": "Bread & roses"}
    assert ben.post(room, data=sent | {"facet": "topic", "concept": "no such"}).status_code == 422
    assert ben.post(room, data=sent | {"facet": "topic", "concept": "Wages"}).status_code == 303
    for topic in ("law", "migration"):
        resource = desk_shelf.catalogue.resource(filed[topic])
        assert resource and set(resource.filed("topic")) == {topic, "wages"}
    with desk_shelf.catalogue.read() as conn:
        assert terms.every(conn) == {("subject", "bread & roses"): ("topic:wages",)}
    sent = {"form": sent["form"], "field": "type", "words": "Zine", "do": "leave"}
    assert ben.post(room, data=sent).status_code == 303
    assert not has(ben.get(room), '[value="leave"]')
    assert "what a word of another library means" in ben.get("/staff/history").text
