"""Messages within messages, and what is attached to them."""

# ruff: noqa: E501 - a file stands on a line of its own

from __future__ import annotations

import base64

from tests.kinds.case import Case

HEAD = "From: Ana <a@port.example>\r\nTo: all@port.example\r\nSubject: {}\r\nMIME-Version: 1.0\r\nDate: Thu, 1 May 2014 10:00:00 +0000\r\n"


def message(subject: str, kind: str, body: str) -> str:
    return f"{HEAD.format(subject)}Content-Type: {kind}\r\n\r\n{body}"


def parts(*bodies: str, kind: str = "mixed", boundary: str = "XX") -> tuple[str, str]:
    joined = "".join(f"--{boundary}\r\n{body}\r\n" for body in bodies)
    return f'multipart/{kind}; boundary="{boundary}"', f"{joined}--{boundary}--\r\n"


def plain(text: str, more: str = "") -> str:
    return f"Content-Type: text/plain; charset=utf-8\r\n{more}\r\n{text}"


def case(
    subject: str, kind: str, body: str, *there: str, gone: tuple[str, ...] = (), **more: object
) -> Case:
    return Case("a.eml", message(subject, kind, body).encode(), there, gone, **more)  # type: ignore[arg-type]


INNER = message("The second letter", "text/plain", "Words of the second letter.")
INNERMOST = message(
    "Third",
    *parts(
        plain("Between."),
        "Content-Type: message/rfc822\r\n\r\n"
        + message("Fourth", "text/plain", "Words of the fourth."),
        boundary="YY",
    ),
)
KINDS: dict[str, tuple[Case, ...]] = {
    "messages in messages": (
        case(
            "First",
            *parts(plain("See below."), f"Content-Type: message/rfc822\r\n\r\n{INNER}"),
            "See below.",
            "Words of the second letter.",
            said=(),
        ),
        case(
            "First",
            *parts(plain("See below."), f"Content-Type: message/rfc822\r\n\r\n{INNERMOST}"),
            "See below.",
            "Between.",
            "Words of the fourth.",
        ),
        case(
            "First",
            *parts(
                plain("Digest."),
                'Content-Type: multipart/digest; boundary="ZZ"\r\n\r\n--ZZ\r\n\r\n'
                + INNER
                + "\r\n--ZZ--\r\n",
            ),
            "Digest.",
            "Words of the second letter.",
        ),
    ),
    "forms of a message": (
        case(
            "Vote",
            *parts(
                plain("Vote on Thursday."),
                "Content-Type: text/html\r\n\r\n<p>Vote on <b>Thursday</b>.</p>",
                kind="alternative",
            ),
            "Vote on Thursday.",
        ),
        case(
            "=?iso-8859-1?Q?D=EDa_del_trabajo?=",
            "text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable",
            "Reuni=F3n a las nueve en la calle de los pana=\r\nderos.",
            "Día del trabajo",
            "Reunión a las nueve en la calle de los panaderos.",
        ),
        case(
            "Coded",
            "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64",
            base64.b64encode("Рабочие собрания".encode()).decode(),
            "Рабочие собрания",
        ),
        case(
            "Hidden",
            "text/html",
            "<div style='display:none'>preheader words</div><p>Body of it.</p>",
            "Body of it.",
            gone=("preheader words",),
        ),
        case(
            "Flowed",
            "text/plain; charset=utf-8; format=flowed",
            "The market women of the port \r\nhave met each Thursday.\r\n",
            "The market women of the port have met each Thursday.",
        ),
        case(
            "Old",
            "text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: base64",
            base64.b64encode("Рабочие собрания".encode("koi8-r")).decode(),
            "Рабочие собрания",
        ),
    ),
    "attached to a message": (
        case(
            "Text",
            *parts(
                plain("See it."),
                plain("Words attached.", 'Content-Disposition: attachment; filename="a.txt"\r\n'),
            ),
            "See it.",
            "Words attached.",
        ),
        case(
            "Sheet",
            *parts(
                plain("See it."),
                "Content-Type: application/octet-stream\r\nContent-Disposition: "
                'attachment; filename="pay.xlsx"\r\n\r\nPK rubbish',
            ),
            "See it.",
            said=("unread files",),
        ),
        case(
            "Call",
            *parts(
                plain("See it."),
                "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nSUMMARY:Meeting of "
                "bakers\r\nEND:VCALENDAR",
            ),
            "See it.",
        ),
    ),
}
