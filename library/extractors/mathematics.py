"""Formulas as one line of text: `w = pay/hours`, `x^2`, `√(y)`.

Office Math (ECMA-376-1, 22.1) and MathML 3 (W3C) name the same few shapes differently; both are
made into `Piece`s first. What is no shape is written as its parts in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from library.extractors.cleanup import clean
from library.extractors.html_tree import Node
from library.extractors.xml_tree import attribute, child

DEEPEST = 40  # shapes within shapes
ALONE = frozenset("()[]{}|⟨⟩√")
PLAIN = frozenset(("", "t", "r", "mi", "mn", "mo", "mtext", "ms"))
# Of an element of Office Math: how it is set, and no part of what it says.
PROPERTIES = frozenset(("rPr", "ctrlPr", "argPr"))
# MathML: what repeats a formula in another notation.
NOTATIONS = frozenset(("annotation", "annotation-xml", "mspace", "maligngroup", "malignmark"))


def of_office(element: Element, depth: int = 0) -> str:
    """The text of an element of Office Math; names are local names."""
    tag = element.tag
    if tag == "t":
        return element.text or ""
    if tag.endswith("Pr") or tag in PROPERTIES or depth > DEEPEST:
        return ""

    def part(name: str) -> str:
        inner = child(element, name)
        return "" if inner is None else of_office(inner, depth + 1)

    def sign(properties: str, name: str, default: str) -> str:
        found = child(element, properties, name)
        return default if found is None else attribute(found, "val")

    match tag:
        case "f":
            return fraction(part("num"), part("den"))
        case "sSup" | "limUpp":
            return raised(part("e"), part("sup") or part("lim"))
        case "sSub" | "limLow":
            return lowered(part("e"), part("sub") or part("lim"))
        case "sSubSup" | "sPre":
            return raised(lowered(part("e"), part("sub")), part("sup"))
        case "rad":
            return root(part("e"), part("deg"))
        case "nary":
            whole = raised(lowered(sign("naryPr", "chr", "∫"), part("sub")), part("sup"))
            return f"{whole} {part('e')}"
        case "func":
            return f"{part('fName')} {part('e')}"
        case "d":
            inner = [of_office(e, depth + 1) for e in element if e.tag == "e"]
            between = sign("dPr", "sepChr", "|")
            return f"{sign('dPr', 'begChr', '(')}{between.join(inner)}{sign('dPr', 'endChr', ')')}"
        case "m" | "eqArr":
            return "; ".join(of_office(e, depth + 1) for e in element if e.tag in ("mr", "e"))
        case "mr":
            return ", ".join(of_office(e, depth + 1) for e in element if e.tag == "e")
    return in_a_row([(inner.tag, of_office(inner, depth + 1)) for inner in element])


def of_mathml(element: Element | Node, depth: int = 0) -> str:
    """The text of an element of MathML, of an office file or of a web page."""
    tag = element.tag
    if tag in NOTATIONS or depth > DEEPEST:
        return ""
    inside = _inside(element)
    tagged = [
        (part.tag, of_mathml(part, depth + 1)) for part in inside if not isinstance(part, str)
    ]
    parts = [text for _, text in tagged]
    shape = SHAPES.get(tag)
    if shape and len(parts) == shape[0]:
        return shape[1](parts)
    match tag:
        case "semantics":
            return parts[0] if parts else ""
        case "msqrt":
            return root("".join(parts), "")
        case "mtable":
            return "; ".join(parts)
        case "mtr" | "mlabeledtr":
            return ", ".join(parts)
        case "mfenced":
            begin, end = _attribute(element, "open", "("), _attribute(element, "close", ")")
            return f"{begin}{_attribute(element, 'separators', ',')[:1].join(parts)}{end}"
    if parts:
        return in_a_row(tagged)
    text = " ".join("".join(part for part in inside if isinstance(part, str)).split())
    return f" {text} " if tag == "mtext" else text


def said(text: str) -> str:
    """A formula as it stands among words."""
    return clean(" ".join(text.split()))


def in_a_row(parts: Sequence[tuple[str, str]]) -> str:
    """Parts by their tags, one after the other; a shape stands apart from a letter beside it."""
    text, before = "", ""
    for tag, part in parts:
        apart = text[-1:].isalnum() and part[:1].isalnum()
        text += f" {part}" if apart and not {tag, before} <= PLAIN else part
        before = tag if part else before
    return text


def fraction(above: str, below: str) -> str:
    return f"{held(above)}/{held(below)}"


def raised(base: str, above: str) -> str:
    return f"{base}^{held(above)}" if above.strip() else base


def lowered(base: str, below: str) -> str:
    return f"{base}_{held(below)}" if below.strip() else base


def root(of: str, degree: str) -> str:
    return f"{degree.strip()}√({of.strip()})"


def held(text: str) -> str:
    """What is one term as it is, what is several in parentheses."""
    text = text.strip()
    inner = text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text
    if inner is not text and not ALONE & set(inner):
        return text
    return text if all(map(str.isalnum, text)) else f"({text})"


def _inside(element: Element | Node) -> list[Element | Node | str]:
    if isinstance(element, Node):
        return list(element.children)
    parts: list[Element | Node | str] = [element.text or ""]
    for part in element:
        parts += [part, part.tail or ""]
    return parts


def _attribute(element: Element | Node, name: str, default: str) -> str:
    if isinstance(element, Node):
        return element.attributes.get(name, default)
    return attribute(element, name, default)


Shape = Callable[[Sequence[str]], str]
# How many parts a shape of MathML has, and how it is written.
SHAPES: dict[str, tuple[int, Shape]] = {
    "mfrac": (2, lambda parts: fraction(*parts)),
    "msup": (2, lambda parts: raised(*parts)),
    "mover": (2, lambda parts: raised(*parts)),
    "msub": (2, lambda parts: lowered(*parts)),
    "munder": (2, lambda parts: lowered(*parts)),
    "msubsup": (3, lambda parts: raised(lowered(parts[0], parts[1]), parts[2])),
    "munderover": (3, lambda parts: raised(lowered(parts[0], parts[1]), parts[2])),
    "mroot": (2, lambda parts: root(*parts)),
}
