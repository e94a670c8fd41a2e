"""What the library knows of each language, table by table, and what it lacks.

A table with a key for each language is asked whether it has the key. Words of several languages in
one pattern cannot be told apart from outside: a sample for each language is held against it, so
that what is claimed here is seen. A test fails where a module has a table that is not named here.
Long because it is one list, and each row of it says what its table is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from index.fields import FILED
from index.text import (
    analysis,
    inflection,
    number_names,
    orthography,
    phrases,
    shortened,
    stopwords,
)
from index.text import dates as written_dates
from library.extractors import compounds, small_words
from library.extractors.layout import captions, running
from library.ingestion import ocr
from library.likeness import translations
from library.metadata import (
    cues,
    dates,
    headings,
    institutions,
    people,
    places,
    reading_level,
    summary,
    text_lines,
)
from library.metadata import language as identification
from library.sheets import cells
from library.vocabularies import Vocabularies, folding, reading_levels
from library.web.assets import asset_folder
from library.web.i18n import SOURCE

YEAR = 2019
RATE = 0.25  # of the words of running text, those that small_words has at least
LEAST = 6  # function words without which a list of them is none


@dataclass(frozen=True, slots=True)
class LanguageTable:
    """One table: what is done with it, the module it stands in, whether it has a language."""

    name: str
    module: str
    knows: Callable[[str], bool]
    without: str  # what happens to a language it lacks


def _of_pattern(
    samples: Mapping[str, str], matches: Callable[[str], object]
) -> Callable[[str], bool]:
    """Whether a pattern knows a language, by what it makes of a sample of it."""
    return lambda language: language in samples and bool(matches(samples[language]))


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def _site(language: str) -> bool:
    path = asset_folder("locales") / language / "LC_MESSAGES" / "messages.po"
    return language == SOURCE or path.is_file()


@cache
def _labels(language: str) -> bool:
    """Whether most concepts of every scheme that is shipped have a label in it."""
    schemes = Vocabularies.load((SOURCE,)).files.schemes
    for facet in set(FILED) - {"place"}:  # their names are CLDR's
        concepts = schemes[facet].concepts.values()
        named = sum(any(code == language for code, _ in concept.labels()) for concept in concepts)
        if 2 * named <= len(concepts):
            return False
    return True


@cache
def _identified() -> frozenset[str]:
    return frozenset(code for code, _ in identification._identifier().rank(""))


def _dated(language: str) -> bool:
    """Whether a day is read in it as CLDR writes it out, in each month of a year."""
    locale = _locale(language)
    if locale is None:
        return False
    for day in (date(YEAR, month, 17) for month in range(1, 13)):
        readings = dates.dates_in(format_date(day, "long", locale=locale), language)
        if [str(match.date) for match in readings] != [day.isoformat()]:
            return False
    return True


def _ordinal(text: str) -> bool:
    return [str(match.date) for match in dates.dates_in(text)] == ["2019-05-01"]


def _small(text: str) -> bool:
    _, _, forwards, _ = small_words.rates(text)
    return forwards >= RATE


_READ = {
    "en": "the right of the women to work in the market and in the street",
    "es": "el derecho de las mujeres a trabajar en el mercado y en la calle",
    "fr": "le droit des femmes dans le marché et dans la rue est une loi",
    "pt": "o direito das mulheres de trabalhar no mercado e na rua com uma lei",
    "ar": "حق النساء في العمل في السوق و في الشارع من هذا",
    "hi": "महिलाओं का बाज़ार में और सड़क पर काम करने का अधिकार है",
    "de": "das Recht der Frauen auf dem Markt und in der Straße ist nicht mit",
    "it": "il diritto di una donna nel mercato e nella strada non sono per che",
    "nl": "het recht van een vrouw op de markt en in de straat is niet zijn",
    "sw": "haki ya wanawake kwa kazi na soko ni ya wote katika mtaa wa mji",
    "ru": "право женщин на работу и на рынке и на улице это не по",
    "bn": "নারী এবং শ্রমিক এই বাজার থেকে কাজ করে ও না যে",
    "tr": "kadın ve bu pazar için bir hak ile bu bir ve",
}

TABLES = (
    LanguageTable("words of the site", "locales", _site, "pages are in the site's first language"),
    LanguageTable(
        "labels of concepts", "library.vocabularies", _labels, "concepts have another's labels"
    ),
    LanguageTable(
        "stemmer",
        "index.text.analysis",
        lambda code: code in analysis._STEMMERS or code == "ar",
        "words are found as they are typed, and by their letters",
    ),
    LanguageTable(
        "stop words",
        "index.text.stopwords",
        lambda code: len(stopwords.stopwords_of(code)) >= LEAST,
        "function words are asked for like others",
    ),
    LanguageTable(
        "halves in words",
        "index.text.phrases",
        lambda code: code in phrases._AND_HALF or code in phrases._HOURS,
        "two and a half hours and 2.5 hours are looked for apart",
    ),
    LanguageTable(
        "forms that no stem joins",
        "index.text.inflection",
        inflection.knows,
        "women and woman, or jueces and juez, are looked for apart where their stems are two",
    ),
    LanguageTable(
        "spellings of countries and reforms",
        "index.text.orthography",
        lambda code: code in orthography._RULES,
        "a word is found as it is spelt",
    ),
    LanguageTable(
        "numbers in words",
        "index.text.number_names",
        lambda code: code in number_names.LANGUAGES,
        "eight hours and 8 hours are looked for apart",
    ),
    LanguageTable(
        "dates in questions",
        "index.text.dates",
        lambda code: code in written_dates._MONTHS,
        "a date is found as it is written",
    ),
    LanguageTable(
        "words written short",
        "index.text.shortened",
        lambda code: code in shortened._SHORT,
        "Mme and Madame are looked for apart",
    ),
    LanguageTable(
        "plural endings of labels",
        "library.vocabularies.folding",
        lambda code: code in folding._PLURALS or code == "ar",
        "a label is recognised in the form it is written in",
    ),
    LanguageTable(
        "identification",
        "library.metadata.language",
        lambda code: code in _identified(),
        "staff say which language a document is in",
    ),
    LanguageTable(
        "cues of kind, audience and use",
        "library.metadata.cues",
        lambda code: code in cues.LANGUAGES,
        "what a document is, and for whom, is left to staff",
    ),
    LanguageTable(
        "names of towns",
        "library.metadata.places",
        lambda code: code in places.TOWNS,
        "a place is told by its own name alone",
    ),
    LanguageTable("dates in words", "library.metadata.dates", _dated, "only digits are read"),
    LanguageTable(
        "ordinals in dates",
        "library.metadata.dates",
        _of_pattern(
            {
                "en": "1st May 2019",
                "es": "1º de mayo de 2019",
                "fr": "1er mai 2019",
                "pt": "1º de maio de 2019",
            },
            _ordinal,
        ),
        "of such a day only month and year are read",
    ),
    LanguageTable(
        "evidence of a date",
        "library.metadata.dates",
        _of_pattern(
            {
                "en": "Published 2019",
                "es": "Publicado en 2019",
                "fr": "Parution 2019",
                "pt": "Publicação 2019",
                "de": "Veröffentlicht 2019",
            },
            dates._LABEL.search,
        ),
        "dates are weighed by their place alone",
    ),
    LanguageTable(
        "evidence of an author",
        "library.metadata.people",
        _of_pattern(
            {
                "en": "Written by: A. B.",
                "es": "Escrito por: A. B.",
                "fr": "Écrit par: A. B.",
                "pt": "Autores: A. B.",
            },
            people._BYLINE.match,
        ),
        "authors come from the file's properties or from staff",
    ),
    LanguageTable(
        "evidence of a publisher",
        "library.metadata.people",
        _of_pattern(
            {
                "en": "Published by the union",
                "es": "Publicado por la unión",
                "fr": "Publié par le syndicat",
                "pt": "Produzido pela união",
            },
            people._PUBLISHED.match,
        ),
        "publishers come from the file's properties or from staff",
    ),
    LanguageTable(
        "words of institutions",
        "library.metadata.institutions",
        _of_pattern(
            {
                "en": "Ministry of Labour",
                "es": "Ministerio de Trabajo",
                "fr": "Ministère du Travail",
                "pt": "Ministério do Trabalho",
            },
            institutions.is_institution,
        ),
        "the name of a ministry may be taken for a title",
    ),
    LanguageTable(
        "headings of a summary",
        "library.metadata.summary",
        _of_pattern(
            {"en": "Summary:", "es": "Resumen:", "fr": "Résumé:", "pt": "Resumo:"},
            summary._LABEL.match,
        ),
        "the summary is the first paragraph that reads as one",
    ),
    LanguageTable(
        "furniture of pages",
        "library.metadata.headings",
        _of_pattern(
            {
                "en": "Table of contents",
                "es": "Índice",
                "fr": "Sommaire",
                "pt": "Sumário",
            },
            headings.FURNITURE.match,
        ),
        "a menu may be taken for a title",
    ),
    LanguageTable(
        "how easy a text is to read",
        "library.vocabularies.reading_levels",
        reading_levels.FORMULAS.__contains__,
        "nothing is said of it",
    ),
    LanguageTable(
        "syllables",
        "library.metadata.reading_level",
        reading_level.COUNTED.__contains__,
        "nothing is said of how easy a text is to read",
    ),
    LanguageTable(
        "small words of titles",
        "library.metadata.text_lines",
        _of_pattern(
            {
                "en": "the",
                "es": "los",
                "fr": "les",
                "pt": "dos",
                "de": "und",
                "nl": "het",
            },
            text_lines.SMALL.__contains__,
        ),
        "a title over two lines may be cut after the first",
    ),
    LanguageTable(
        "small words of running text",
        "library.extractors.small_words",
        _of_pattern(_READ, _small),
        "how well a page was read is judged by its letters alone",
    ),
    LanguageTable(
        "words of captions",
        "library.extractors.layout.captions",
        _of_pattern(
            {
                "en": "Figure 1",
                "es": "Cuadro 1",
                "fr": "Tableau 1",
                "pt": "Tabela 1",
                "ar": "شكل 1",
                "hi": "चित्र 1",
                "bn": "চিত্র 1",
                "th": "ตารางที่ 1",
            },
            captions.NAMED.match,
        ),
        "a caption is a paragraph",
    ),
    LanguageTable(
        "words beside page numbers",
        "library.extractors.layout.running",
        _of_pattern(
            {
                "en": "Page 3 of 5",
                "es": "Página 3 de 5",
                "fr": "Page 3 sur 5",
                "pt": "Página 3 de 5",
                "ar": "صفحة 3 من 5",
                "hi": "पृष्ठ 3 का 5",
                "de": "Seite 3 von 5",
                "sw": "Ukurasa 3 kati ya 5",
                "id": "Halaman 3 dari 5",
                "th": "หน้า 3",
                "bn": "পৃষ্ঠা 3",
            },
            running.ALONE.fullmatch,
        ),
        "a page number with words stays in the text until it is seen to run on",
    ),
    LanguageTable(
        "words for divisions of a work",
        "library.extractors.layout.running",
        _of_pattern(
            {
                "en": "Chapter 3",
                "es": "Capítulo 3",
                "fr": "Chapitre 3",
                "pt": "Lição 3",
                "ar": "المادة 3",
                "hi": "अध्याय 3",
                "de": "Abschnitt 3",
                "sw": "Kifungu 3",
                "id": "Pasal 3",
            },
            running.DIVISION.match,
        ),
        "a heading at the top of every page may be taken for a running head",
    ),
    LanguageTable(
        "parts of compounds",
        "library.extractors.compounds",
        _of_pattern(
            {"en": "self", "fr": "sous", "pt": "recém", "es": "norte"},
            lambda word: word in compounds.BEFORE or word in compounds.OFTEN_BEFORE,
        ),
        "a hyphen at the end of a line is its own only where the document says so elsewhere",
    ),
    LanguageTable(
        "its names in names of files",
        "library.likeness.translations",
        translations.TONGUES.__contains__,
        "translations are told apart by their texts alone",
    ),
    LanguageTable(
        "scans",
        "library.ingestion.ocr",
        ocr.LANGUAGES.__contains__,
        "scans are read as another language of that script",
    ),
    LanguageTable(
        "months in tables",
        "library.sheets.cells",
        cells.MONTHS_OF.__contains__,
        "a spreadsheet may turn a title into a day",
    ),
    LanguageTable(
        "true and false in tables",
        "library.sheets.cells",
        cells.TRUTH.__contains__,
        "a spreadsheet may turn a title into a truth value",
    ),
)


def lacking(language: str) -> tuple[LanguageTable, ...]:
    """The tables that a language is not in. A region makes no difference: pt-BR is pt."""
    code = language.replace("_", "-").partition("-")[0].casefold()
    return tuple(table for table in TABLES if not table.knows(code))


def lacks(languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Language → names of the tables it is lacking in, for those lacking in any."""
    missing = {code: tuple(table.name for table in lacking(code)) for code in languages}
    return {code: names for code, names in missing.items() if names}


def matrix(languages: Iterable[str]) -> str:
    """All tables and these languages, as text to look at, and what each lack comes to."""
    codes = list(dict.fromkeys(languages))
    without = {code: frozenset(table.name for table in lacking(code)) for code in codes}
    wide = max(len(table.name) for table in TABLES)
    lines = [" " * wide + "".join(f"  {code:>3}" for code in codes)]
    for table in TABLES:
        marks = ("-" if table.name in without[code] else "yes" for code in codes)
        lines.append(f"{table.name:<{wide}}" + "".join(f"  {mark:>3}" for mark in marks))
    for code in codes:
        missing = [table for table in TABLES if table.name in without[code]]
        lines += ["", f"{code} has all."] if not missing else ["", f"{code} lacks"]
        lines += [f"  {table.name} ({table.module}): {table.without}" for table in missing]
    return "\n".join(lines)
