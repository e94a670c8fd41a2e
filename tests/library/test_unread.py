"""A part of a file that is not read is said: to who brings it in, to staff, and to readers."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage
from pathlib import Path

from library.catalogue.statistics import review_queue
from library.cli.parts import Library
from library.core.resource import INCOMPLETE, Outcome
from tests.library.ingestion.bringing import LONG, bring_in, only


def letter() -> bytes:
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"], made["Subject"] = "Ana <a@market.example>", "The meeting of May"
    made["Date"] = "Sat, 04 May 2024 10:00:00 +0200"
    made.set_content(LONG)
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="minutes.pdf")
    return made.as_bytes()


def test_an_attachment_is_said_everywhere(library: Library, inbox: Path) -> None:
    (inbox / "letter.eml").write_bytes(letter())
    (inbox / "whole.md").write_text(f"# Our bins\n\n{LONG} And more of it.", "utf-8")
    ended = bring_in(library, inbox)
    assert ended["letter.eml"].outcome is Outcome.PARTIAL
    assert ended["letter.eml"].reason == "unread parts"
    assert "minutes.pdf" in ended["letter.eml"].said
    assert ended["whole.md"].outcome is Outcome.ADDED
    by_name = {
        work.editions[0].filename: work.editions[0]
        for id_ in library.catalogue.every()
        if (work := library.catalogue.resource(id_))
    }
    edition = by_name["letter.eml"]
    assert "minutes.pdf" in str(edition.unread[0])
    assert edition.text_quality <= INCOMPLETE
    assert by_name["whole.md"].unread == ()
    with library.catalogue.read() as conn:
        reasons = [
            one.reasons for one in review_queue.queue(conn) if isinstance(one, review_queue.Work)
        ]
    assert sum("unread parts" in one for one in reasons) == 1
    assert bring_in(library, inbox)["letter.eml"].outcome is Outcome.UNCHANGED


def test_what_is_read_again_keeps_the_word(library: Library, inbox: Path) -> None:
    (inbox / "letter.eml").write_bytes(letter())
    bring_in(library, inbox)
    edition = only(library).editions[0]
    with library.catalogue.write() as writer:
        writer.reread(edition.id, library.catalogue.pages(edition.id), ())
    again = only(library).editions[0]
    assert again.unread == edition.unread
    assert again.text_quality <= INCOMPLETE
