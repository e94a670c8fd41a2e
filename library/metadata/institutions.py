"""Lines that name who issued a document, not what it is called."""

from __future__ import annotations

import re

from library.metadata.text_lines import SMALL, words_of

_BODY = (
    r"court|tribunal|commission|committee|ministry|ministries|department|secretariat|university|"
    r"confederation|federation|parliament|congress|assembly|senate|council|cabinet|institute|"
    r"organi[sz]ation|government|"
    r"united nations|naciones unidas|nations unies|na[cç][oõ]es unidas|"
    r"corte|tribunal|comisi[oó]n|comit[ée]|ministerio|departamento|secretar[ií]a|universidad|"
    r"confederaci[oó]n|federaci[oó]n|parlamento|congreso|asamblea|senado|consejo|instituto|organizaci[oó]n|"
    r"gobierno|jefatura|direcci[oó]n|"
    r"cour|commission|minist[èe]re|d[ée]partement|secr[ée]tariat|universit[ée]|conf[ée]d[ée]ration|"
    r"f[ée]d[ée]ration|conseil|institut|organisation|gouvernement|"
    r"comiss[aã]o|minist[ée]rio|secretaria|universidade|confedera[cç][aã]o|federa[cç][aã]o|"
    r"congresso|conselho|organiza[cç][aã]o|governo|prefeitura|"
    r"(?:rep[uú]blica|republic|r[ée]publique|reino|kingdom|royaume|estado)(?: \w+)?"
)
_NAMED = re.compile(
    rf"^(?:the |la |el |le |l['’]|a |o )?(?P<before>(?:[\w'’.-]+ ){{0,4}})(?:{_BODY})"
    r"(?: (?:of|on|for|de|del|des|du|da|do|dos|d['’]|to|interamerican[ao]|"
    r"general|générale?|geral|nacional|national|internacional|internationale?) ?.*)?$",
    re.IGNORECASE,
)
_ACT_OF = re.compile(
    r"^(?:[\w-]+ (?:of|de|del|du|do|da)(?: the| la| le| los)? )"
    r"(?:(?:vice-?)?president[ea]? (?:of|de|del|du|do|da)(?: the| la| le)? )?(?=\S)",
    re.IGNORECASE,
)
# What a body makes: with one of these words a line names the work as well.
_WORK = re.compile(
    r"\b(?:guide|guidelines?|manual|report|law|act|decree|order|judgment|opinion|toolkit|handbook|"
    r"resolution|regulations?|agreement|contract|statement|policy|position|strategy|plan|review|"
    r"declaration|convention|charter|code|study|survey|paper|brief|"
    r"gu[ií]a|informe|ley|decreto|orden|sentencia|voto|resoluci[oó]n|reglamento|convenio|contrato|"
    r"declaraci[oó]n|pol[ií]tica|plan|estudio|caso|medidas|"
    r"rapport|loi|d[ée]cret|arr[êe]t|r[èe]glement|convention|accord|d[ée]claration|[ée]tude|"
    r"relat[oó]rio|lei|decreto|senten[cç]a|resolu[cç][aã]o|regulamento|acordo|declara[cç][aã]o)\b",
    re.IGNORECASE,
)


def is_institution(line: str) -> bool:
    """Whether a line is the name of a court, a ministry, a federation or the like, and no more."""
    words = words_of(line)
    heavy = [word for word in words if word.casefold() not in SMALL]
    if not 2 <= len(heavy) <= 10 or len(line) > 110 or ":" in line or _WORK.search(line):
        return False
    if any(word[0].islower() and word.casefold() not in SMALL for word in words):
        return False  # a sentence
    match = _NAMED.match(line.strip(" .,*"))
    return match is not None and not any(
        word.casefold() in SMALL or not word[0].isalpha() or word.endswith(".")
        for word in match["before"].split()
    )


def names_work(line: str) -> bool:
    """Whether a line says what is made: a guide, a law, a report."""
    return _WORK.search(line) is not None


def act_of(line: str) -> str:
    """The institution in a line such as `Order of the Supreme Court`, "" in any other."""
    match = _ACT_OF.match(line)
    rest = line[match.end() :] if match else ""
    return rest if rest and is_institution(rest) else ""
