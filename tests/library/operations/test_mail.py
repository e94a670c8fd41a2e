"""Letters reach a server, and say nothing of their readers where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.core.settings import Settings
from library.operations import mail
from library.operations.mail import NotSent
from tests.library.operations.mailboxes import mailboxes

BASE = "https://library.example"


def settings(address: str) -> Settings:
    return Settings(
        home=Path("unused"), base_url=BASE, smtp=address, mail_from="letters@union.example"
    )


def test_a_letter_arrives_whole() -> None:
    with mailboxes() as kept:
        ours = settings(kept.address)
        text = "Señales\n.\n" + "ا" * 2_000 + "\n"
        made = mail.letter(
            ours, "Library, \nof us", "amina@mail.example", "Two\nlines, مكتبة", text,
            language="ar", end=f"{BASE}/alerts/x/end",
        )  # fmt: skip
        mail.send(ours, made)
    [read] = kept.letters
    assert read.get_content().replace("\r\n", "\n") == text
    assert read["Subject"] == "Two lines, مكتبة"
    assert read["From"].addresses[0].display_name == "Library, of us"
    assert read["From"].addresses[0].addr_spec == "letters@union.example"
    assert read["List-Unsubscribe"] == f"<{BASE}/alerts/x/end>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Auto-Submitted"] == "auto-generated" and read["Date"] and read["Message-ID"]


@pytest.mark.parametrize(("answer", "for_good"), [("550 no such user", True), ("451 later", False)])
def test_what_a_server_refuses_names_nobody(answer: str, for_good: bool) -> None:
    with mailboxes() as kept:
        kept.answer = answer
        ours = settings(kept.address)
        made = mail.letter(ours, "Us", "amina@mail.example", "S", "T", language="en", end=BASE)
        with pytest.raises(NotSent) as refused:
            mail.send(ours, made)
    assert refused.value.for_good is for_good
    assert "amina" not in str(refused.value)


def test_nothing_is_said_openly_to_another_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    with mailboxes() as kept:
        monkeypatch.setattr(mail, "_is_here", lambda host: False)  # and it offers no TLS
        ours = settings(kept.address.replace("//", "//user:secret@"))
        made = mail.letter(ours, "Us", "amina@mail.example", "S", "T", language="en", end=BASE)
        with pytest.raises(NotSent):
            mail.send(ours, made)
    assert kept.letters == []


def test_a_server_that_is_not_there() -> None:
    ours = settings("smtp://127.0.0.1:1")
    made = mail.letter(ours, "Us", "a@mail.example", "S", "T", language="en", end=BASE)
    with pytest.raises(NotSent) as refused:
        mail.send(ours, made)
    assert not refused.value.for_good
