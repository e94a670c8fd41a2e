"""Being told by e-mail: asked for, confirmed by a letter, once a day at most, ended at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from library.catalogue.accounts import alerts
from library.catalogue.resources import status
from library.catalogue.storage import schema
from library.core.resource import Standing, Status
from library.core.settings import Settings
from library.ingestion.pipeline import Ingest
from library.operations import mail
from library.operations.worker import Worker
from library.web.alerts.rounds import Rounds
from library.web.app import app_of
from library.web.limits import DAILY
from tests.library.operations.mailboxes import Mailboxes, mailboxes
from tests.library.web.conftest import Shelf
from tests.markup import has, one, text, values

BASE = "https://library.example"
READER = "amina@mail.example"
LINK = re.compile(rf"^{BASE}(/alerts/\S+)$", re.MULTILINE)


@dataclass
class Post:
    """A library that writes letters, its site, and the server they go to."""

    shelf: Shelf
    client: TestClient
    kept: Mailboxes
    rounds: Rounds
    later: timedelta = timedelta()

    def work(self, later: timedelta = timedelta()) -> list[EmailMessage]:
        """What a worker writes when so much time has passed."""
        self.later += later
        self.kept.letters.clear()
        for _ in range(9):
            self.rounds.times.look = 0.0
            self.rounds.once()
        return list(self.kept.letters)

    def ask(self, question: str = "", address: str = READER, language: str = "en") -> str:
        body = urlencode({"address": address, "question": question})
        sent = self.client.post("/alerts/new", content=body, headers={"Accept-Language": language})
        assert sent.status_code == 303, sent.text
        return str(sent.headers["location"])

    def addresses(self) -> list[str]:
        with self.shelf.catalogue.read() as conn:
            return list(conn.scalars(select(schema.alerts.c.address)))


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with mailboxes() as kept:
        settings = Settings(
            home=tmp_path, base_url=BASE, smtp=kept.address, mail_from="letters@union.example"
        )
        shelf = Shelf(settings)
        shelf.add("An old fund", ["Strike funds are old."], topic=("organising",))
        shelf.index()
        site = shelf.site()
        made = Post(
            shelf,
            TestClient(app_of(site), base_url=BASE, follow_redirects=False),
            kept,
            Rounds(settings, shelf.catalogue, shelf.engine, shelf.vocabularies),
        )
        made.rounds = replace(made.rounds, now=lambda: datetime.now(UTC) + made.later)
        yield made
        site.close()


def test_from_the_form_to_the_end(post: Post) -> None:
    page = post.client.get("/search?q=fund&topic=organising&sort=newest&page=2")
    [way] = [one for one in values(page, "a", "href") if one.startswith("/alerts/new")]
    form = post.client.get(way)
    [question] = values(form, 'input[name="question"]', "value")
    assert question == "q=fund&topic=organising"
    assert "Organising" in text(one(form, "main"))
    there = post.ask(question)
    assert "letter is on its way" in post.client.get(there).text

    [asking] = post.work()
    assert asking["To"] == READER
    [link] = LINK.findall(asking.get_content().replace("\r\n", "\n"))
    post.shelf.add("A fund of the docks", ["A fund."], topic=("organising",))
    assert post.work(timedelta(days=1)) == []  # nobody has confirmed, and it is asked once

    page = post.client.get(link)
    assert has(page, f'form[method="post"][action="{link}"]')
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert post.client.get(link).text == page.text  # to look changes nothing
    assert post.client.post(link, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert post.client.post(link).status_code == 303
    post.later = timedelta()
    assert post.work(timedelta(hours=23)) == []

    fresh = post.shelf.add("A fund of cooks", ["Our fund."], topic=("organising",))
    post.shelf.add("A draft of a fund", ["Our fund."], topic=("organising",), status=Status.DRAFT)
    post.shelf.add("Nothing of that", ["Wages."], topic=("organising",))
    post.shelf.add("A fund elsewhere", ["A fund."], topic=("law",))
    post.shelf.index()
    [news] = post.work(timedelta(hours=1, minutes=1))
    said = news.get_content().replace("\r\n", "\n")
    assert "A fund of cooks" in said and "/resources/a-fund-of-cooks" in said
    for other in ("An old fund", "draft", "Nothing of that", "elsewhere"):
        assert other not in said
    assert news["Subject"].startswith("1 new resource: fund · Organising")
    assert post.work(timedelta(hours=23)) == []

    with post.shelf.catalogue.write() as writer:  # withdrawn, and out again: it is new again
        status.put(writer, fresh, Standing(Status.WITHDRAWN, reason="Names."), by="ana")
    assert post.work(timedelta(days=2)) == []

    [end] = re.findall(r"<https://library\.example(/\S+)>", news["List-Unsubscribe"])
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert LINK.findall(said) == [end]
    assert has(post.client.get(end), f'form[method="post"][action="{end}"]')
    elsewhere = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    pressed = post.client.post(end, content="List-Unsubscribe=One-Click", headers=elsewhere)
    assert pressed.status_code == 200 and "forgotten" in pressed.text
    assert post.addresses() == []
    assert post.client.get(end).status_code == 404
    assert post.client.post(end).status_code == 200


def test_in_the_language_it_was_asked_in(post: Post) -> None:
    languages = ["en", "es", "fr", "pt", "ar", "hi"]
    for language in languages:
        asked = {"Accept-Language": language}
        form = post.client.get("/alerts/new?topic=organising", headers=asked)
        assert has(form, f'html[lang="{language}"]')
        post.ask("topic=organising", f"{language}@mail.example", language)
    letters = post.work()
    assert [letter["Content-Language"] for letter in letters] == languages
    for letter in letters:
        [link] = LINK.findall(letter.get_content().replace("\r\n", "\n"))
        assert post.client.post(link).status_code == 303
    post.shelf.add("A fund of cooks", ["Our fund."], topic=("organising",))
    post.shelf.index()
    news = post.work(timedelta(days=1, minutes=1))
    assert [letter["Content-Language"] for letter in news] == languages
    for language, letter in zip(languages, news, strict=True):
        assert letter["To"] == f"{language}@mail.example"
        assert post.shelf.vocabularies.label("topic", "organising", language) in letter["Subject"]
        assert "A fund of cooks" in letter.get_content()
        assert ("To get no more" in letter.get_content()) is (language == "en")


def test_who_does_not_confirm_is_forgotten(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = post.shelf
    post.ask()
    assert len(post.work()) == 1
    worker = Worker(Ingest(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies))
    worker._sweep()
    assert post.addresses() == [READER]
    monkeypatch.setattr(alerts, "UNCONFIRMED", timedelta())
    worker._sweep()
    assert post.addresses() == []


def test_no_such_mailbox_is_kept(post: Post) -> None:
    post.ask()
    post.kept.answer = "550 no such user"
    post.work()
    assert post.addresses() == []
    post.ask()
    post.kept.answer = "451 come later"
    assert post.work() == []
    post.kept.answer = ""
    assert len(post.work(timedelta(minutes=11))) == 1


def test_nobody_hears_whether_an_address_is_known(post: Post) -> None:
    answers = {post.ask("q=fund") for _ in range(3)} | {post.ask("q=fund", "b@mail.example")}
    assert len(answers) == 1
    assert len(post.addresses()) == 2


@pytest.mark.parametrize(
    "address", ["", "amina", "a@b", "a@b.example\nBcc: c@d.example", "a b@c.example",
                "a@b.example, c@d.example", "<a@b.example>", "ä@b.example", "a" * 65 + "@b.example"]
)  # fmt: skip
def test_what_is_no_address_is_said(post: Post, address: str) -> None:
    body = urlencode({"address": address, "question": "q=fund"})
    answer = post.client.post("/alerts/new", content=body)
    assert answer.status_code == 422
    assert has(answer, '[aria-invalid="true"]')
    assert values(answer, 'input[name="question"]', "value") == ["q=fund"]
    assert post.addresses() == []


def test_one_client_has_few_letters_sent(post: Post) -> None:
    client = TestClient(post.client.app, client=("203.0.113.9", 5), follow_redirects=False)
    codes = [
        client.post("/alerts/new", content=f"address=a{n}%40mail.example").status_code
        for n in range(DAILY + 5)
    ]
    assert codes.count(429) >= 5 and codes[0] == 303
    token = "x" * 20
    assert client.post(f"/alerts/{token}/end").status_code == 200  # programs of mail come often


def test_a_library_without_a_server_asks_for_no_address(post: Post, tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path / "other"))
    shelf.index()
    site = shelf.site()
    client = TestClient(app_of(site))
    assert client.get("/alerts/new?q=fund").status_code == 404
    assert client.post("/alerts/new", content="address=a%40b.example").status_code == 404
    assert "/alerts/" not in client.get("/search").text + client.get("/about/following").text
    assert "/alerts/new" in post.client.get("/about/following").text
    site.close()


def test_letters_are_given_by_the_worker(post: Post) -> None:
    from library.cli.parts import Library
    from library.cli.serve import letters

    post.ask()
    shelf = post.shelf
    once = letters(Library(shelf.settings, shelf.catalogue, shelf.vocabularies, shelf.engine))
    assert once() and not once()
    assert len(post.kept.letters) == 1
    assert mail.send is post.rounds.send
