"""Cards of resources as pictures: set and drawn in confined processes, as pages are."""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from library import sandbox
from library.cli.parts import Library
from library.core import leases
from library.extractors import Limits
from library.sandbox.typesetting import typeset
from library.store import shared_files
from library.web.i18n import interfaces
from library.web.links import UNKNOWN_LANGUAGE
from library.web.parts import card_picture
from library.web.templates import Pages

DRAW = "library.extractors.pdf_image:card"
SECONDS = 120.0

_SUBJECT = re.compile(r"([^/]+)/([^/]+)/([0-9a-f]{20})")


def draw(library: Library, subject: str) -> Path | None:
    """Draw the card that a task names; None where readers may not have its resource any more.

    Raises InputError where it cannot be drawn.
    """
    asked = _SUBJECT.fullmatch(subject)
    found = library.catalogue.resources([asked[1]]) if asked else ()
    if asked is None or not found:
        return None
    settings, [resource] = library.settings, found
    edition = resource.edition("" if asked[2] == UNKNOWN_LANGUAGE else asked[2])
    known = interfaces(settings.languages, schemes=library.vocabularies.schemes)
    interface = card_picture.spoken_of(edition, known)
    made = card_picture.card_picture(resource, edition, interface, library.vocabularies, settings)
    pages = Pages.load({interface.language: interface})
    text, sheet = card_picture.page_of(made, pages, interface)
    pdf = typeset(text, sheet, identifier=made.digest, tagged=False, seconds=SECONDS, nice=0)
    with TemporaryDirectory(prefix=leases.prefix("card")) as folder:
        paper = Path(folder) / "card.pdf"
        paper.write_bytes(pdf)
        run = sandbox.run(paper, DRAW, card_picture.WIDE, limits=Limits(), seconds=SECONDS)
        drawn = b"".join(item for item in run if isinstance(item, bytes))
    path = card_picture.path_of(settings, asked[3])  # by the name that is waited for
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(drawn)
    part.replace(path)
    shared_files.share(settings, path)
    return path
