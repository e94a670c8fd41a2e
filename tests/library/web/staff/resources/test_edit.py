"""Putting right: what was guessed is shown with its evidence; staff's word is kept beside it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from library.catalogue.changes import history
from library.core.resource import Evidence, Resource, Statement
from library.metadata import decide
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import Enter, token_of, undos_of
from tests.markup import Source, has, one, sent_of, texts, values

Sent = dict[str, list[str]]


@pytest.fixture
def guessed(desk_shelf: Shelf) -> str:
    """A resource of which things were guessed; the address of its form."""
    [id_] = desk_shelf.catalogue.every()
    resource = held(desk_shelf, id_)
    topic = desk_shelf.vocabularies.order("topic")[0]
    evidence = (Evidence(1, "strike fund is built"),)
    with desk_shelf.catalogue.write() as writer:
        writer.guess_again(
            resource.edition("en").id,
            [
                Statement("title", "A fund of our own", "guess", evidence, 0.6),
                Statement("date", "2019", "guess", evidence, 0.7),
                Statement("summary", "Line one\nline two.", "guess", evidence, 0.8),
                Statement("topic", (topic,), "guess", evidence, 0.8),
                Statement("language", "en", "guess", evidence, 0.9),
                Statement("authors", ("A. One", "B. Two"), "guess", evidence, 0.9),
            ],
            decide,
        )
        writer.guess_again(
            resource.edition("es").id, [Statement("language", "es", "guess", (), 0.9)], decide
        )
    return f"/staff/resources/{id_}/words"


def held(shelf: Shelf, id_: str = "") -> Resource:
    found = shelf.catalogue.resource(id_ or shelf.catalogue.every()[0], public=False)
    assert found is not None
    return found


def form_of(page: Source) -> Sent:
    """What a browser would send of the form, untouched."""
    return sent_of(one(page, "form.words"))


def test_each_field_shows_what_was_guessed_and_why(ben: TestClient, guessed: str) -> None:
    page = ben.get(guessed).text
    assert "guessed · 60 %" in page
    assert "p. 1: strike fund is built" in page
    [link] = set(values(page, '[class="evidence"]', "href"))
    assert texts(ben.get(link), "mark") == ["strike fund is built"]
    assert ben.get(link.replace("/1?", "/9?")).status_code == 404


def test_a_form_sent_as_it_is_changes_nothing(
    ben: TestClient, guessed: str, desk_shelf: Shelf
) -> None:
    before = held(desk_shelf)
    for _ in range(2):
        answer = ben.post(guessed, data=form_of(ben.get(guessed).text))
        assert answer.status_code == 303, answer.text
    assert held(desk_shelf).editions == before.editions
    with desk_shelf.catalogue.read() as conn:
        assert history.last(conn, before.id) == 0


def test_what_is_written_is_kept_and_found(
    ben: TestClient, guessed: str, desk_shelf: Shelf, nobody: TestClient
) -> None:
    edition = held(desk_shelf).edition("en").id
    known = desk_shelf.vocabularies
    topics = known.order("topic")
    sent = form_of(ben.get(guessed).text)
    sent[f"{edition}.title"] = ["Our own  strike fund"]
    sent[f"{edition}.date"] = [""]
    sent[f"{edition}.authors"] = ["A. One\r\n\r\nC. Three"]
    sent[f"{edition}.summary.ours"] = ["1"]
    sent["work.topic"] = []
    sent["work.topic.add"] = [f"{known.label('topic', topics[3], 'en')}; {topics[4]}"]
    sent["work.kind"] = [known.order("kind")[0]]
    assert ben.post(guessed, data=sent).status_code == 303
    now = held(desk_shelf)
    mine = now.edition("en")
    assert (mine.title, mine.date, mine.authors) == (
        "Our own strike fund",
        None,
        ("A. One", "C. Three"),
    )
    assert (now.filed("topic"), now.kind) == ((topics[3], topics[4]), known.order("kind")[0])
    assert now.slug == "our-own-strike-fund"
    assert nobody.get("/resources/a-fund-of-our-own").status_code == 308
    found = nobody.get(f"/api/search?topic={topics[4]}&q=title:own").json()
    assert [hit["title"] for hit in found["hits"]] == ["Our own strike fund"]
    page = ben.get(guessed).text
    assert has(page, f'[name="{edition}.date.ours"][value="1"][checked]')  # refused, and stays so
    assert has(page, f'[name="{edition}.rights.ours"][value="1"]')
    sent = form_of(page)
    del sent[f"{edition}.date.ours"]  # let the guess count again
    ben.post(guessed, data=sent)
    assert str(held(desk_shelf).edition("en").date) == "2019"


def test_nobody_s_work_is_lost(enter: Enter, guessed: str, desk_shelf: Shelf) -> None:
    ana, ben = enter("ana"), enter("ben")
    edition = held(desk_shelf).edition("en").id
    hers, his = form_of(ana.get(guessed).text), form_of(ben.get(guessed).text)
    hers[f"{edition}.title"] = ["Her title"]
    his[f"{edition}.rights"] = ["His rights"]
    assert ana.post(guessed, data=hers).status_code == 303
    late = ben.post(guessed, data=his)
    assert late.status_code == 409
    assert "Her title" in late.text
    assert "Somebody else changed this meanwhile" in late.text
    again = form_of(late.text)
    assert again[f"{edition}.rights"] == ["His rights"]
    assert again[f"{edition}.title"] == ["Her title"]  # he had not touched it
    assert ben.post(guessed, data=again).status_code == 303
    now = held(desk_shelf).edition("en")
    assert (now.title, now.rights) == ("Her title", "His rights")


def test_both_versions_of_what_two_people_wrote(
    enter: Enter, guessed: str, desk_shelf: Shelf
) -> None:
    ana, ben = enter("ana"), enter("ben")
    edition = held(desk_shelf).edition("en").id
    hers, his = form_of(ana.get(guessed).text), form_of(ben.get(guessed).text)
    hers[f"{edition}.title"], his[f"{edition}.title"] = ["Her title"], ["His title"]
    hers[f"{edition}.rights"] = ["Her rights"]
    ana.post(guessed, data=hers)
    late = ben.post(guessed, data=his)
    assert late.status_code == 409
    assert [text.split("\n")[0] for text in texts(late.text, ".theirs span")] == ["Her title"]
    again = form_of(late.text)
    assert again[f"{edition}.title"] == ["His title"]
    taken = ben.post(guessed, data={**again, "take": f"theirs:{edition}.title"})
    assert form_of(taken.text)[f"{edition}.title"] == ["Her title"]
    assert ben.post(guessed, data=again).status_code == 303  # or his, after all
    assert held(desk_shelf).edition("en").title == "His title"
    assert held(desk_shelf).edition("en").rights == "Her rights"


def test_a_form_that_is_sent_twice_is_saved_once(
    ben: TestClient, guessed: str, desk_shelf: Shelf
) -> None:
    edition = held(desk_shelf).edition("en").id
    sent = form_of(ben.get(guessed).text)
    sent[f"{edition}.title"] = ["Pressed twice"]
    first, second = (ben.post(guessed, data=sent) for _ in range(2))
    assert first.headers["location"] == second.headers["location"] == f"{guessed}?done=saved"
    resource = held(desk_shelf)
    with desk_shelf.catalogue.read() as conn:
        assert len(history.entries(conn, 9, subjects=[resource.id])) == 1
    place = guessed.removesuffix("/words")
    stands = sent_of(one(ben.get(place).text, "form.sheet"))
    data = {**stands, "status": "withdrawn", "reason": "A slip."}
    assert [ben.post(f"{place}/standing", data=data).status_code for _ in range(2)] == [303, 303]


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("EN.title", " ", "A title cannot be empty."),
        ("EN.date", "soon", "“soon” is not a date"),
        ("EN.language", "es", "cannot be in one language"),
        ("EN.source_url", "javascript:alert(1)", "is not known under “Source”"),
        ("work.topic.add", "no such thing", "“no such thing” is not known under “Topic”"),
    ],
)
def test_what_makes_no_sense_is_shown_again_with_all_that_was_written(
    ben: TestClient, guessed: str, desk_shelf: Shelf, field: str, written: str, said: str
) -> None:
    edition = held(desk_shelf).edition("en").id
    sent = form_of(ben.get(guessed).text)
    sent[f"{edition}.rights"] = ["Kept in the form"]
    sent[field.replace("EN", edition)] = [written]
    answer = ben.post(guessed, data=sent)
    assert answer.status_code == 422
    assert said in answer.text
    again = form_of(answer.text)
    assert again[f"{edition}.rights"] == ["Kept in the form"]
    assert held(desk_shelf).edition("en").rights == ""


def test_a_change_of_words_can_be_undone(ben: TestClient, guessed: str, desk_shelf: Shelf) -> None:
    edition = held(desk_shelf).edition("en").id
    sent = form_of(ben.get(guessed).text)
    sent[f"{edition}.title"] = ["A slip"]
    ben.post(guessed, data=sent)
    page = ben.get("/staff/history").text
    assert "A slip" in page
    [undo] = undos_of(page)
    assert ben.post(undo, data={"form": token_of(page)}).status_code == 303
    assert held(desk_shelf).edition("en").title == "A fund of our own"


def test_a_draft_s_pages_are_read_at_the_desk_alone(
    ben: TestClient, nobody: TestClient, desk_shelf: Shelf
) -> None:
    every = desk_shelf.catalogue.every(public=False)
    [draft] = [one for one in every if one not in desk_shelf.catalogue.every()]
    resource = held(desk_shelf, draft)
    sheet = f"/staff/resources/{draft}/{resource.editions[0].id}/1"
    assert "Zanzibar" in ben.get(sheet).text
    assert nobody.get(sheet).status_code == 303


def test_a_session_s_length_is_put_right_and_its_time_follows(
    ben: TestClient, guessed: str, desk_shelf: Shelf
) -> None:
    resource = held(desk_shelf)
    evidence = (Evidence(1, "45 minutes"),)
    with desk_shelf.catalogue.write() as writer:
        writer.guess_again(
            resource.edition("en").id,
            [
                Statement("duration", "PT45M", "guess", evidence, 0.8),
                Statement("time", ("an-hour",), "guess", evidence, 0.8),
                Statement("needs", ("flipchart",), "guess", (Evidence(1, "a flipchart"),), 0.2),
            ],
            decide,
        )
    page = ben.get(guessed).text
    assert "p. 1: 45 minutes" in page
    assert "p. 1: a flipchart" in page  # staff see what is too unsure for readers
    assert held(desk_shelf).filed("needs") == ()
    form = form_of(page)
    assert form["work.duration"] == ["45"]
    assert ben.post(guessed, data=form).status_code == 303
    assert "duration" not in str(history_of(desk_shelf))
    form["work.duration"] = ["1:30"]
    assert ben.post(guessed, data=form_of(ben.get(guessed).text) | form).status_code == 303
    assert held(desk_shelf).duration == "PT1H30M"
    assert held(desk_shelf).filed("time") == ("half-a-day",)
    form = form_of(ben.get(guessed).text)
    assert form["work.duration"] == ["1:30"]
    form["work.duration"] = ["a while"]
    assert ben.post(guessed, data=form).status_code == 422


def history_of(shelf: Shelf) -> list[history.Change]:
    with shelf.catalogue.read() as conn:
        return list(history.entries(conn, 20))
