"""How long the session lasts that a document is for: what it says of itself, and what its pages do.

The surest first: a field of the file; a line that says so ("Duration: 45 minutes", "Total time");
the title or the beginning ("a two-day workshop"); the sum of what its steps take. Where a document
has several sessions, each with its time, it takes as long as all of them together, and is good for
the time of one too. Many sessions that nothing numbers as its parts, or more than a day of them, or
more than three days of any, are a store to choose from: readers are told how long one takes, and
the sum is for staff. Beside the concepts of `time`, the field `duration` has the length itself, as
a duration of ISO 8601.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

import regex

from library.core.resource import Evidence, Page, Said, Statement
from library.metadata import file_properties as fields
from library.metadata.labelled_lines import labelled
from library.metadata.shape import NUMBERED
from library.metadata.text_lines import clean
from library.vocabularies import Vocabularies
from library.vocabularies.concept import Scheme
from library.vocabularies.durations import FACET, HOUR, Length, given, iso, lasting, lengths
from library.vocabularies.folding import fold, token_list, tokens
from library.vocabularies.mentions import CLITICS

CHARACTERS = 4_000  # of each page that are read
PAGES = 200
LONGEST = 160  # characters of a line that is looked at
DURATION = "duration"
"""The field that holds how long a session takes, as a duration of ISO 8601."""

OPENING = 1_200  # characters in which a document says what it is
STORE = 12  # so many sessions that are not numbered as parts are a store of them
PARTS = 0.6  # of the sessions, from which those that are numbered make them parts
DESK = 0.28  # what is not believed, and staff may look at
STEPS = 4  # so many times of steps are a plan
DAY = 8 * HOUR  # more than that, of sessions that are not numbered as parts, is no session's time
LEAST, MOST = 20, 3 * 8 * HOUR  # minutes that the steps of a plan take together
SESSIONS = 3  # so many times of sessions tell how long one of them is
AROUND = 60

_SAYS = regex.compile(
    r"^\W{0,6}(?P<total>(?:total|overall|full|whole)\s)?(?:(?:lesson|session|activity|workshop|course"
    r"|training|estimated|suggested|approximate|class)\s)?"
    r"(?:duration|time(?:\s(?:needed|required|allowed|frame))?|length|how long"
    r"|duración(?:\s(?:total|estimada|aproximada))?|tiempo(?:\s(?:total|necesario|estimado|requerido"
    r"|aproximado|sugerido))?|durée(?:\s(?:totale|estimée))?|temps(?:\s(?:total|nécessaire|requis"
    r"|prévu))?|duração(?:\s(?:total|estimada|prevista))?|tempo(?:\s(?:total|necessário|estimado"
    r"|previsto|de duração))?|carga horaria|carga horária"
    r"|المدة(?:\s\p{L}{2,12})?|الوقت(?:\s\p{L}{2,12})?|مدة\s\p{L}{2,12}"
    r"|अवधि|कुल समय|समय|समयावधि)(?![\p{L}\p{M}])\W{0,8}(?P<value>.{0,80})$",
    regex.IGNORECASE,
)
_PEOPLE = regex.compile(
    r"\d\+?\s{1,2}(?:people|persons|participants|personas|participantes|pessoas|personnes)",
    regex.IGNORECASE,
)
_TOTAL = regex.compile(r"(?i)total|overall|whole|كامل|कुल")

_OF_SESSIONS_SAID = (
    "workshop training session sessions course class module lesson activity exercise seminar "
    "facilitator facilitators participants trainer trainers icebreaker game games handout "
    "taller talleres sesión curso módulo capacitación formación actividad actividades dinámica "
    "facilitador facilitadora participantes atelier séance session formation cours activité "
    "animateur animatrice participants oficina sessão formação curso atividade participantes "
    "facilitadora ورشة جلسة تدريب دورة نشاط المشاركين المشاركات الميسر الميسرة المدرب "
    "कार्यशाला सत्र प्रशिक्षण गतिविधि प्रतिभागी प्रतिभागियों सहजकर्ता"
)
_OF_SESSIONS = frozenset(map(fold, _OF_SESSIONS_SAID.split()))
NEAR = 4  # words between a length of time and the session it is of
KINDS = 3  # so many different words of sessions, and a document is about one


def stated(said: Said, vocabularies: Vocabularies) -> Iterator[Statement]:
    """What a field of the file says: `duration: 155`."""
    scheme = vocabularies.schemes.get(FACET)
    for word in fields.words(said, FACET) if scheme else ():
        minutes = given(word.value)
        id = lasting(minutes, scheme) if scheme and minutes else None
        if id:
            evidence = (Evidence(0, f"{word.name}: {word.value[:200]}"),)
            yield Statement(FACET, (id,), "file", evidence, 0.88)
            yield Statement(DURATION, iso(minutes or 0), "file", evidence, 0.88)
            return


def read(pages: Sequence[Page], title: str, vocabularies: Vocabularies) -> Iterator[Statement]:
    """What the title and the pages say, the surest first."""
    scheme = vocabularies.schemes.get(FACET)
    if scheme is None:
        return
    texts = [(page.number, page.text[:CHARACTERS]) for page in pages[:PAGES]]
    yield from _called(title, texts, scheme)
    if not is_of_sessions(title, texts):
        return
    rows = [row for number, text in texts for row in _lines(number, text)]
    yield from _said(rows, _numbered(texts), scheme)
    if not rows:
        yield from _added_up(texts, scheme)


def _statements(
    times: Sequence[float], evidence: Sequence[Evidence], sure: float, scheme: Scheme
) -> Iterator[Statement]:
    """Under what the times count, and how long the first of them is, which is the whole."""
    ids = (lasting(minutes, scheme) for minutes in times)
    shown = tuple(evidence)[:3]
    yield Statement(FACET, tuple(dict.fromkeys(id for id in ids if id)), "guess", shown, sure)
    yield Statement(DURATION, iso(times[0]), "guess", shown, sure)


def _called(title: str, texts: Sequence[tuple[int, str]], scheme: Scheme) -> Iterator[Statement]:
    """A session of a length of time, in the title or where the document begins."""
    places = [(0, title[:OPENING], 0.6)]
    if texts:
        places.append((texts[0][0], texts[0][1][:OPENING], 0.45))
    for number, text, sure in places:
        for length in lengths(text):
            if (
                not _in_brackets(text, length)  # those of a step
                and _is_taught(text, length)
                and lasting(length.minutes, scheme)
            ):
                yield from _statements(
                    [length.minutes], [_around(number, text, length)], sure, scheme
                )
                return


def _is_taught(text: str, length: Length) -> bool:
    """Whether a word of sessions stands right beside a length of time, in its own sentence."""
    before = regex.split(r"[.!?;\n]", text[max(0, length.start - AROUND) : length.start])[-1]
    behind = regex.split(r"[.!?;\n]", text[length.end : length.end + AROUND])[0]
    near = [token.word for token in tokens(before)][-NEAR:]
    near += [token.word for token in tokens(behind)][:NEAR]
    return any(map(_of_sessions, near))


def _of_sessions(word: str) -> str:
    """A folded word of sessions, without what Arabic writes onto it; "" for any other word."""
    plain = word[1:] if word[:1] in CLITICS else ""
    return next((form for form in (word, plain) if form in _OF_SESSIONS), "")


def is_of_sessions(title: str, texts: Sequence[tuple[int, str]]) -> bool:
    """Whether a document is about sessions, by words that only such documents have together."""
    kinds: set[str] = set()
    for _, text in [(0, title), *texts]:
        words = {token.word for token in token_list(text)}
        kinds |= set(filter(None, map(_of_sessions, words)))
        if len(kinds) >= KINDS:
            return True
    return False


def _lines(number: int, text: str) -> Iterator[tuple[float, bool, Evidence]]:
    """(minutes, whether of the whole, evidence) of each line that says how long something takes."""
    lines = [line.strip() for line in labelled(text).split("\n")]
    for at, line in enumerate(lines):
        match = _SAYS.match(line[:LONGEST]) if line and len(line) <= LONGEST else None
        if match is None:
            continue
        value = match["value"].strip(" *_`")
        if not value:  # a heading, with the time below it
            value = next((below for below in lines[at + 1 : at + 4] if below), "")[:80]
        minutes = given(value)
        if minutes and not (value.isdecimal() and minutes < 5):
            whole = bool(_TOTAL.search(line[: match.start("value")]))
            yield (
                minutes,
                whole,
                Evidence(number, clean(f"{line} {value}" if value not in line else line)[:200]),
            )


def _numbered(texts: Sequence[tuple[int, str]]) -> int:
    """How many sessions, activities or modules are numbered, each number once."""
    numbers = {
        regex.sub(r"\W", "", match[0].casefold())
        for _, text in texts
        for line in text.split("\n")
        if len(line) <= LONGEST and (match := NUMBERED.match(line.strip()))
    }
    return len(numbers)


def _said(
    rows: Sequence[tuple[float, bool, Evidence]], numbered: int, scheme: Scheme
) -> Iterator[Statement]:
    whole = [row for row in rows if row[1]]
    if len(rows) == 1 or whole:
        minutes, _, evidence = (whole or rows)[0]
        yield from _statements([minutes], [evidence], 0.8, scheme)
    elif rows:
        times = [minutes for minutes, _, _ in rows]
        evidence_of = [evidence for _, _, evidence in rows]
        one = [statistics.median_low(times)] if len(times) >= SESSIONS else []
        loose = numbered < PARTS * len(times)
        store = loose and (len(times) > STORE or sum(times) > DAY)
        if store or sum(times) > MOST:
            yield from _statements([sum(times)], evidence_of, DESK, scheme)
            if id := lasting(one[0], scheme) if one else "":
                yield Statement(FACET, (id,), "guess", tuple(evidence_of)[:3], 0.6)
            return
        yield from _statements([sum(times), *one], evidence_of, 0.6, scheme)


def _added_up(texts: Sequence[tuple[int, str]], scheme: Scheme) -> Iterator[Statement]:
    """The times of the steps of a plan, together."""
    steps: list[tuple[float, Evidence]] = []
    for number, text in texts:
        for line in text.split("\n"):
            if len(line) > LONGEST or _PEOPLE.search(line):  # of an exercise, and of no step
                continue
            length = next(iter(lengths(line)), None)
            if length is not None and length.minutes <= 2 * HOUR and _stands_apart(line, length):
                steps.append((length.minutes, _around(number, line, length)))
    minutes = sum(minutes for minutes, _ in steps)
    if len(steps) >= STEPS and LEAST <= minutes <= MOST:
        yield from _statements([minutes], [evidence for _, evidence in steps], 0.4, scheme)


def _stands_apart(line: str, length: Length) -> bool:
    """Whether a length of time begins or ends its line, or stands in brackets: that of a step."""
    before, behind = line[: length.start].strip(" \t-*•|"), line[length.end :].strip(" \t-*•|.:")
    return not before or not behind or _in_brackets(line, length)


def _in_brackets(text: str, time: Length) -> bool:
    return text[: time.start].rstrip()[-1:] in ("(", "[") and text[time.end :].lstrip(" .")[:1] in (
        ")",
        "]",
    )


def _around(number: int, text: str, length: Length) -> Evidence:
    return Evidence(number, clean(text[max(0, length.start - AROUND) : length.end + AROUND])[:200])
