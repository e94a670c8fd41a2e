"""Style sheets as browsers of many years are sent them.

Ours are written in layers and in logical properties, by which Arabic mirrors by itself. A browser
of 2018 on a phone that is never brought up to date knows neither, and passes over the whole of a
rule of which it does not know one selector. So what is sent is the same in older words: the rules
in the order of their layers, physical properties wherever these say the same, a value it can read
before one that it may not, and every selector that may be strange to it in a rule of its own.
Comments and indentation are left out. A test holds that pages look the same by both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIZES = {
    f"{least}{axis}": f"{least}{physical}"
    for least in ("", "min-", "max-")
    for axis, physical in (("inline-size", "width"), ("block-size", "height"))
}
_BLOCK = {"start": "top", "end": "bottom"}
_INLINE = {"start": "left", "end": "right"}
_OTHER = {"left": "right", "right": "left"}
_LOGICAL = re.compile(r"(scroll-margin|margin|padding|inset)-(block|inline)(?:-(start|end))?")
_BORDER = re.compile(r"border-(block|inline)(?:-(start|end))?(-width|-style|-color)?")
_MATHS = re.compile(r"\b(min|max|clamp)\(")
_STRANGE = re.compile(r":has\(|:focus-visible|::?-\w")
_WITHOUT_GAPS = "@supports not (inset: 0)"  # of the same year
_SUPPORTED = "@supports (width: min(1px, 2px))"

Declaration = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands before a block, and in it: other rules, or declarations as they are written."""

    prelude: str
    rules: tuple[Rule, ...] = ()
    declarations: str = ""


def sent(sheet: str) -> str:
    """The sheet as it is sent. Raises ValueError for what cannot be said in older words."""
    rules = tuple(_read(_COMMENT.sub("", sheet)))
    order = next((one.prelude for one in rules if one.prelude.startswith("@layer ")), "@layer ")
    places = {name.strip(): n for n, name in enumerate(order.removeprefix("@layer ").split(","))}
    layered = [one for one in rules if not (one.prelude.startswith("@layer") and not one.rules)]
    layered.sort(
        key=lambda one: places.get(one.prelude.removeprefix("@layer").strip(), len(places))
    )
    return "".join(_said(one) for one in layered) + _apart(layered)


def _apart(rules: Iterable[Rule]) -> str:
    """What keeps the parts of a line from touching where only grids know gaps."""
    made = ""
    for rule in _flat(rules):
        written = dict(_declared(rule))
        gap = written.get("column-gap") or _parted(written.get("gap", ""), " ")[-1]
        if gap and written.get("display", "").endswith("flex"):
            selectors = [f"{one} > *" for one in _selectors(rule)]
            made += _rules(selectors, list(_older("margin-inline-end", gap, [])))
    return f"{_WITHOUT_GAPS}{{{made}}}" if made else ""


def _flat(rules: Iterable[Rule]) -> Iterator[Rule]:
    for rule in rules:
        if rule.rules and not rule.prelude.startswith("@media print"):
            yield from _flat(rule.rules)
        elif not rule.prelude.startswith("@"):
            yield rule


def _read(text: str) -> Iterator[Rule]:
    """The rules of a text, in its order."""
    place = 0
    while place < len(text):
        ends = re.compile(r"[{;]").search(text, place)
        if ends is None:
            if text[place:].strip():
                raise ValueError(f"a rule without a block: {text[place:].strip()[:60]}")
            return
        prelude = " ".join(text[place : ends.start()].split())
        if ends.group() == ";":
            yield Rule(prelude)
            place = ends.end()
            continue
        close = _closing(text, ends.start(), "{", "}")
        inside = text[ends.end() : close]
        if prelude.startswith(("@media", "@supports", "@layer")):
            yield Rule(prelude, tuple(_read(inside)))
        else:
            yield Rule(prelude, (), " ".join(inside.split()))
        place = close + 1


def _closing(text: str, start: int, opens: str, closes: str) -> int:
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == opens) - (text[place] == closes)
        if not depth:
            return place
    raise ValueError(f"never closed: {text[start : start + 60]}")


def _said(rule: Rule) -> str:
    if rule.prelude.startswith("@layer"):
        return "".join(_said(one) for one in rule.rules)
    if rule.rules:
        return f"{rule.prelude}{{{''.join(_said(one) for one in rule.rules)}}}"
    if rule.prelude.startswith("@"):
        return f"{rule.prelude}{{{rule.declarations}}}"
    selectors = _selectors(rule)
    here: list[Declaration] = []
    mirrored: list[Declaration] = []
    reckoned: list[Declaration] = []
    for name, value in _declared(rule):
        for older in _older(name, value, mirrored):
            if older[0].startswith("--") and _MATHS.search(older[1]):
                here.append((older[0], _plain(older[1])))
                reckoned.append(older)
            else:
                if (plain := _plain(older[1])) != older[1]:
                    here.append((older[0], plain))
                here.append(older)
    made = _rules(selectors, here)
    if reckoned:
        made += f"{_SUPPORTED}{{{_rules(selectors, reckoned)}}}"
    if mirrored:
        made += _rules([f'[dir="rtl"] {one}' for one in selectors], mirrored)
    return made


def _selectors(rule: Rule) -> list[str]:
    return [flat for one in _parted(rule.prelude, ",") for flat in _without_is(one.strip())]


def _declared(rule: Rule) -> Iterator[Declaration]:
    for written in _parted(rule.declarations, ";"):
        if written.strip():
            name, _, value = written.partition(":")
            yield name.strip(), value.strip()


def _rules(selectors: list[str], declarations: list[Declaration]) -> str:
    """One rule for the selectors that every browser knows, and one for each of the others."""
    block = f"{{{';'.join(f'{name}:{value}' for name, value in declarations)}}}"
    known = [one for one in selectors if not _STRANGE.search(one)]
    strange = [one for one in selectors if _STRANGE.search(one)]
    return "".join(f"{one}{block}" for one in (*([",".join(known)] * bool(known)), *strange))


def _parted(text: str, by: str) -> list[str]:
    """The text parted by a sign, but not within brackets or quotation marks."""
    parts, depth, quoted = [""], 0, ""
    for sign in text:
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "\"'":
            quoted = sign
        depth += (sign in "([") - (sign in ")]") if not quoted else 0
        if sign == by and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _without_is(selector: str) -> list[str]:
    """A selector once for each way that its `:is()` may be read."""
    found = re.search(r"(?<![\w-]):is\(|(?<=[\w\])]):is\(", selector)
    if found is None:
        return [selector]
    if selector.count("(", 0, found.start()) != selector.count(")", 0, found.start()):
        raise ValueError(f":is() inside other brackets: {selector}")
    close = _closing(selector, found.end() - 1, "(", ")")
    before, after = selector[: found.start()], selector[close + 1 :]
    made: list[str] = []
    for one in _parted(selector[found.end() : close], ","):
        part = one.strip()
        if before and before[-1] not in " >+~" and part[0] not in ".#[:":
            raise ValueError(f"a name after another: {selector}")
        made += _without_is(before + part + after)
    return made


def _older(name: str, value: str, mirrored: list[Declaration]) -> Iterator[Declaration]:
    """A declaration as older browsers know it. mirrored: what is to be said where a page goes from
    right to left is added to it."""
    if name in _SIZES:
        yield _SIZES[name], value
    elif found := _LOGICAL.fullmatch(name):
        of, axis, end = found.groups()
        both = _parted(value, " ")
        ends = {end: value} if end else {"start": both[0], "end": both[-1]}
        yield from _ends(of, axis, ends, mirrored)
    elif found := _BORDER.fullmatch(name):
        axis, end, part = found.groups()
        for one in (end,) if end else ("start", "end"):
            if axis == "block":
                yield f"border-{_BLOCK[one]}{part or ''}", value
            elif end:
                yield f"-webkit-border-{one}{part or ''}", value
                yield f"border-inline-{one}{part or ''}", value
            else:
                yield f"border-{_INLINE[one]}{part or ''}", value
    elif name == "float" and value.startswith("inline-"):
        side = _INLINE[value.removeprefix("inline-")]
        yield name, side
        mirrored.append((name, _OTHER[side]))
    elif name == "gap":
        yield "grid-gap", value
        yield name, value
    elif name == "appearance":
        yield f"-webkit-{name}", value
        yield name, value
    elif (name, value) == ("overflow-wrap", "anywhere"):
        yield name, "break-word"
        yield name, value
    else:
        yield name, value


def _ends(
    of: str, axis: str, ends: dict[str, str], mirrored: list[Declaration]
) -> Iterator[Declaration]:
    start = "" if of == "inset" else f"{of}-"
    if axis == "block" or (len(ends) == 2 and ends["start"] == ends["end"]):
        names = _BLOCK if axis == "block" else _INLINE
        yield from ((f"{start}{names[end]}", value) for end, value in ends.items())
    elif of == "inset":
        for end, value in ends.items():
            side = _INLINE[end]
            yield side, value
            mirrored += [(side, "auto"), (_OTHER[side], value)]
    else:
        for end, value in ends.items():
            yield f"-webkit-{of}-{end}", value
            yield f"{of}-inline-{end}", value


def _plain(value: str) -> str:
    """The value with the first of what `min`, `max` or `clamp` choose from."""
    while found := _MATHS.search(value):
        close = _closing(value, found.end() - 1, "(", ")")
        first = _parted(value[found.end() : close], ",")[0].strip()
        value = value[: found.start()] + first + value[close + 1 :]
    return value
