"""The one table every engine is built from: what is searched, what narrows, what weighs.

Beside each weight, here and in `answering` and `meaning`, stands what it rests on:

given       chosen on the first eleven collections of benchmarks/README.md together (adi,
            artigos-pt, cranfield, med, nfcorpus, npl, pira-pt; paragraphs in Arabic, English,
            Hindi, Spanish); none was kept back, so expect less of them elsewhere
literature  the usual value of the formula that is named
judged      what seemed right to us, measured on nothing
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION = 13
"""Raised whenever documents must be indexed anew to be found as this code expects."""


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of words. `weight` multiplies its part of the score; 1 is the body's."""

    name: str
    weight: float


FIELDS = (
    TextField("title", 3.0),  # given, as the others but headings; few of those have summaries
    TextField("headings", 3.0),  # from 2, 3 and 4 on the 151 questions of benchmarks/README.md
    TextField("summary", 1.5),
    TextField("author", 1.5),
    TextField("body", 1.0),
)


EXACT = 0.2
"""What a word printed as it was typed counts, beside what it counts in any form. Given."""

TYPED = 0.5
"""What it counts more for the writing that was typed, where the library has several and that one is
rarer. Chosen of 0.2 and 0.5 on a hundred questions each of adi, cranfield, med, lisa, time and the
Spanish, Hindi and Vietnamese paragraphs: lisa, time and Vietnamese gained 0.002 to 0.003, the
others nothing."""

ALIKE = 0.7
"""What words count that share most of their letters with one typed, as a share of it. Given."""

DENSEST = 0.6
"""What the stretch of a work that answers best counts, as a share of it and the whole work: that a
long book says every word somewhere is little evidence. Looked at with 1/3, 1/2 and 2/3 on 33 real
questions beside whole manuals, where more was better. Since what is compared is the body alone,
looked at again with 0.3 and 0.6 on half of CISI and of the news of 1963: 0.6 was better on both."""

MEANING = 1.0
"""What the closeness of a work to the question counts, learned from the library itself; 1 is the
score of the work that answers best by its words. Given."""

FEEDBACK = 0.6
"""What the words of the works that answer best count, when others say them too. Given."""

LIFT = 0.6
"""What a work gains, as a share of its score, that has a value which the question's words name: a
kind, a use, a group. Of a facet that narrows, what it gains where narrowing would leave nothing.
Chosen from 0.2, 0.4, 0.6, 0.8, 1 and 1.5 on 131 questions over 803 documents (the 33, the 78 and
20 new ones of benchmarks/README.md): mean reciprocal rank rises to 0.6 on all three, and falls from
1 on for the 33 and the 20. None of them was kept from whoever chose; 20 others were."""

DOUBT = 0.25
"""What a work whose words cannot be trusted at all loses of its score: of two that answer as well,
the one that was read well comes first. Judged."""

LABEL_WEIGHT = 2.0
"""What a label that answers for a word counts where the work says the word too, in words of the
body. Judged."""

FILED_WEIGHT = 0.1
"""What it counts where the work does not: less than one mention in all but the longest works.
Judged."""

NAME_WEIGHT = 0.8
"""What another name of the thing asked for counts, as a share of what it would count typed. Chosen
from 0.35, 0.5, 0.7, 0.8, 0.85, 0.9 and 1 on the 33 real questions, the 78 of our own and 40 fresh
ones in benchmarks/README.md, where 0.8 to 0.9 differ little; with more than 0.8 a short work that
says another name comes before a longer one that says the word. None of them was kept from whoever
chose."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow: one row is all that is declared of a facet, here and in `library`.

    operator: `all` where a work has many values and each choice narrows further; `any` where
    choices are alternatives. order: by `count`, by `label`, or as the vocabulary lists them
    (`scheme`). shown: how many values stand before the rest is folded away. nested: whether its
    values stand under those above them, as countries under their regions.

    filed: whether works are filed under its concepts, which stand in a vocabulary; the values of
    the others are read off a work's editions. single: whether a work has one value at most.
    about: whether its concepts say what a work is about: then its running text can suggest them,
    and works that share one are alike; else only its title can. names: which labels of a concept
    stand for each other when one is asked for: all (`same`), translations (`translated`), or none.
    related: how strongly a concept in common relates two works. head: whether the head of every
    page leads to it. shelf: whether the front page shows its fullest values. alphabetical: whether
    its browse page has the values by name. people: whether its concepts are people, whose hidden
    labels are never written, not even as a document has them. narrows: whether a value that the
    words of a question ask for leaves only works that have it, where there are any; the values of
    other facets lift.
    """

    name: str
    operator: Literal["all", "any"] = "all"
    order: Literal["count", "label", "scheme"] = "count"
    shown: int = 8
    nested: bool = False
    filed: bool = True
    single: bool = False
    about: bool = True
    names: Literal["same", "translated", ""] = ""
    related: float = 1.0
    head: bool = False
    shelf: bool = True
    alphabetical: bool = False
    people: bool = False
    narrows: bool = False


FACETS = (
    Facet("topic", names="translated", related=3.0, head=True),
    Facet("group", names="same", related=2.0, head=True, people=True),
    Facet("audience", "any", "scheme", about=False, related=0.5),
    Facet("use", "any", "scheme", about=False, names="translated"),
    Facet("time", "any", "scheme", about=False, related=0.0, shelf=False),
    Facet("size", "any", "scheme", about=False, related=0.0, shelf=False),
    Facet("needs", "all", "scheme", about=False, related=0.0, shelf=False),
    Facet("kind", "any", single=True, about=False, related=0.0, head=True),
    Facet("place", nested=True, names="same", head=True, shelf=False, alphabetical=True),
    Facet(
        "language",
        "any",
        filed=False,
        about=False,
        shelf=False,
        alphabetical=True,
        narrows=True,
    ),
)
"""In the order in which pages, forms and tables show them."""

FACET = {facet.name: facet for facet in FACETS}

FILED = tuple(facet.name for facet in FACETS if facet.filed)
"""The facets under whose concepts works are filed."""

ABOUT = tuple(facet.name for facet in FACETS if facet.about)
"""The facets that say what a work is about."""

YEAR = Facet("year", "any", "label", filed=False, about=False, shelf=False)
"""Narrows as a facet does, by years as text; a range of years is one more choice of it."""

NARROWING = {facet.name: facet for facet in (*FACETS, YEAR)}
"""All that a query's chosen and excluded values can be of."""

NOT_STATED = "none"
"""The value, of every facet and of the year, of works that have none there."""
