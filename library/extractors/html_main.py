"""The part of a web page that is the document: no menus, banners, cookie notices or footers."""

from __future__ import annotations

import re
from itertools import islice, zip_longest

from library.extractors.html_drawn import with_words
from library.extractors.html_hidden import Sheet, is_unseen
from library.extractors.html_names import names
from library.extractors.html_notes import is_note
from library.extractors.html_tree import Node

NEVER = names(
    "script style noscript template rt rp svg iframe object embed canvas video audio button select"
    " input option datalist dialog map head nav footer aside"
)
ROLES = names(
    "navigation banner contentinfo search complementary dialog alertdialog alert menu menubar"
    " toolbar tablist"
)
# Names that site builders give to what surrounds a document, as whole words of class and id.
SURROUNDINGS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|menus|mainmenu|submenu|breadcrumbs?|sidebar|side-bar"
    r"|cookies?[a-z]*|consent[a-z]*|gdpr|ccpa|onetrust|didomi|usercentrics|cybot[a-z]*|osano|truste"
    r"|iubenda|cmplz|cmp2|borlabs[a-z]*|tarteaucitron[a-z]*|axeptio[a-z]*|klaro|termly"
    r"|banner|footer|masthead|social|share|sharing|sharethis|newsletter|popup|modal|overlay"
    r"|skip|skiplinks?|skip-link|screen-reader-text|sr-only|visually-hidden|offcanvas"
    r"|related|pagination|pager|advert|advertisement|promo|comments|toolbar|search|searchbox"
    r"|translate|login|signin|site-header|quicklinks?)(?:$|[\s_-])",
    re.I,
)
# Of these, what is no word of a sentence even where it stands in one.
APART = re.compile(
    r"(?:^|[\s_-])(?:skip|skiplinks?|screen-reader-text|sr-only|visually-hidden|share|sharing|sharethis"
    r"|social|pagination|pager|breadcrumbs?|cookies?[a-z]*|consent[a-z]*)(?:$|[\s_-])",
    re.I,
)
# Words of a name that a text may have as well; and the others.
OFTEN = re.compile(r"(?<![a-z])(?:social|share|sharing|search|menu|translate)(?![a-z])", re.I)
OTHERWISE = SURROUNDINGS
SENTENCE = re.compile(r"[^\W\d_]{2}[.!?。।؟]")
PROSE = 40  # characters of a text at least
IN_LINE = names("a abbr b cite dfn em i mark q small span strong sub sup u")
TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
NOT_WORD = re.compile(r"[\W_]+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Notices that no name gives away: short, of cookies, and with something to press.
COOKIES = re.compile(r"(?i)\bcookies?\b|\bgalletas\b|ملفات تعريف الارتباط|कुकी|क़ुकी")
PRESSED = names("button input dialog")
ASKING = names("div section form aside p")
NOTICE = 1_500  # characters of a notice at most
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
PANEL = re.compile(
    r"(?:^|[\s_-])(?:accordion|collaps(?:e|ed|ible)|tab-?(?:pane|panel|content)|panel|toggle|faq|answer"
    r"|spoiler|expand(?:er|able)?|read-?more)(?:$|[\s_-])",
    re.I,
)
WORDED = 3  # words of a button that may be a question
ASIDE = 400  # characters of a notice or a form's complaint at most
FIRST = 100  # elements of a panel that are looked at for prose
MOST = 0.5  # of a page's words: what holds more is never taken for its surroundings
LINKS = 0.7  # of a list's words: more inside links, outside the main part, is a menu


def main_part(root: Node) -> Node:
    """The element that holds the document, its surroundings taken out of it."""
    body = next(root.find("body"), root)
    sheet = Sheet(root)
    with_words(body)
    _drop_notices(body)
    opened = _unfold(body)
    _keep_openers(body, opened)
    _drop_hidden(body, sheet, opened)
    for node in list(body.elements()):
        node.children = [
            c for c in node.children if isinstance(c, str) or c.tag not in NEVER or is_note(c)
        ]
    part, certain = _main(body)
    _clear(part, _length(part), certain, inside=False)
    return part


def _drop_notices(body: Node) -> None:
    """Take out what asks about cookies: each element is looked at once, however they are nested."""
    order = list(body.elements())
    sizes: dict[int, int] = {}
    pressed: dict[int, bool] = {}
    for node in reversed(order):
        below = [child for child in node.children if isinstance(child, Node)]
        own = sum(len(child) for child in node.children if isinstance(child, str))
        sizes[id(node)] = own + sum(sizes[id(child)] for child in below)
        pressed[id(node)] = (
            node.tag in PRESSED
            or node.attributes.get("role") == "button"
            or any(pressed[id(child)] for child in below)
        )
    most = min(NOTICE, MOST * sizes[id(body)])

    def asks(node: Node) -> bool:
        small = node.tag in ASKING and sizes[id(node)] < most and pressed[id(node)]
        return small and COOKIES.search(node.text()) is not None

    for node in order:
        node.children = [c for c in node.children if isinstance(c, str) or not asks(c)]


def _main(body: Node) -> tuple[Node, bool]:
    """The element marked as the main part, and whether there is one."""
    whole = _length(body)
    marked = [
        node
        for node in body.elements()
        if node.tag == "main" or node.attributes.get("role") == "main"
    ]
    articles = list(body.find("article"))
    for candidates in (marked, articles if len(articles) == 1 else []):
        if candidates:
            best = max(candidates, key=_length)
            if _length(best) > 0.15 * whole:
                return best, True
    return body, False


def _clear(node: Node, whole: int, certain: bool, inside: bool) -> None:
    inside = inside or node.tag in ("article", "main")
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node):
            if _surrounds(child, whole, certain or inside) and not _belongs(child, node):
                continue
            _clear(child, whole, certain, inside)
        kept.append(child)
    node.children = kept


def _drop_hidden(body: Node, sheet: Sheet, opened: set[int]) -> None:
    """Take out what the page's own rules hide, but for what holds most of it, or is opened. On a
    page with scripts what is long is prose that one of them shows, whatever its name is.
    """
    most = MOST * _length(body)
    if sheet.scripted:
        most = min(most, ASIDE)

    def hidden(node: Node) -> bool:
        if node.tag == "textarea":
            return "<" in node.text() or "://" in node.text()  # code to be copied, no letter
        return id(node) not in opened and (
            is_unseen(node) or (sheet.hides(node) and _length(node) < most)
        )

    for node in body.elements():
        node.children = [c for c in node.children if isinstance(c, str) or not hidden(c)]


def _unfold(part: Node) -> set[int]:
    """Let panels be seen that something on the page opens: questions, tabs, "read more".

    What is said of them: the identities of these elements.
    """
    panels: set[int] = set()
    opened = {
        name
        for node in part.elements()
        for name in (
            *node.attributes.get("aria-controls", "").split(),
            node.attributes.get("href", "").removeprefix("#"),
            node.attributes.get("data-target", "").removeprefix("#"),
            node.attributes.get("data-bs-target", "").removeprefix("#"),
        )
        if name
    }
    for node in part.elements():
        attributes = node.attributes
        panel = attributes.get("role") in ("tabpanel", "region") or PANEL.search(
            attributes.get("class", "")[:500]
        )
        if panel or attributes.get("id", "") in opened:
            panels.add(id(node))
            attributes.pop("hidden", None)
            if attributes.get("aria-hidden") == "true":
                del attributes["aria-hidden"]
            if "style" in attributes:
                attributes["style"] = HIDDEN.sub("", attributes["style"])
    return panels


def _keep_openers(body: Node, opened: set[int]) -> None:
    """Make words of the text of buttons that are headings, or that open what stands behind them.

    The questions of a list of questions stand in buttons: as a part of a heading, around one, or
    before a panel of prose.
    """
    for node in body.elements():
        below = [child for child in node.children if isinstance(child, Node)]
        for child, following in zip_longest(below, below[1:]):
            if child.tag != "button":
                continue
            if node.tag in TITLES:
                child.tag = "span"
            elif next(child.find(*TITLES), None) is not None:
                child.tag = "div"
            elif following is None or id(following) not in opened or not _has_sentence(following):
                continue
            elif len(child.text().split()) >= WORDED:
                child.tag = "p"


def _has_sentence(panel: Node) -> bool:
    """Whether there is one among the first texts of an element: panels stand in each other."""
    return any(
        isinstance(text, str) and SENTENCE.search(text)
        for node in islice(panel.elements(), FIRST)
        for text in node.children
    )


def _surrounds(node: Node, whole: int, certain: bool) -> bool:
    attributes = node.attributes
    if attributes.get("aria-hidden") == "true" or "hidden" in attributes:
        return _length(node) < MOST * whole
    if HIDDEN.search(attributes.get("style", "")):  # a formula is drawn beside it, as a picture
        return next(node.find("math"), None) is None
    names = CAMEL.sub("-", f"{attributes.get('class', '')} {attributes.get('id', '')}")
    named = SURROUNDINGS.search(names) is not None or attributes.get("role") in ROLES
    if named or (node.tag == "header" and not certain):
        return _length(node) < MOST * whole
    return not certain and node.tag in ("ul", "ol") and _is_menu(node)


def _belongs(node: Node, parent: Node) -> bool:
    """Whether an element that is called as surroundings are is a part of the text all the same.

    A section is called after its heading ("Social protection"), and words of a sentence after what
    they open ("popup"). What is hidden, or a header of the page, is never meant.
    """
    attributes = node.attributes
    if (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in ROLES
        or HIDDEN.search(attributes.get("style", ""))
    ):
        return False
    if node.tag in IN_LINE:
        names = CAMEL.sub("-", f"{attributes.get('class', '')} {attributes.get('id', '')}")
        amid = any(isinstance(part, str) and len(part.split()) > 1 for part in parent.children)
        return amid and not APART.search(names)
    if _is_prose(node):
        return True
    name = attributes.get("id", "")
    classes = CAMEL.sub("-", attributes.get("class", ""))
    if not name or node.tag not in ("section", "div", "article") or SURROUNDINGS.search(classes):
        return False
    heading = next(node.find(*TITLES), None)
    if heading is None:
        return False
    called = NOT_WORD.sub("-", heading.text()[:300].casefold()).strip("-")
    return called.startswith(NOT_WORD.sub("-", name[:200].casefold()).strip("-"))


def _is_prose(node: Node) -> bool:
    """Whether an element has sentences and hardly a link, and may be called after what they say:
    of social insurance, of sharing work.
    """
    called = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    if OTHERWISE.search(OFTEN.sub(" ", CAMEL.sub("-", called))):
        return False
    length = _length(node)
    links = sum(_length(link) for link in node.find("a"))
    sentences = sum(SENTENCE.search(part.text()) is not None for part in node.find("p", "li"))
    return length > PROSE and links < 0.2 * length and sentences > 0


def is_hidden(node: Node | str) -> bool:
    """Whether an element says of itself that nobody sees it."""
    if isinstance(node, str):
        return False
    return "hidden" in node.attributes or bool(HIDDEN.search(node.attributes.get("style", "")))


def _is_menu(node: Node) -> bool:
    links = [link.text().strip() for link in node.find("a")]
    if len(links) < 4 or sum(map(len, links)) < LINKS * _length(node):
        return False
    return sum(len(link.split()) for link in links) / len(links) < 4


def _length(node: Node) -> int:
    return len(re.sub(r"\s+", " ", node.text()))
