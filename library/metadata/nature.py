"""The kind, audience and use of a document, weighed from measures by coefficients.

The coefficients stand in nature.json, made by `scripts/train-nature`; nature.md says from what
and how well. A kind is one of many (softmax), audiences and uses are told one by one (logistic).
What reaches its field's threshold was right in 85 of 100 documents of publishers that the
coefficients had never seen; the rest are suggestions that staff see and readers do not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from library.core.resource import Evidence, Statement
from library.metadata.cues import Measures

FACETS = ("kind", "audience", "use")
SUGGESTED = 0.12  # of certainty, below which a value is not worth a look of staff
# A title may speak of posters, hotlines, newsletters or models and be none: where the kind's name
# or its cue stands in it, readers are told of these kinds only if a measure of their shape says so.
SHAPES: Mapping[str, tuple[str, ...]] = {
    "leaflet": ("printed",),
    "news": ("dateline", "dated"),
    "model-document": ("blanks", "articles", "constitution.body"),
}
# Any short text could stand on a page of a site: readers are told so of what looks like one.
PAGE = "web-page"
PAGED = ("web", "posted")
TITLES = {"leaflet": "leaflet.title", "news": "news.title", "model-document": "form.title"}
SESSION = "session-plan"
# Words of sessions stand in lists of exercises and in advice too. A plan has times or parts, or
# is the cover of one, or calls itself so and does not announce or offer a training.
SESSION_SHAPES = ("lasts", "agenda", "timed", "held")
SESSION_NAMES = ("itself.title", "use:session-plan.title")
ABOUT_SESSIONS = ("guide.title", "toolkit.title")  # "Workshop Planning Guide" is no plan of one
ITSELF = ("itself.opening", "itself.body")
SOME_MINUTES = 0.7  # of `minutes`: one line gives some
OFFERED = ("event.title", "event.opening")
ACTIVITY, FORM = "activity", "form"  # a plan has a checklist for who leads it, and is no form
# A game or exercise is done by people, in a group or by steps: "The Game Workers' Union" is none.
DONE = ("groupwork.body", "groupwork.headings", "participant.body", "participant.headings", "plan",
        "numbered", "steps", "timed", "lasts", "facilitator.body")  # fmt: skip
OWN = ("activity.title", "activity.named", "play.title")
# "You" in what facilitators read aloud are those before them, who do not read it.
EDUCATORS, MEMBERS = "educators", "members"
TOLD = ("told_members.title", "told_members.named", "told_members.opening", "to_members.title")
# Who would hold a session, or take part: a sum of minutes in a guide to wages has none of them.
LED = ("facilitator", "participant", "groupwork", "session", "course", "itself", "materials",
       "for_educators", "aims")  # fmt: skip
# Whom a text names in passing need not be whom it is for: of these its title, its first pages or
# the file's name say so.
ADDRESSED = ("organisers", "leaders", "officials")
# People come together in a plan, or it has its parts: "duration" and aims stand in lessons to be
# read alone too, and hours in terms for complaints.
TOGETHER = ("facilitator", "participant", "groupwork", "for_educators")
PARTED = 1.0  # of `plan`, from which a text has the parts of one
# Members are of a union or cooperative: a choir, a parish and a program have some too, and their
# "you" is anybody; a letter is for whom it greets. Of 15 words of work in 1,000.
WORKING = 0.25
# A course is named as one, or has people who teach and learn in it: a recipe has materials, steps
# and minutes, a program has modules and a time that its installing takes.
TRAINING, TOOLKIT = "training-manual", "toolkit"
TAUGHT = ("facilitator", "participant", "groupwork", "session", "course", "for_educators", "itself",
          "activity")  # fmt: skip
FAMILIES = 2  # of these cues, that say it together
NAMED = ("title", "named", "opening", "headings")
# A page that sells a course is for who buys it.
SOLD = 0.4
RESEARCHERS = "researchers"
# A study lists its works or its figures, or is called one; or it cites nearly everywhere.
STUDIES = ("captions", "bibliography")
STUDIED = ("research", "report", "paper", "for_researchers", "told_researchers")
CITED = 1.9
DEMANDS = "demands"
# A demand is somebody's: "we", a letter, a declaration; who recommends or reports one has none.
MADE = ("declaration", "proposal", "testimony", "letter", "to_officials")
MOST = 3  # audiences or uses that are shown, and that are suggested beside them


@dataclass(frozen=True, slots=True)
class Facet:
    """Of each value its weights (measure → weight, "" for the constant), and when it is shown."""

    weights: Mapping[str, Mapping[str, float]]
    threshold: float
    own: Mapping[str, float]  # thresholds of values that were seen often enough to have one

    def shown(self, value: str) -> float:
        return self.own.get(value, self.threshold)


Coefficients = Mapping[str, Facet]


@cache
def shipped() -> Coefficients:
    content = json.loads((Path(__file__).parent / "nature.json").read_text("utf-8"))
    return {
        facet: Facet(coefficients["weights"], coefficients["threshold"], coefficients["thresholds"])
        for facet, coefficients in content["facets"].items()
    }


def read(
    measures: Measures, coefficients: Coefficients, *, shown: bool = True
) -> Iterator[Statement]:
    """What is certain enough for readers, and below it what staff are to look at.

    shown: whether anything may be certain enough; not in a language whose cues are unknown.
    """
    for facet in FACETS:
        of = coefficients[facet]
        certain = certainties(facet, of, measures.values)
        ranked = sorted(certain, key=lambda value: (-certain[value], value))
        told = [value for value in ranked if _evidence(value, measures, of)]
        kept = chosen(facet, certain, of, measures.values) if shown else []
        kept = [value for value in kept if value in told]
        if kept:
            least = min((certain[v] - of.shown(v)) / (1.001 - of.shown(v)) for v in kept)
            yield _statement(facet, kept, measures, of, 0.5 + 0.35 * max(0.0, least))
        # Without words that staff could look at there is nothing to suggest.
        for value in [v for v in told if v not in kept and certain[v] >= SUGGESTED][:MOST]:
            # Below what is believed, in the order of certainty.
            sure = min(0.29, 0.29 * certain[value] / max(of.shown(value), 0.01))
            yield _statement(facet, [value], measures, of, sure)


def chosen(
    facet: str, certain: Mapping[str, float], of: Facet, values: Mapping[str, float]
) -> list[str]:
    """The values that are shown to readers, the surest first."""
    ranked = sorted(certain, key=lambda value: (-certain[value], value))
    kept = [value for value in ranked if certain[value] >= of.shown(value)]
    session = facet == "use" and SESSION in kept and is_session(values)
    if facet == "audience" and EDUCATORS in kept and not any(values.get(name) for name in TOLD):
        kept = [value for value in kept if value != MEMBERS]
    if facet == "kind":
        kept = kept[:1]
    return [value for value in kept if allowed(facet, value, values, session=session)][:MOST]


def allowed(facet: str, value: str, values: Mapping[str, float], *, session: bool) -> bool:
    """Whether the measures of its shape allow a value that its words make likely.

    session: whether it is told to be a plan of a session.
    """
    if facet == "kind":
        return _has_shape(value, values) and _is_named(value, values)
    if facet == "use" and value == SESSION:
        return is_session(values)
    if facet == "audience":
        return _is_addressed(value, values)
    if facet == "use" and value == DEMANDS:
        return bool(values.get("first") or values.get("demands.title") or _any(MADE, values))
    if facet == "use" and value == FORM and session:
        return bool(values.get("form.title") or values.get("form.named"))
    return facet != "use" or value != ACTIVITY or _is_activity(values, session)


def certainties(facet: str, of: Facet, measures: Mapping[str, float]) -> dict[str, float]:
    """Value → 0 to 1; those of a kind add up to 1."""
    sums = {
        value: weights.get("", 0.0)
        + sum(weight * measures[name] for name, weight in weights.items() if name in measures)
        for value, weights in of.weights.items()
    }
    if facet != "kind":
        return {value: 1 / (1 + math.exp(-max(-30.0, min(30.0, x)))) for value, x in sums.items()}
    top = max(sums.values())
    parts = {value: math.exp(x - top) for value, x in sums.items()}
    whole = sum(parts.values())
    return {value: part / whole for value, part in parts.items()}


def _has_shape(kind: str, values: Mapping[str, float]) -> bool:
    """Whether it looks like the kind, if its title has the kind's name or cue."""
    if kind == PAGE:
        return any(values.get(name, 0.0) > 0 for name in PAGED)
    if kind not in SHAPES:
        return True
    if not (values.get(f"kind:{kind}.title") or values.get(TITLES[kind])):
        return True
    return any(values.get(name, 0.0) > 0 for name in SHAPES[kind])


def _is_named(kind: str, values: Mapping[str, float]) -> bool:
    """Whether it is called so, or has who belongs to it, of kinds whose words stand elsewhere."""
    called = any(values.get(f"kind:{kind}.{place}") for place in ("title", "line"))
    if kind == TOOLKIT:
        return called or any(values.get(f"toolkit.{place}") for place in NAMED)
    if kind != TRAINING or called:
        return True
    if is_sold(values):
        return False
    found = {name.partition(".")[0] for name, value in values.items() if value > 0 and "." in name}
    return len(found.intersection(TAUGHT)) >= FAMILIES


def is_sold(values: Mapping[str, float]) -> bool:
    """Whether it is a page of a shop."""
    return values.get("shop.body", 0.0) > SOLD


def _any(cues: Sequence[str], values: Mapping[str, float]) -> bool:
    """Whether one of the cues stands anywhere."""
    return any(value > 0 and name.partition(".")[0] in cues for name, value in values.items())


def _is_addressed(audience: str, values: Mapping[str, float]) -> bool:
    """Whether there is a second kind of evidence for readers that are likely."""
    if audience in ADDRESSED:
        called = (f"for_{audience}.title", f"for_{audience}.named", f"audience:{audience}.title",
                  f"audience:{audience}.line")  # fmt: skip
        named = any(values.get(name) for name in called)
        return named or _any((f"told_{audience}", f"to_{audience}"), values)
    if audience == MEMBERS:
        letter = values.get("letter.opening") and not any(values.get(name) for name in TOLD)
        return values.get("working", 0.0) >= WORKING and not letter
    if audience == EDUCATORS and is_sold(values):
        return False
    if audience == EDUCATORS:
        return _is_held(values) or bool(values.get("unit")) or _any(("to_educators",), values)
    if audience == RESEARCHERS:
        studied = (f"{cue}.{place}" for cue in STUDIED for place in ("title", "named"))
        shaped = any(values.get(name) for name in (*STUDIES, *studied))
        return shaped or values.get("cited", 0.0) >= CITED
    return True


def _is_held(values: Mapping[str, float]) -> bool:
    """Whether people come together in it, or it has the parts of a plan, or is called a session."""
    timed = values.get("timeless", 1.0) == 0
    parted = timed and (values.get("plan", 0.0) >= PARTED or values.get("session.title"))
    return bool(parted) or _any(TOGETHER, values)


def is_session(values: Mapping[str, float]) -> bool:
    """Whether measures of its shape allow that it is a plan of a session."""
    if values.get("form.title"):
        return False  # a template of plans, of notes on them, of what is asked after them
    timeless = values.get("timeless", 1.0) != 0
    timed = values.get("lasts") or values.get("minutes", 0.0) > SOME_MINUTES
    cover = not timeless and not timed and not values.get("articles")
    titled = any(values.get(name) for name in SESSION_NAMES)
    if cover or titled:
        return cover or not any(values.get(name) for name in OFFERED)
    about = values.get("session.title") and any(values.get(name) for name in ABOUT_SESSIONS)
    about = about or values.get("articles") or is_sold(values)  # an agreement gives hours too
    if about or timeless or not _is_held(values):
        return False
    shaped = values.get("plan", 0.0) >= 0.5 or any(values.get(name) for name in SESSION_SHAPES)
    led = any(name.partition(".")[0] in LED for name in values if "." in name)
    itself = any(values.get(name) for name in ITSELF)
    offered = any(values.get(name) for name in OFFERED)
    return bool((shaped and led) or (itself and not offered))


def _is_activity(values: Mapping[str, float], session: bool) -> bool:
    """Whether something is done there; a plan of a session is made of activities, and is one of
    its own only if its name speaks of games, role plays or exercises."""
    if session:
        return any(values.get(name) for name in OWN)
    return any(values.get(name, 0.0) > 0 for name in DONE)


def _statement(
    facet: str, values: Sequence[str], measures: Measures, of: Facet, sure: float
) -> Statement:
    evidence = [piece for value in values for piece in _evidence(value, measures, of)]
    kept = tuple(dict.fromkeys(evidence[: 3 * len(values)]))[:4]
    value = values[0] if facet == "kind" else tuple(values)
    return Statement(facet, value, "guess", kept, round(sure, 3))


def _evidence(value: str, measures: Measures, of: Facet) -> Sequence[Evidence]:
    """Where those words stand that weighed most."""
    weighed = {
        name: weight * measures.values[name]
        for name, weight in of.weights[value].items()
        if name in measures.shown_by and weight > 0
    }
    best = sorted(weighed, key=lambda name: (-weighed[name], name))
    return [measures.shown_by[name] for name in best[:2]]
