"""What a web page hides: by rules of its own style sheet, by type of no size or of its background.

Only rules of one class or identifier are followed (CSS Selectors 4, 6.6 and 6.7), and on pages with
scripts only for what its name says to be none of the text: what a script may open is seen. So is
most of a page, whatever a rule says.
"""

from __future__ import annotations

import re

from library.extractors.html_names import names
from library.extractors.html_tree import Node

COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z)")
SIMPLE = re.compile(r"([a-z][a-z0-9]{0,20})?([.#])([\w-]{1,80})", re.I)
UNSEEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
SHOWN = re.compile(r"(?:^|[;\s])(?:display|visibility)\s*:", re.I)
SCRIPT = re.compile(r"^\s*(?:$|module|(?:text|application)/(?:x-)?(?:java|ecma)script)", re.I)
NO_SIZE = re.compile(
    r"(?:^|[;\s])font-size\s*:\s*0(?:\.0{1,3})?(?:px|pt|em|rem|%)?\s*(?:;|!|$)", re.I
)
# Of no height, and what does not fit is cut off; or only for others than Word.
FLAT = re.compile(
    r"(?:^|[;\s])(?:max-)?height\s*:\s*0(?:px)?\s*;(?=[^<>]{0,300}?overflow\s*:\s*hidden)|mso-hide\s*:\s*all",
    re.I,
)
# What stands in a page for a while or in another's place: notices, forms' complaints, templates.
ASIDE = re.compile(
    r"(?:^|[\s_-])(?:template|modal|popup|toast|loading|loader|spinner|skeleton|placeholder"
    r"|error|success|warning|validation|alert|lightbox|no-?js|js-only|no-?script|honeypot|print-only)"
    r"(?:$|[\s_-])",
    re.I,
)
FRAMEWORKS = names("d-none hidden is-hidden")  # what common style sheets call what they hide
SIZED = re.compile(r"(?:^|[;\s])font(?:-size)?\s*:", re.I)
COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]{1,40})", re.I)
GROUND = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*([^;!]{1,40})", re.I)
NAMED = {"white": "ffffff", "black": "000000"}
SHORT = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])", re.I)
TURNED = names("a button input label summary details select")  # never hidden by a rule of a sheet
MOST_RULES = 20_000
LONGEST = 2_000  # characters of the names of one rule, and of what it says


class Sheet:
    """The names that a page's own style sheets hide: of classes and of identifiers."""

    def __init__(self, root: Node) -> None:
        self.hidden: set[tuple[str, str, str]] = set()  # element or "", sign, name
        shown: set[tuple[str, str, str]] = set()
        scripts = (script.attributes.get("type", "") for script in root.find("script"))
        self.scripted = any(map(SCRIPT.search, scripts))  # what a script may open is seen
        self.hidden = {("", ".", name) for name in FRAMEWORKS}
        for style in root.find("style"):
            if style.attributes.get("media", "all").strip().lower() not in ("all", "screen", ""):
                continue
            for selectors, rule in _rules(style.text()):
                unseen = UNSEEN.search(rule) is not None
                if not unseen and SHOWN.search(rule) is None:
                    continue
                for selector in selectors.split(","):
                    match = SIMPLE.fullmatch(selector.strip())
                    if match and unseen:
                        self.hidden.add(((match[1] or "").lower(), match[2], match[3]))
                    elif not unseen:
                        # As in `.open .answer { display: block }`: a page opens it.
                        shown.update(("", sign, name) for _, sign, name in SIMPLE.findall(selector))
        bare = {(sign, name) for _, sign, name in shown}
        self.hidden = {rule for rule in self.hidden if rule[1:] not in bare}

    def hides(self, node: Node) -> bool:
        if node.tag in TURNED or (self.scripted and not _is_aside(node)):
            return False
        if FLAT.search(node.attributes.get("style", "")):
            return True
        classes = [(".", name) for name in node.attributes.get("class", "")[:1_000].split()]
        named = [*classes, ("#", node.attributes.get("id", ""))]
        return any((tag, *name) in self.hidden for name in named for tag in ("", node.tag))


def _is_aside(node: Node) -> bool:
    """Whether an element is called as what a script shows for a while, or to nobody."""
    called = f"{node.attributes.get('class', '')[:500]} {node.attributes.get('id', '')[:100]}"
    return ASIDE.search(called) is not None


def is_unseen(node: Node) -> bool:
    """Whether an element's own style says that its words are of no size, or of its ground."""
    style = node.attributes.get("style", "")
    if not style:
        return False
    if NO_SIZE.search(style):
        return not any(
            inner is not node and SIZED.search(inner.attributes.get("style", ""))
            for inner in node.elements()
        )
    colour, ground = COLOUR.search(style), GROUND.search(style)
    return bool(colour and ground and _colour(colour[1]) == _colour(ground[1]) != "")


def _rules(text: str) -> list[tuple[str, str]]:
    """The rules of a sheet that stand in no block of another: of print, of a width."""
    text = COMMENT.sub("", text.replace("<!--", "").replace("-->", ""))[:500_000]
    parts: list[str] = []
    depth = 0
    start = 0
    at_rule = False
    for match in re.finditer(r"[{}]|@", text):
        if match[0] == "@" and not depth:
            parts.append(text[start : match.start()])
            start, at_rule = match.start(), True
        elif match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
            if not depth and at_rule:
                start, at_rule = match.end(), False
    parts.append("" if at_rule else text[start:])
    rules = []
    for rule in "}".join(parts).split("}")[:MOST_RULES]:
        selectors, brace, inside = rule.rpartition("{")
        if brace:
            selectors = selectors.rpartition(";")[2].strip()
            rules.append((selectors[:LONGEST], inside[:LONGEST]))
    return rules


def _colour(value: str) -> str:
    """A colour as six digits; "" where it is told in another way."""
    value = value.strip().lower()
    value = NAMED.get(value, value)
    if match := SHORT.fullmatch(value):
        return "".join(2 * digit for digit in match.groups())
    digits = value.removeprefix("#")
    return digits if len(digits) == 6 and all(d in "0123456789abcdef" for d in digits) else ""
