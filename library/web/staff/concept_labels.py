"""How the desk speaks of concepts: what they are called, what changed of them, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from library.core.resource import JSON
from library.vocabularies.records import record_of
from library.vocabularies.rules import LONGEST, Broken
from library.web import labels
from library.web.i18n import Interface, own_name
from library.web.site import Visit
from library.web.staff.viewmodels import NOTHING, Difference

MOST = 60  # differences shown of one change
_KINDS = ("preferred", "alternative", "hidden", "weak", "definition")


def called(visit: Visit, name: str) -> str:
    """`topic/law` as people say it."""
    facet, _, id_ = name.partition("/")
    return visit.interface.pair(labels.facet_name(facet, visit.interface), visit.label(facet, id_))


def schemes(visit: Visit, names: str) -> str:
    return visit.interface.listed(
        labels.facet_name(facet, visit.interface) for facet in names.split()
    )


def kind(name: str, interface: Interface) -> str:
    """What one field of a concept is called."""
    say = interface.say
    return {
        "preferred": say("Name shown"),
        "alternative": say("Also said"),
        "hidden": say("Hidden: finds, and is never shown"),
        "weak": say("Of these, says little alone"),
        "definition": say("Definition"),
        "broader": say("Broader concept"),
        "notation": say("Code"),
        "matches": say("The same elsewhere"),
        "silent": say("Never guessed from words of documents"),
        "retired": say("Retired"),
        "merged": say("Merged into"),
        "position": say("Place in the list"),
        "ignored": say("Phrases passed over"),
    }[name]


def differences(visit: Visit, before: JSON, after: JSON) -> tuple[Difference, ...]:
    """What changed of each concept, label by label."""
    made = list(_differences(visit, before["concepts"], after["concepts"]))
    more = len(made) - MOST
    if more > 0:
        rest = visit.interface.plural("and %(number)s more", "and %(number)s more", more)
        made = [*made[:MOST], Difference("…", "", rest)]
    return tuple(made)


def _differences(
    visit: Visit, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    several = len(after) > 1
    files = visit.site.vocabularies.files
    for name in after:
        facet, _, id_ = name.partition("/")
        # None: as the file says, or not there at all
        of_file = record_of(files.schemes[facet], id_)
        was = _flat(of_file if before.get(name) is None else before[name])
        now = _flat(of_file if after[name] is None else after[name])
        for key in sorted({*was, *now}, key=lambda pair: (_place(pair[0]), pair[1])):
            if was.get(key) == now.get(key):
                continue
            field, language = key
            label = kind(field, visit.interface)
            label = f"{own_name(language)} · {label}" if language else label
            if several and id_:
                label = f"{visit.label(facet, id_)} · {label}"
            old, new = _apart(was.get(key), now.get(key))
            yield Difference(
                label, _value(visit, facet, field, old), _value(visit, facet, field, new)
            )


def _apart(old: Any, new: Any) -> tuple[Any, Any]:
    """Of two lists, what only one has: which labels went, and which came."""
    if not isinstance(old or [], list) or not isinstance(new or [], list):
        return old, new
    gone = [value for value in old or [] if value not in (new or [])]
    come = [value for value in new or [] if value not in (old or [])]
    return (gone, come) if gone or come else (old, new)


def _flat(record: JSON) -> dict[tuple[str, str], Any]:
    """(field, language) → value."""
    parts: dict[tuple[str, str], Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            parts |= {(name, language): part for language, part in value.items()}
        else:
            parts[name, ""] = value
    return parts


def _place(field: str) -> int:
    return _KINDS.index(field) if field in _KINDS else len(_KINDS)


def _value(visit: Visit, facet: str, field: str, value: Any) -> str:
    say = visit.interface.say
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, list):
        return "; ".join(value)
    if field in ("broader", "merged"):
        return visit.label(facet, str(value))
    if field == "retired":
        return say("kept by resources") if value == "kept" else say("taken off resources")
    return say("yes") if value is True else str(value)


def broken(visit: Visit, facet: str, wrong: Broken) -> str:
    """The rule that was broken, in the language of whoever broke it."""
    say = visit.interface.say
    language = own_name(wrong.language) if wrong.language else ""
    label, other = wrong.label, visit.label(facet, wrong.other) if wrong.other else ""
    return {
        "id": say("An identifier may have only small letters a to z, digits and hyphens."),
        "id taken": say("There is a concept of this identifier already, or there was one."),
        "no label": say("A concept needs a name in some language."),
        "language": say("“%(value)s” is no code of a language.", value=wrong.language),
        "long": say("“%(value)s” is too long: %(number)s characters are enough.",
                    value=label, number=LONGEST),
        "many": say("These are too many labels in one language (%(language)s).", language=language),
        "twice": say("“%(value)s” (%(language)s) stands twice; keep it once.",
                     value=label, language=language),
        "preferred taken": say(
            "“%(value)s” (%(language)s) is the name of “%(other)s” already: say it otherwise, "
            "or merge the two.", value=label, language=language, other=other),
        "weak": say("“%(value)s” (%(language)s) says little alone, and stands in no other field.",
                    value=label, language=language),
        "broader unknown": say("The broader concept you chose does not exist."),
        "circle": say("A concept cannot be broader than itself."),
        "itself": say("Choose another concept."),
    }[wrong.what]  # fmt: skip
