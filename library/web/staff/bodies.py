"""What may be sent to an address of the desk, and how it is read: one value for each way.

Each knows how large it may be, and says whether the token that came with it is the session's own.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from library.core.resource import Stored
from library.store.holdings import holdings_of
from library.web.staff import form_files
from library.web.staff.desk import FORM, Desk

PART = "application/partial-upload"  # a piece of a file, as a script sends it
HEADER = "form-token"  # what holds the token where no form is sent
PATIENCE = 180.0  # seconds that one piece may take to come
LARGEST_FORM = 1 << 20  # bytes; summaries and notes, never files
MOST_FIELDS = 2000
Keeper = Callable[[Desk, str, Stored, form_files.Fields], None]


class Body(Protocol):
    """A way of sending."""

    @property
    def largest(self) -> int:
        """Bytes of a request."""

    async def read(self, desk: Desk) -> tuple[Desk, bool]:
        """What was sent, and whether its token is the session's own. Raises HTTPException."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form without files."""

    largest: int = LARGEST_FORM

    async def read(self, desk: Desk) -> tuple[Desk, bool]:
        return await _form(desk, files=0)


@dataclass(frozen=True, slots=True)
class FormWithFile:
    """A form with one small file, to be looked at and kept nowhere."""

    largest: int

    async def read(self, desk: Desk) -> tuple[Desk, bool]:
        if desk.session is None:  # a stranger's file is not even taken
            return desk, False
        return await _form(desk, files=1)


@dataclass(frozen=True, slots=True)
class Files:
    """A form with files to keep, of which nothing is stored unless the form is ours.

    keeper: notes each of them when it is safe on the disk.
    """

    keeper: Keeper
    largest: int

    async def read(self, desk: Desk) -> tuple[Desk, bool]:
        if not _kind(desk).startswith("multipart/form-data"):
            return await _form(desk, files=0)

        def ours(fields: form_files.Fields) -> bool:
            sent = fields.get(FORM, [""])[0]
            return desk.session is not None and _is_token(desk, sent)

        def keep(name: str, stored: Stored, fields: form_files.Fields) -> None:
            self.keeper(desk, name, stored, fields)

        settings = desk.site.settings
        try:
            got = await form_files.receive(
                desk.request,
                holdings_of(settings, desk.site.catalogue),
                settings.home,
                settings.floor,
                ours,
                keep,
            )
        except form_files.NotOurs:
            return desk, False
        fields = {name: tuple(values) for name, values in got.fields.items()}
        with_files = replace(
            desk, fields=fields, stored=tuple(got.stored), problems=tuple(got.problems)
        )
        return with_files, True


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of a file with their token beside them, or a form without files."""

    largest: int

    async def read(self, desk: Desk) -> tuple[Desk, bool]:
        if _kind(desk) != PART:
            return await _form(desk, files=0)
        if desk.session is None:
            raise HTTPException(401)
        if not _is_token(desk, desk.request.headers.get(HEADER, "")):
            raise HTTPException(403)
        try:
            async with asyncio.timeout(PATIENCE):
                return replace(desk, piece=await desk.request.body()), True
        except ClientDisconnect:
            raise HTTPException(400) from None  # nobody hears it
        except TimeoutError:
            raise HTTPException(408, headers={"Connection": "close"}) from None


async def _form(desk: Desk, files: int) -> tuple[Desk, bool]:
    sent: dict[str, list[str]] = {}
    file: tuple[str, bytes] | None = None
    async with desk.request.form(
        max_files=files, max_fields=MOST_FIELDS, max_part_size=LARGEST_FORM
    ) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                sent.setdefault(name, []).append(value)
            else:
                file = (form_files.plain_name(value.filename or ""), await value.read())
    fields = {name: tuple(values) for name, values in sent.items()}
    desk = replace(desk, fields=fields, sent=file)
    return desk, _is_token(desk, desk.one(FORM))


def _kind(desk: Desk) -> str:
    return desk.request.headers.get("content-type", "").lower()


def _is_token(desk: Desk, sent: str) -> bool:
    """Whether a form was made for this session."""
    return bool(desk.token) and hmac.compare_digest(
        desk.token.encode(), sent.encode("utf-8", "replace")
    )
