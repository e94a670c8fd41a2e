"""How far a stretch of a text is running prose, and not a list of sources or of contents.

    12. Smith, J. (2019), “Domestic work”, Work, vol. 3, pp. 12–34. https://example.org/domestic-work
    Wages and hours ............................................. 17

Such lines repeat the words of many questions and answer none: a title that is cited, an address in
which it is written once more, a heading with its page. They are told by what they are made of, the
same in every language: addresses, years, initials behind names, numbers of pages, volumes and
notes, rows of dots. Prose that cites a source now and then has little of all this.
"""

from __future__ import annotations

from index.text import deferred

PROSE = 0.08
"""So many marks for each word, or fewer, have running texts that cite and count. Judged."""

LISTED = 0.2
"""So many, or more, have lists and nothing else. Judged."""

LEAST = 0.25
"""What a list counts, as a share of prose that says the same. Judged."""

DIGITS = 3  # of the number of a page, at most

ADDRESS = deferred.compile(
    r"(?i)(?:https?|ftp)://[^\s<>«»\"”]++|(?<![\p{L}\p{Nd}.@])(?:www\.|doi\.org/|doi:\s?10\.)[^\s<>«»\"”]++"
)
"""An address on the web, as far as it goes."""

_LEADERS = deferred.compile(r"\.{4,}+|(?:\.\s){4,}+|…{2,}+|·{4,}+|_{6,}+")
_WORDS = deferred.compile(r"\p{L}[\p{L}\p{M}]++|\p{Nd}++")
_YEAR = deferred.compile(
    r"(?<![\p{Nd}.,/-])(?:1[89]|20)\p{Nd}{2}[a-f]?(?![\p{L}\p{Nd}/-]|[.,]\p{Nd})"
)
_CITED = deferred.compile(
    r"(?<=\p{Lu}[\p{L}\p{M}’'-]{1,30}), (?:\p{Lu}\p{M}*\.[ -]?)+"  # Smith, J. A.
    r"|(?<![\p{L}\p{M}])(?i:pp?|págs?|pags?|vol|núm|num|nº|n°|issn|isbn|eds?|coords?|orgs?|trad|cit|ibid|ibíd|idem"
    r"|ss|hrsg|et al|arxiv|doi)(?:\.|:|(?=\s?\p{Nd}))"
    r"|\p{Nd}{1,4}\s?[-–]\s?\p{Nd}{1,4}(?!\p{Nd})"
    r"|\p{Nd}{1,3}\s?\(\p{Nd}{1,3}\)"  # a volume and its number
    r"|[“«\"‘][^“”«»\"‘’]{12,200}[”»\"’],"  # a title in quotation marks
)
_NOTED = deferred.compile(
    r"(?m)^\s{0,8}(?:\[\p{Nd}{1,3}\]|\p{Nd}{1,3}[.)]?\s)(?=\p{Lu}|[“«\"]|https?:)"
)


def may_cite_web(text: str) -> bool:
    """Whether a text may hold an ADDRESS at all: most hold none, and are not looked through."""
    folded = text.lower()
    return "://" in folded or "www." in folded or "doi" in folded


def prose(text: str) -> float:
    """From 1 for running prose to LEAST for what is nothing but sources or contents.

    Told when a text is indexed and kept with it: raise SCHEMA_VERSION when it says otherwise.
    """
    web = "://" in text or "www." in text or "doi" in text
    addresses = [m.end() - m.start() for m in ADDRESS.finditer(text)] if web else []
    bare = ADDRESS.sub(" ", text) if addresses else text
    leaders = sum(1 for _ in _LEADERS.finditer(bare))
    years = sum(1 for _ in _YEAR.finditer(bare))
    lines = bare.splitlines()
    paged = sum(map(_ends_in_page, lines))
    if paged < 3 or 2 * paged < sum(1 for line in lines if line.strip()):
        paged = 0
    if not (addresses or leaders or years or paged):
        return 1.0  # most texts: the rest costs more to look for
    words = sum(1 for _ in _WORDS.finditer(bare))
    if not words:
        return LEAST
    marks = 2.0 * (len(addresses) + leaders) + years + sum(1 for _ in _CITED.finditer(bare))
    marks += min(marks, sum(1 for _ in _NOTED.finditer(bare)))  # steps are numbered too
    density = (marks + paged) / words + sum(addresses) / (2 * len(text))
    share = min(max((density - PROSE) / (LISTED - PROSE), 0.0), 1.0)
    return 1.0 - (1.0 - LEAST) * share


def _ends_in_page(line: str) -> bool:
    """Whether a line of words ends with the number of a page."""
    before, _, last = line.rstrip().rpartition(" ")
    return len(last) <= DIGITS and last.isdecimal() and any(map(str.isalpha, before))
