"""One word for one thing, in each language of the site: its messages, and the names of concepts.

Two tables. DEMANDED has what a thing is called wherever an English message names it; REFUSED has
what is not said at all, and why. A new message keeps to them, or brings a reason to change them:
nobody who reads a page knows that two words on it mean one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from library.vocabularies import Vocabularies
from tests.needs import ROOT

LANGUAGES = ("es", "pt", "fr", "hi", "ar")
VALUE = re.compile(r"%\(\w+\)s|\{\w+\}")

# The English of a message (a pattern) → what its translations hold, in the order of LANGUAGES.
# Not meant: `library backup` and the like, and the words that a table has in quotation marks.
DEMANDED = {
    r"background process(?:es)?": (
        r"procesos? en segundo plano", r"processos? em segundo plano",
        r"programmes? d’arrière-plan", r"पीछे चलने वाल", r"(?:برنامج|برامج|برنامجا) (?:ال)?معالجة",
    ),
    r"resources?": (r"recurso", r"recurso", r"ressource", r"संसाधन", r"مورد|موارد"),
    r"(?<!“)editions?": (r"edici[oó]n", r"ediç", r"édition", r"संस्करण", r"طبع"),
    r"collections?": (r"colecci[oó]n", r"coleç", r"sélection", r"संग्रह", r"مجموع"),
    r"series": (r"serie", r"série", r"série", r"शृंखला", r"سلسلة|سلاسل"),
    r"(?<!skos:)concepts?": (r"concepto", r"conceito", r"concept", r"अवधारणा", r"مفهوم|مفاهيم"),
    r"broader": (r"superior", r"superior", r"plus général", r"व्यापक", r"أوسع"),
    r"filter(?:s|ed)?": (r"filtr", r"filtr", r"filtr", r"फ़िल्टर", r"تصفية|صفِّ|يصفّي|مصفّاة"),
    r"(?<!library )backups?": (r"copia", r"cópia", r"sauvegarde", r"बैकअप", r"احتياطي"),
    r"spreadsheet": (
        r"hojas? de cálculo", r"planilha", r"tableur|feuille de calcul", r"स्प्रेडशीट",
        r"جدولَ? بيانات|برنامج جداول|جدول البيانات",
    ),
    r"(?<!folder/)catalogue": (r"catálogo", r"catálogo", r"catalogue", r"कैटलॉग", r"فهرس"),
    r"columns?": (r"columna", r"coluna", r"colonne", r"कॉलम", r"عمود|أعمدة"),
    r"staff": (
        r"equipo|administrar", r"equipe|administração", r"équipe|administrer", r"स्टाफ़", r"فريق",
    ),
    r"guess(?:es|ed)?": (r"dedu[cj]", r"deduz", r"suppos", r"अनुमान", r"تخمين|خُمّن|يُخمَّن"),
    r"toolkits": (
        r"cajas de herramientas", r"caixas de ferramentas", r"boîtes à outils", r"टूलकिट",
        r"أدوات عملية|الأدلة",
    ),
    r"download": (r"desc[aá]rg", r"baix", r"télécharg", r"डाउनलोड", r"نزّل|تنزيل"),
    r"identifiers?": (r"identificador", r"identificador", r"identifiant", r"आईडी", r"معرّف"),
    r"retired?": (r"retir", r"retir", r"retir", r"चलन", r"الاستعمال"),
}  # fmt: skip

# What a language does not say: a pattern → why. Messages only, unless it stands under "labels".
REFUSED = {
    "es": {
        r"\bpersonal\b": "staff is «equipo»",
        r"\blector(?:es)?\b": "readers are «el público», «quien lee»",
        r"\bmesa\b|\bescritorio\b": "the desk is «área del equipo»",
        r"\bordenador": "said in Spain only: «computadora»",
        r"\bproceso de trabajo": "the labour process",
        r"\bmeter\b|\bsacar\b": "«incluir» and «quitar»",
        r"\bacot": "to filter is «filtrar»",
        r"\b(?:tú|tus?|tienes|puedes)\b": "people are «usted»",
        r"“|”": "quotation marks are « »",
    },
    "pt": {
        r"\b[Ff]icheiro": "a file is «arquivo»",
        r"\bequipa\b": "staff is «equipe»",
        r"\bs[ií]tios?\b": "a farm in Brazil: «site»",
        r"\bpalavra-passe": "«senha»",
        r"\bdescarreg": "to download is «baixar»",
        r"\bleitor(?:es)?\b": "readers are «o público», «quem lê»",
        r"\blínguas?\b": "a language is «idioma»",
        r"\b[Nn]outr[oa]s?\b": "not said in Brazil: «em outro»",
        r"\b\w+-(?:se|lo|la|me)-(?:ia|iam|á|ão)\b": "no mesoclisis",
        r"\b[Ee]stá a \w+r\b": "«está sendo», «está lendo»",
        r"\betiqueta": "a label is «rótulo»",
        r"\badivinh|\bsupost": "a guess is «deduzido»",
        r"\bmesa\b": "the desk is «área da equipe»",
        r"\b(?:de|[ad]a|uma|sua) procura\b": "demand; as a noun a search is «busca»",
    },
    "fr": {
        r"\bbureau\b": "an executive committee, or an office: «espace de l’équipe»",
        r"\bcollections?\b": "a collection is «sélection»; a series is «série»",
        r"\bpersonnel\b": "staff is «équipe»",
        r"\bdevin": "a guess is «supposition»",
        r"processus de travail": "the labour process",
        r"\bsujets\b": "topics are «thèmes»",
        r"\bétat diff": "a status is «statut»",
        r"'": "the apostrophe is ’",
    },
    "hi": {
        r"पृष्ठ": "a page is पन्ना",
        r"(?<![\u0900-\u097F])कृति": "a work is रचना",
        r"कर्मचारी": "staff is स्टाफ़; कर्मचारी are whom documents are about",
        r"सूचकांक": "a price index: इंडेक्स",
        r"स्तंभ|कोष्ठ(?!क)": "a column is कॉलम, a cell सेल",
        r"मोलभाव": "haggling",
        r"कार्य-प्रक्रिया": "a background process is पीछे चलने वाला प्रोग्राम",
        r"निर्यात|आयात": "एक्सपोर्ट, इंपोर्ट",
        r"(?<![\u0900-\u097F])(?:गलत|गलती|खाली|तारीख|तरीके|तरीका|बाकी|खराब|गायब|कानून|खत्म)"
        r"(?![\u0900-\u097F\u093c])": "nuktas are written",
    },
    "ar": {
        r"العاملون(?! ?في| من)|العاملين(?! في| من)": "staff is فريق",
        r"(?<!\w)(?:ال)?مادة(?!\w)": "a resource is مورد",
        r"حظر النشر|محظور": "an embargo is تأجيل النشر",
        r"تضييق|يضيّق": "repression; to filter is تصفية",
        r"متقاعد": "a pensioner; a retired concept is خارج الاستعمال",
        r"المثقف": "intellectuals",
        r"تغذية": "nutrition; a feed is خلاصة",
        r"إنسان": "nothing needs a human: يحتاج إلى تدقيق",
        r"“|”": "quotation marks are « »",
    },
}  # fmt: skip

# Names of concepts that are shown: what they do not say.
REFUSED_IN_LABELS = {
    "es": {r"\bConoce tus\b": "usted"},
    "pt": {r"\bpessoas trabalhadoras\b": "not said in Brazil", r"\bdemandas\b": "reivindicações"},
    "fr": {r"'": "the apostrophe is ’", r"\binformels\b": "people are not"},
    "hi": {r"श्रमिक": "कामगार or मज़दूर", r"संक्षेप": "नोट", r"(?<!\S)कानून": "क़ानून"},
    "ar": {r"غير المنظمين": "not in a union", r"وقائع": "a fact sheet is ورقة حقائق"},
}
SPACE_BEFORE = re.compile(r"[ ](?:[:;!?»])|[«][ ]|(?<=\w)[»;!?]")
"""French: a no-break space before these signs and after «; a break may not part them."""


def messages(language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    path = ROOT / "locales" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                said = message.string if isinstance(message.string, tuple) else (message.string,)
                yield (message.id if isinstance(message.id, str) else message.id[0]), said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("thing", DEMANDED)
def test_a_thing_has_one_name(thing: str, language: str) -> None:
    named = re.compile(rf"(?<![\w`.-])(?:{thing})(?![\w.-]\w|[\w”])", re.IGNORECASE)
    wanted = re.compile(DEMANDED[thing][LANGUAGES.index(language)], re.IGNORECASE)
    other = [
        (english, said)
        for english, said in messages(language)
        if named.search(VALUE.sub(" ", english)) and not any(map(wanted.search, said))
    ]
    assert other == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_language_does_not_say_is_not_said(language: str) -> None:
    found = [
        (pattern, why, text)
        for pattern, why in REFUSED[language].items()
        for _, said in messages(language)
        for text in said
        if re.search(pattern, VALUE.sub(" ", text))
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_concepts_do_not_say_it_either(language: str) -> None:
    schemes = Vocabularies.load(("en", *LANGUAGES)).schemes.values()
    shown = [
        concept.preferred[language]
        for scheme in schemes
        for concept in scheme.concepts.values()
        if language in concept.preferred
    ]
    assert len(shown) > 100
    found = [
        (pattern, why, label)
        for pattern, why in REFUSED_IN_LABELS[language].items()
        for label in shown
        if re.search(pattern, label)
    ]
    assert found == []


def test_french_signs_are_not_parted_from_their_words() -> None:
    for _, said in messages("fr"):
        for text in said:
            assert not SPACE_BEFORE.search(VALUE.sub("x", text)), text


def test_arabic_says_small_numbers_in_words_and_others_in_the_right_case() -> None:
    plurals = [said for _, said in messages("ar") if len(said) > 1]
    assert len(plurals) > 20
    for said in plurals:
        assert len(said) == 6
        assert all("%(number)s" in form for form in said[3:]), said
        assert not any("(%(number)s)" in form for form in said[:3]) or len(set(said)) == 1, said
