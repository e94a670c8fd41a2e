"""The form of a concept: read into a concept, and a concept made into it.

Each field carries a checksum of what it held: one that comes back as it was is no word of whoever
sent it, and stays as somebody else may have changed it meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from library.vocabularies import Concept, Scheme
from library.vocabularies.rules import LANGUAGE, clean
from library.web.i18n import direction, own_name
from library.web.staff import concept_labels
from library.web.staff.desk import Desk
from library.web.staff.viewmodels import Option
from library.web.staff.vocabularies.viewmodels import ConceptForm, LabelField, LanguageFields

TEXTS = ("preferred", "definition")
LISTS = ("alternative", "hidden", "weak")
ORDER = ("preferred", "alternative", "hidden", "weak", "definition")


def written(desk: Desk, concept: Concept) -> Concept:
    """The concept as a form says; fields that were not touched, or not sent, stay as they are."""
    spoken = [to for to in dict.fromkeys(desk.every("language")) if LANGUAGE.fullmatch(to)]
    made: dict[str, Any] = {}
    for name in TEXTS:
        mine = [to for to in spoken if _touched(desk, f"{name}.{to}")]
        texts = {to: text for to, text in getattr(concept, name).items() if to not in mine}
        texts |= {to: text for to in mine if (text := clean(desk.one(f"{name}.{to}")))}
        made[name] = _in_order(texts, getattr(concept, name))
    for name in LISTS:
        mine = [to for to in spoken if _touched(desk, f"{name}.{to}")]
        lists = {to: texts for to, texts in getattr(concept, name).items() if to not in mine}
        for to in mine:
            lines = desk.one(f"{name}.{to}").splitlines()
            if labels := tuple(dict.fromkeys(filter(None, map(clean, lines)))):
                lists[to] = labels
        made[name] = _in_order(lists, getattr(concept, name))
    if concept.scheme != "place":
        if _touched(desk, "broader"):
            made["broader"] = desk.one("broader")
        if _touched(desk, "notation"):
            made["notation"] = clean(desk.one("notation"))[:60]
    return replace(concept, **made)


def silent(desk: Desk, now: bool) -> bool:
    """Whether a form says that a concept is never guessed."""
    return bool(desk.one("silent")) if _touched(desk, "silent") else now


def _touched(desk: Desk, name: str) -> bool:
    return desk.one(f"was.{name}") != _sum(desk.one(name))


def _sum(text: str) -> str:
    """Of what a field holds; browsers end lines in their own way."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()[:12]


def form(
    desk: Desk,
    scheme: Scheme,
    concept: Concept,
    *,
    now: Concept | None = None,
    action: str,
    version: str = "",
    silent: bool = False,
    new: bool = False,
    more: str = "",
    touches: tuple[str, ...] = (),
) -> ConceptForm:
    """now: the concept as it is, where the form holds more. more: one more language to write in."""
    shown = now or Concept("", concept.scheme, {})
    mine = desk.interface.language
    has = (*concept.preferred, *concept.alternative, *concept.hidden, *concept.definition)
    sent = [to for to in desk.every("language") if LANGUAGE.fullmatch(to)]
    added = [more] if LANGUAGE.fullmatch(more) else []
    languages = dict.fromkeys((*desk.site.settings.languages, *sorted(has), *sent, *added))
    return ConceptForm(
        action=action,
        version=version,
        id=desk.one("id") if new else None,
        languages=tuple(
            _language(concept, shown, to, opened=to in (mine, more) or (new and to == "en"))
            for to in languages
        ),
        broader=() if concept.scheme == "place" else _broader(desk, scheme, concept),
        notation=concept.notation,
        silent=silent,
        touches=touches,
        was=(
            ("was.broader", _sum(shown.broader)),
            ("was.notation", _sum(shown.notation)),
            ("was.silent", _sum("1" if shown.id in scheme.silent else "")),
        ),
    )


def _values(concept: Concept, language: str) -> Mapping[str, str]:
    return {
        **{name: getattr(concept, name).get(language, "") for name in TEXTS},
        **{name: "\n".join(getattr(concept, name).get(language, ())) for name in LISTS},
    }


def _language(concept: Concept, now: Concept, language: str, *, opened: bool) -> LanguageFields:
    values, before = _values(concept, language), _values(now, language)
    return LanguageFields(
        language=language,
        direction=direction(language),
        name=own_name(language),
        told=values["preferred"],
        open=opened,
        fields=tuple(
            LabelField(
                f"{name}.{language}",
                name,
                values[name],
                name == "preferred",
                (f"was.{name}.{language}", _sum(before[name])),
            )
            for name in ORDER
        ),
    )


def said(desk: Desk, made: ConceptForm) -> ConceptForm:
    """The form with its fields called as people call them."""
    return replace(
        made,
        languages=tuple(
            replace(
                language_fields,
                told=language_fields.told or desk.interface.say("no name yet"),
                fields=tuple(
                    replace(
                        label_field, label=concept_labels.kind(label_field.label, desk.interface)
                    )
                    for label_field in language_fields.fields
                ),
            )
            for language_fields in made.languages
        ),
    )


def _broader(desk: Desk, scheme: Scheme, concept: Concept) -> tuple[Option, ...]:
    """Everything but the concept itself and what stands below it."""
    below = {concept.id}
    for id_ in scheme.concepts:
        above, seen = id_, set()
        while above and above in scheme.concepts and above not in seen:
            seen.add(above)
            above = scheme.concepts[above].broader
        if concept.id in seen:
            below.add(id_)
    options = [
        Option(id_, desk.visit.label(scheme.name, id_), id_ == concept.broader)
        for id_ in scheme.concepts
        if id_ not in below
    ]
    first = Option("", "–", not concept.broader)
    return (first, *sorted(options, key=lambda option: option.label.casefold()))


def _in_order(made: Mapping[str, object], before: Mapping[str, object]) -> Mapping[str, object]:
    return {to: made[to] for to in (*(id_ for id_ in before if id_ in made), *made)}
