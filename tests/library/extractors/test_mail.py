"""Messages and saved pages: their text is read, and what is attached is named."""

from __future__ import annotations

import email.policy
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.core.errors import InputError, Unsupported
from library.extractors import mail
from tests.library.extractors.reading import read, shapes


def message(**headers: str) -> EmailMessage:
    made = EmailMessage(policy=email.policy.SMTP)
    for name, value in {
        "From": "Ana Díaz <ana@market.example>",
        "To": "b@market.example",
        "Subject": "Reunión del sábado",
        "Date": "Sat, 04 May 2024 10:00:00 +0200",
        **headers,
    }.items():
        made[name] = value
    return made


def test_a_message_with_its_subject_and_its_writer() -> None:
    made = message()
    made.set_content("Compañeras,\n\nnos vemos en el mercado.\n")
    said, [page] = read(mail.read, made.as_bytes())
    assert shapes(page)[:2] == [
        ("heading", "Reunión del sábado"),
        ("paragraph", "Ana Díaz · 2024-05-04"),
    ]
    assert "nos vemos en el mercado" in page.text
    assert "ana@market.example" not in page.text
    assert said.fields == {
        "title": "Reunión del sábado",
        "author": "Ana Díaz",
        "date": "2024-05-04",
    }
    assert said.unread == ()


def test_a_page_is_read_rather_than_its_plain_text_and_attachments_are_named() -> None:
    made = message()
    made.set_content("plain heron")
    made.add_alternative("<h1>Agenda</h1><p>First the <b>kingfisher</b>.</p>", subtype="html")
    made.add_attachment(
        b"%PDF-1.4", maintype="application", subtype="pdf", filename="acta mayo.pdf"
    )
    inner = message(Subject="An older letter")
    inner.set_content("inside")
    made.add_attachment(inner)
    said, [page, letter] = read(mail.read, made.as_bytes())
    assert "First the kingfisher." in page.text and "heron" not in page.text
    [line] = said.unread
    assert line.values["number"] == 1 and "acta mayo.pdf" in str(line)
    assert letter.text.startswith("An older letter") and "inside" in letter.text


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_saved_page(encoding: str) -> None:
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"] = "<Saved by Blink>"
    made["Snapshot-Content-Location"] = "https://market.example/rules"
    made["Subject"] = "=?utf-8?Q?Reglas?="
    page = "<html lang=es><head><title>Reglas del mercado</title></head><body><h1>Reglas</h1>"
    page += "<p>Las señoras = todas, sin excepción alguna, en el mercado.</p></body></html>"
    made.set_content(page, subtype="html", cte=encoding)
    made.make_related()
    made.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<one@x>")
    said, [found] = read(mail.read, made.as_bytes())
    assert shapes(found) == [
        ("heading", "Reglas"),
        ("paragraph", "Las señoras = todas, sin excepción alguna, en el mercado."),
    ]
    assert said.fields["title"] == "Reglas del mercado"
    assert said.fields["url"] == "https://market.example/rules"
    assert said.unread == ()


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    with suppress(InputError):
        list(read(mail.read, b"From: a@b\nSubject: x\n" + data))


def test_parts_within_parts_without_end_are_refused_or_read() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    )
    with suppress(InputError):
        list(read(mail.read, b"From: a@b\nSubject: x\n" + deep))


def mixed(*parts: EmailMessage, kind: str = "mixed") -> EmailMessage:
    made = message()
    del made["Content-Type"]
    made["Content-Type"] = f"multipart/{kind}; boundary={kind}"
    made.set_payload(list(parts))
    return made


def part(words: str, subtype: str = "plain", **headers: str) -> EmailMessage:
    made = EmailMessage(policy=email.policy.SMTP)
    made.set_content(words, subtype=subtype)
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    return made


@pytest.mark.parametrize(
    ("parts", "kind", "words"),
    [
        ((part("One."), part("Two."), part("Three.")), "mixed", ["One.", "Two.", "Three."]),
        ((part("<p>One.</p>", "html"), part("Of the list.")), "mixed", ["One.", "Of the list."]),
        ((part("One."), part("<p>Two.</p>", "html")), "alternative", ["Two."]),
        (
            (
                mixed(part("Plain."), part("<p>Page.</p>", "html"), kind="alternative"),
                part("Foot."),
            ),
            "mixed",
            ["Page.", "Foot."],
        ),
        ((part("<p>Root.</p>", "html"), part("<p>Advert.</p>", "html")), "related", ["Root."]),
        (
            (part("<frameset><frame src=a></frameset>", "html"), part("<p>Framed.</p>", "html")),
            "related",
            ["Framed."],
        ),
    ],
)
def test_all_that_a_mail_program_shows_is_read(
    parts: tuple[EmailMessage, ...], kind: str, words: list[str]
) -> None:
    said, [page] = read(mail.read, mixed(*parts, kind=kind).as_bytes())
    assert page.text.split("\n\n")[2:] == words
    assert said.unread == ()


def test_a_mailbox_of_several_messages_is_refused_with_what_to_do() -> None:
    parts = b"From ana@market.example Sat May  4 10:00:00 2024\n"
    one = parts + message().as_bytes().replace(b"\r\n", b"\n") + b"We meet at ten.\n\n"
    with pytest.raises(Unsupported, match="mailbox") as caught:
        read(mail.read, one * 3)
    assert "EML" in caught.value.remedy
    _, [page] = read(mail.read, one)  # one alone is a message
    assert "We meet at ten." in page.text
    told = message()
    told.set_content("Before.\n\nFrom here to Sat May 4 10:00 2024 we wait.\n\nFrom a@b it came.")
    _, [page] = read(mail.read, told.as_bytes())
    assert "we wait" in page.text


def test_a_signature_is_no_file_that_was_not_read() -> None:
    letter = (
        b"From: Ana <a@market.example>\r\nSubject: Minutes\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/signed; boundary="S"\r\n\r\n--S\r\nContent-Type: text/plain\r\n'
        b"\r\nWe met.\r\n--S\r\nContent-Type: application/pgp-signature; name=signature.asc\r\n\r\n"
        b"-----BEGIN PGP SIGNATURE-----\r\n--S--\r\n"
    )
    said, [page] = read(mail.read, letter)
    assert not said.unread
    assert "We met." in page.text


ODD = (
    "From: a@port.example\nSubject: Assembly\nMIME-Version: 1.0\n"
    'Content-Type: multipart/alternative; boundary="XX"\n\n{}--XX\nContent-Type: {}\n\n{}\n--XX--\n'
)
APPOINTMENT = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Hall\nEND:VEVENT\nEND:VCALENDAR"
BESIDE = "--XX\nContent-Type: text/plain\n\nCome to the hall.\n\n"


@pytest.mark.parametrize(
    ("beside", "kind", "body", "lost"),
    [
        (BESIDE, 'text/calendar; name="a.ics"', APPOINTMENT, 0),
        (BESIDE, 'text/csv; name="rates.csv"', "Baker,9\nCook,8", 1),
        ("", "text/calendar", APPOINTMENT, 1),
        ("", "text/csv", "Baker,9\nCook,8", 1),
    ],
)
def test_what_says_more_than_the_text_or_stands_for_it_is_told_of(
    beside: str, kind: str, body: str, lost: int
) -> None:
    said, pages = read(mail.read, ODD.format(beside, kind, body).encode())
    assert ("Come to the hall." in pages[0].text) == bool(beside)
    assert (len(pages) > 1) + len(said.unread) == lost


@pytest.mark.parametrize("ends", ["\n", "\n\n"])
def test_a_paragraph_of_many_broken_lines_takes_no_time(ends: str) -> None:
    raw = f"Subject: Long\nContent-Type: text/plain; format=flowed\n\n{f'abc {ends}' * 100_000}"
    _, pages = read(mail.read, raw.encode())
    assert sum(page.text.count("abc") for page in pages) == 100_000
