"""A page as a parsed tree: what is asserted of it hangs on no order of attributes."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser as Page
from selectolax.lexbor import LexborNode as Node
from starlette.responses import Response

Source = Response | str | Node  # an answer, its text or a part of it

CONTAINERS = {
    *("article", "fieldset", "nav", "form", "table", "section", "li", "dl"),
    *("header", "footer", "main", "body"),
}


def parsed(page: Source) -> Node:
    if isinstance(page, Node):
        return page
    root = Page(page if isinstance(page, str) else page.text).root
    assert root is not None
    return root


def one(page: Source, selector: str) -> Node:
    """The only one of its kind. Raises AssertionError where there is none, or more than one."""
    found = parsed(page).css(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def has(page: Source, selector: str) -> bool:
    return parsed(page).css_first(selector) is not None


def count(page: Source, selector: str) -> int:
    return len(parsed(page).css(selector))


def texts(page: Source, selector: str) -> list[str]:
    """The text of each, in order, white space made single."""
    return [text(node) for node in parsed(page).css(selector)]


def text(node: Node) -> str:
    return " ".join(node.text(deep=True).split())


def values(page: Source, selector: str, attribute: str) -> list[str]:
    """An attribute of each that has it, in order: `href` of `nav a`."""
    found = parsed(page).css(f"{selector}[{attribute}]")
    return [node.attributes[attribute] or "" for node in found]


def title(page: Source) -> str:
    """What the window is called."""
    return text(one(page, "head > title"))


def within(page: Source, selector: str, words: str) -> Node:
    """The only one of its kind that says these words. Raises AssertionError where it is not one."""
    found = [node for node in parsed(page).css(selector) if words in text(node)]
    assert len(found) == 1, f"{len(found)} of {selector} say {words!r}"
    return found[0]


def sent_of(form: Node) -> dict[str, list[str]]:
    """What a browser sends of a form that nobody touched: name → values, without any button.

    After "Constructing the entry list" of the HTML standard, as far as our pages need it.
    """
    made: dict[str, list[str]] = {}
    for control in form.css("input[name], select[name], textarea[name]"):
        told = control.attributes
        if "disabled" in told or (is_box(control) and "checked" not in told) or _is_button(control):
            continue
        made.setdefault(told["name"] or "", []).append(_value(control))
    return made


def is_box(control: Node) -> bool:
    return control.attributes.get("type") in ("checkbox", "radio")


def _value(control: Node) -> str:
    if control.tag == "textarea":
        return control.text(deep=True).replace("\n", "\r\n")
    if control.tag == "select":
        options = control.css("option[selected]") or control.css("option")[:1]
        return (options[0].attributes.get("value") or "") if options else ""
    return control.attributes.get("value") or ""


def name(page: Node, node: Node) -> str:
    """What a control is called by who cannot see it, as far as our pages need the rules.

    After "Accessible Name and Description Computation" (W3C, accname-1.2), section 4.3: what
    labels it, its `aria-label`, its own label, what it says, its title.
    """
    told = node.attributes
    if by := told.get("aria-labelledby"):
        return " ".join(text(one(page, f'[id="{id_}"]')) for id_ in by.split()).strip()
    if label := (told.get("aria-label") or "").strip():
        return label
    if node.tag in ("input", "select", "textarea"):
        return _labelled(page, node) or (told.get("value") or "" if _is_button(node) else "")
    if node.tag in ("fieldset", "table", "svg", "figure"):
        own = {"fieldset": "legend", "table": "caption", "svg": "title", "figure": "figcaption"}
        first = node.css_first(own[node.tag])
        return text(first) if first is not None else ""
    from_content = node.tag in ("a", "button", "summary")
    return (said(node) if from_content else "") or (told.get("title") or "").strip()


def said(node: Node) -> str:
    """What it says aloud: its text and pictures, without what is hidden from who listens."""
    parts: list[str] = []
    for below in node.iter(include_text=True):
        if below.tag == "-text":
            parts.append(below.text(deep=False))
        elif below.attributes.get("aria-hidden") == "true" or "hidden" in below.attributes:
            continue
        elif below.tag == "img":
            parts.append(below.attributes.get("alt") or "")
        elif below.tag in ("select", "textarea", "script", "style"):
            continue
        else:
            parts.append(below.attributes.get("aria-label") or said(below))
    return " ".join(" ".join(parts).split())


def around(node: Node) -> Node:
    """The part of the page that a control stands in: names need differ only there."""
    above = node.parent
    while above is not None and above.tag not in CONTAINERS:
        above = above.parent
    return above if above is not None else node


def _labelled(page: Node, node: Node) -> str:
    if (id_ := node.attributes.get("id")) and (found := page.css(f'label[for="{id_}"]')):
        return " ".join(map(said, found)).strip()
    above = node.parent
    while above is not None:
        if above.tag == "label":
            return said(above)
        above = above.parent
    return ""


def _is_button(node: Node) -> bool:
    return node.attributes.get("type") in ("submit", "button", "reset")
