"""What a document says of itself where it tells how to cite it: authors, year, publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from library.core.resource import Evidence, Page, Statement
from library.metadata.text_lines import clean, letters, words_of

PAGES = 8  # at the beginning of a document; and the last two
LONGEST = 600  # characters of a citation

_LABEL = re.compile(
    r"^\W{0,4}(?:(?:suggested|recommended|preferred) citation|"
    r"(?:please )?cite (?:this (?:\w+ )?)?as|"
    r"how to cite(?: this \w+)?|citation|cita (?:sugerida|recomendada)|citaci[oó]n(?: sugerida)?|"
    r"c[oó]mo citar(?: este \w+)?|citar como|pour citer(?: ce \w+)?|citation (?:sugg[ée]r[ée]e|"
    r"recommand[ée]e)|como citar(?: este \w+)?|cita[cç][aã]o sugerida|للاقتباس|الاقتباس المقترح)"
    r"\W{0,3}(?:\s|$)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\(?\b((?:19|20)\d\d)[a-z]?\b(?:, ?[^\W\d_]{3,12}(?: \d{1,2})?)?\)?\s?[.,:]")
_PLACED = re.compile(r"[.,] (?:[^\W\d_][\w .,’'-]{1,40}): ([^.:;]{2,80})\.?(?:\s|$)")
_PIECES = re.compile(r"\. |[\"”»][,.] ")
_AVAILABLE = re.compile(
    r"(?:dispon|available|retrieved|recuperado|consult|http|www|licen|this |esta |doi)",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"^(?:[^\W\d_]\.?[ -]?){1,4}$")


def read(pages: Sequence[Page]) -> Iterator[Statement]:
    """Statements of authors, date and publisher, of the first citation that is found."""
    for page in (*pages[:PAGES], *pages[PAGES:][-2:]):
        cited = _cited(page)
        if not cited:
            continue
        year = _YEAR.search(cited)
        if year is None or not 4 <= year.start() <= 300:
            continue
        evidence = (Evidence(page.number, cited[:240]),)
        yield Statement("date", year[1], "guess", evidence, 0.66)
        names = _authors(cited[: year.start()])
        if names:
            yield Statement("authors", names, "guess", evidence, 0.75)
        publisher = _publisher(cited[year.end() :])
        if publisher:
            yield Statement("publisher", publisher, "guess", evidence, 0.74)
        return


def _cited(page: Page) -> str:
    """The words after the label, to the next empty line or as many as a citation has."""
    rows = page.text[:20_000].splitlines()
    for number, row in enumerate(rows):
        match = _LABEL.match(row[:80])
        if match is None:
            continue
        rest = row[match.end() :].strip()
        for following in rows[number + 1 : number + 8]:
            if len(rest) > LONGEST or (not following.strip() and letters(rest) > 40):
                break
            rest = f"{rest} {following.strip()}".strip()
        return clean(rest[:LONGEST])
    return ""


def _publisher(text: str) -> str:
    """`Washington, DC: Promundo`, or what stands alone after the title."""
    placed = _PLACED.search(text)
    if placed:
        name = clean(placed[1])
    else:
        pieces = [piece.strip(' .,"“”«»') for piece in _PIECES.split(text.strip())]
        name = pieces[1] if len(pieces) > 1 else ""
    words = words_of(name)
    heavy = [word for word in words if len(word) > 3]
    good = 1 <= len(words) <= 6 and not _AVAILABLE.match(name) and name[:1].isupper()
    return name if good and all(word[0].isupper() for word in heavy) else ""


def _authors(text: str) -> tuple[str, ...]:
    """Names as they stand: `Pastrana, F.; Ottaviano, J.` or an organisation's."""
    text = text.strip(" .,;:(")
    if not 3 <= len(text) <= 300:
        return ()
    parts = [p.strip(" .,") for p in re.split(r";|&|\band\b|\by\b|\bet\b|\be\b", text) if p.strip()]
    names: list[str] = []
    for part in parts:
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        while pieces:
            name = pieces.pop(0)
            if pieces and (_INITIALS.match(pieces[0]) or len(pieces) == 1):
                given = pieces.pop(0)
                initials = _INITIALS.match(given) is not None
                name = f"{name}, {given.rstrip('.')}." if initials else f"{given} {name}"
            names.append(name)
    good = [n for n in names if n[:1].isupper() and letters(n) > 2 and len(words_of(n)) < 9]
    return tuple(dict.fromkeys(good)) if len(good) == len(names) and len(good) <= 12 else ()
