"""What a reader may be typing: words, concepts and titles, as a browser asks for them or as a page.

The format is that of OpenSearch Suggestions 1.1: the words, then completions, what each is, and
where it leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from index.engine import SearchError
from index.inversion import as_printed
from index.query import And, Node, Phrase, Prefix, Query, Word
from index.results import Results
from index.text import analysis
from index.text.syntax import parse, write
from index.text.writings import ELIDED
from library.vocabularies.folding import is_small
from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.site import Visit, visit_of
from library.web.viewmodels import Frame, Link

LONGEST = 80  # characters that are completed
WORDS, CONCEPTS, TITLES = 4, 3, 4
LOOKED_AT = 12  # words that begin so, to find those that go with the ones before
MEDIA_TYPE = "application/x-suggestions+json"


@dataclass(frozen=True, slots=True)
class SuggestPage:
    frame: Frame
    heading: str
    words: tuple[Link, ...]
    concepts: tuple[Link, ...]
    titles: tuple[Link, ...]


def suggest(request: Request) -> Response:
    """Completions for `q`, as JSON; with `as=page`, as a page for people."""
    visit = visit_of(request)
    typed = " ".join(request.query_params.get("q", "").split())[:LONGEST]
    try:
        words, concepts, titles = completions(visit, typed) if typed else ((), (), ())
    except SearchError:
        visit.noted.passing = True
        words, concepts, titles = (), (), ()
    if request.query_params.get("as") == "page":
        page = SuggestPage(
            frame=frame(
                visit,
                visit.interface.say("Suggestions"),
                words=typed,
                robots="noindex",
                sheets=("front.css",),
            ),
            heading=visit.interface.say("Suggestions"),
            words=words,
            concepts=concepts,
            titles=titles,
        )
        return answer(visit, "suggest.html", page)
    begun = begins(visit, typed)
    meant = named(visit, typed)
    first = tuple(concept for concept in concepts if concept.url in meant or begun(concept.label))
    suggestions = (
        *first,
        *words,
        *(concept for concept in concepts if concept not in first),
        *titles,
    )
    made = [
        typed,
        [suggestion.label for suggestion in suggestions],
        [
            " · ".join(filter(None, (suggestion.hint, suggestion.count)))
            for suggestion in suggestions
        ],
        [visit.base + suggestion.url for suggestion in suggestions],
    ]
    return JSONResponse(made, media_type=MEDIA_TYPE)


def begins(visit: Visit, typed: str) -> Callable[[str], bool]:
    """Whether a name begins as was typed: such a concept is likelier meant than any word."""
    beginning = analysis.fold_line(typed)
    return lambda label: bool(beginning) and analysis.fold_line(label).startswith(beginning)


def named(visit: Visit, typed: str) -> frozenset[str]:
    """Where the concepts lie that the whole of what was typed is a name of, also one that is not
    shown: likelier meant than a longer word."""
    concepts = visit.site.vocabularies.named(typed, alone=True)
    return frozenset(links.narrowed(facet, id_) for facet, id_ in concepts)


def completions(
    visit: Visit, typed: str
) -> tuple[tuple[Link, ...], tuple[Link, ...], tuple[Link, ...]]:
    """Words, concepts and titles. Raises SearchError."""
    own = _without_elision(typed)
    return tuple(words(visit, typed)), tuple(concepts(visit, own)), tuple(titles(visit, own))


def _without_elision(typed: str) -> str:
    """What was typed without what leans on its last word: l'ég begins with é."""
    *before, last = typed.split(" ")
    leaning, mark, rest = last.replace("\u2019", "'").rpartition("'")
    if mark and rest and analysis.fold(leaning) in ELIDED:
        return " ".join((*before, rest))
    return typed


def words(visit: Visit, typed: str) -> Iterator[Link]:
    """The last word completed, where works hold it together with those before."""
    *before, last = typed.split(" ")
    if not any(analysis.tokens(last)) or any(mark in typed for mark in '"“”«»()|:*'):
        return
    if before and not tells(" ".join(before)):
        return  # "what is w" is how any sentence begins
    languages = visit.site.settings.languages
    given: set[str] = set()
    number = 0
    if _without_elision(last) != last:
        return  # of l'em most words that begin with "em" are of other languages
    terms = visit.site.engine.terms(last, LOOKED_AT)
    for term in sorted(terms, key=lambda term: not _continues(term.text, last)):
        if not last.isascii() and given and not _continues(term.text, last):
            continue  # "domést" was typed with its accent: not "domestic"
        text = " ".join((*before, term.text))
        stems = set(analysis.variants(analysis.fold(term.text), languages))
        if stems & given or visit.site.vocabularies.unsaid(text):
            continue  # another form of a word finds the same
        if not tells(term.text):
            continue  # "domestic which" only begins a sentence
        works = term.count
        if before:  # the two must stand side by side somewhere
            pair = Phrase(f"{before[-1]} {term.text}")
            tree = And((*(Word(word) for word in before[:-1]), pair))
            found = visit.site.engine.search(Query(tree, size=1, beyond=False))
            works = found.total if _prints(found, term.text) else 0
        if works:
            given |= stems
            number += 1
            yield Link(text, links.searched(text), count=labels.resources(works, visit.interface))
        if number == WORDS:
            return


def _continues(word: str, opening: str) -> bool:
    """Whether a word goes on from what was typed letter by letter, accents and all."""
    return as_printed(word).startswith(as_printed(opening))


def _prints(found: Results, word: str) -> bool:
    """Whether the first page found prints a word: the forms of a word in another language may be
    words of this one, as "do" is of "doing"."""
    folded = analysis.fold(word)
    return any(
        token.text == folded
        for hit in found.hits
        for excerpt in hit.excerpts
        for token in analysis.tokens(excerpt.text)
    )


# What joins sentences, and begins many: never what is looked for.
_JOINING = (
    "however therefore moreover furthermore because although though while whereas since also thus "
    "hence meanwhile nevertheless besides otherwise finally firstly "
    "sin embargo además porque aunque mientras pues entonces asimismo finalmente "
    "cependant donc ainsi puisque parce lorsque toutefois néanmoins ensuite enfin "
    "porém portanto embora enquanto contudo além então assim finalmente "
    "لكن لذلك لأن بينما كذلك أيضا حيث كما लेकिन इसलिए क्योंकि जबकि हालांकि फिर तथा"
)
JOINING = frozenset(analysis.fold(word) for word in _JOINING.split())


def tells(text: str) -> bool:
    """Whether a text has a word that somebody may look for: a letter in it, and not only what
    begins a sentence."""
    return any(
        any(map(str.isalpha, token.text)) and not is_small(token.text) and token.text not in JOINING
        for token in analysis.tokens(text)
    )


def concepts(visit: Visit, typed: str) -> Iterator[Link]:
    """Concepts with a name, or a word of one, that begins so; a hidden one shows what is shown."""
    whole = visit.site.whole()
    language = visit.interface.language
    names = visit.site.vocabularies.beginning(typed, language)
    filed = [name for name in names if whole.get(name[0], {}).get(name[1])]
    begun = begins(visit, typed)
    filed.sort(
        key=lambda name: (
            not begun(name[2]),
            name[2] != visit.label(name[0], name[1]),
            -whole[name[0]][name[1]],
        )
    )
    for facet, id_, label in filed[:CONCEPTS]:
        shown = visit.label(facet, id_)
        name = labels.facet_name(facet, visit.interface)
        yield Link(
            label,
            links.narrowed(facet, id_),
            hint=name if label == shown else visit.interface.pair(name, shown),
            count=labels.resources(whole[facet][id_], visit.interface),
        )


def titles(visit: Visit, typed: str) -> Iterator[Link]:
    """Titles that hold the words typed, the last of them perhaps not whole."""
    tokens = [token.text for token in analysis.tokens(typed)][:8]
    if not tokens:
        return
    leaves: list[Node] = [Word(token, "title") for token in tokens[:-1]]
    last = tokens[-1]
    leaves.append(Word(last, "title") if analysis.is_unspaced(last) else Prefix(last, "title"))
    tree = And(tuple(leaves)) if len(leaves) > 1 else leaves[0]
    results = visit.site.engine.search(Query(parse(write(tree)).tree, size=TITLES))
    for resource in visit.site.catalogue.resources([hit.id for hit in results.hits]):
        spoken = resource.edition(visit.interface.language)
        edition = next(
            (
                edition
                for edition in (spoken, *resource.editions)
                if any(token.text.startswith(last) for token in analysis.tokens(edition.title))
            ),
            spoken,
        )
        hint = visit.label("kind", resource.kind) if resource.kind else ""
        yield Link(edition.title, links.resource(resource.slug, edition.language), hint=hint)


ROUTES = [
    Route("/suggest", fresh(suggest)),
]
