"""What stands in a PDF beside the words of its pages, the same for both of its readers.

Remarks are notes of their page; a form that only some programs lay out, and files within the file,
are further pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from library.core.errors import InputError
from library.core.messages import Message
from library.core.resource import PICTURED, Block, Heading, Page, Said
from library.extractors import Limits, xfa
from library.extractors.enclosed import Further, total
from library.extractors.notes import REMARK
from library.extractors.pages import Pages, notes_last, pages_of, plain
from library.extractors.pdfium import Document
from library.extractors.picture_words import tells
from library.extractors.pictured import Glances

MOST_REMARKS = 300  # of a page
MOST_PICTURES = 100


@dataclass(slots=True)
class Margins:
    """What is read beside the pages of one document."""

    document: Document
    limits: Limits
    unread: list[Message] = field(default_factory=list)
    outline: tuple[Heading, ...] = ()  # of further files
    described: set[str] = field(default_factory=set)  # what was said of pictures so far
    glances: Glances = field(init=False)

    def __post_init__(self) -> None:
        self.glances = Glances(self.document)

    def with_remarks(self, page: Page) -> Page:
        """A page with the remarks on it that say more than its words, and whether it is a picture
        of more.
        """
        place = page.number - 1
        letters = sum(map(str.isalpha, page.text[:2_000]))
        pictured = self.glances.is_pictured(place, letters)
        reader = page.reader + PICTURED if pictured else page.reader
        remarks = self._remarks(place, page.text)
        captions = self._captions(place, page.text)
        if not remarks and not captions:
            return replace(page, reader=reader) if pictured else page
        notes = [Block("note", remark[:20_000], marker=REMARK) for remark in remarks]
        if page.layout:
            shown = [Block("caption", caption) for caption in captions]
            blocks = tuple(notes_last([*page.blocks, *shown, *notes])[: self.limits.page_blocks])
            text = plain(blocks)
        else:
            blocks = page.blocks
            texts = (f"{REMARK} {note.text}" for note in notes)
            text = "\n\n".join(filter(None, (page.text, *captions, *texts)))
        return replace(page, text=text[: self.limits.page_characters], blocks=blocks, reader=reader)

    def further(self, reader: str, *, laid_out: bool, layout: str) -> Iterator[Page]:
        """The pages of a form and of files within the file.

        layout: what a page of them says that laid it out. Afterwards `unread` and `outline` are
        known.
        """
        further = Further(
            self.limits, min(self.document.pages, self.limits.pages), laid_out=laid_out
        )
        self.unread += self.document.unread()
        for page in self._form(reader):
            if further.count < self.limits.pages:
                further.count += 1
                yield replace(page, number=further.count, layout=layout)
        for page in further.pages(self.document.enclosed()):
            yield replace(page, layout=layout if page.blocks and page.layout else "")
        self.unread += further.said(Message("a PDF program"))
        self.outline = total((), further)

    def said(self, document: Said, pages: int) -> Said:
        """What the document says of itself, at the end; `pages` were given in all."""
        outline = (*document.outline, *self.outline)[: self.limits.outline]
        count = max(pages, document.pages or 0)
        return replace(document, outline=outline, pages=count, unread=tuple(self.unread))

    def _remarks(self, page: int, text: str) -> Sequence[str]:
        try:
            remarks = dict.fromkeys(self.document.remarks(page))
        except InputError:
            return ()
        known = "".join(text.split())
        return [remark for remark in remarks if "".join(remark.split()) not in known][:MOST_REMARKS]

    def _captions(self, page: int, text: str) -> list[str]:
        """What is said of pictures, once a document, and not where the page says it too."""
        try:
            said = dict.fromkeys(self.document.pictures(page))
        except InputError:
            return []
        known = "".join(text.split())
        new = [
            words
            for words in said
            if tells(words) and words not in self.described and "".join(words.split()) not in known
        ][:MOST_PICTURES]
        self.described.update(new)
        return new

    def _form(self, reader: str) -> list[Page]:
        if not self.document.is_form:
            return []
        try:
            pages = pages_of(xfa.blocks_in(self.document.xfa()), reader, self.limits)
        except InputError:
            pages = Pages()
        if not pages:
            self.unread.append(Message("unread form"))
        return pages
