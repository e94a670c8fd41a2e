"""What browsers are sent looks as it is written, and an old phone's browser can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from library.web.assets import asset_folder
from library.web.site import Site
from library.web.stylesheets import sent
from tests.library.web.test_browser import STREETS, opened, served

PUBLIC = ("site", "front", "read", "narrow")
# What a browser of some years (Chromium 60) passes over. A value may be any of these where the same
# property is said before it in the same rule; a selector, where it stands in a rule of its own.
NEWER_VALUES = re.compile(
    r"\b(?:min|max|clamp|color-mix|light-dark|oklch|lab|env)\("
    r"|\d[dsl]v[hwib]\b|\d(?:cq\w+|rlh|lh)\b|\b(?:subgrid|fit-content|revert|revert-layer)\b"
)
NEWER_PROPERTIES = re.compile(
    r"^(?:inset|inset-\w+.*|(?:min-|max-)?(?:inline|block)-size|(?:margin|padding)-block.*"
    r"|(?:margin|padding)-inline|border-block.*|border-inline|(?:margin|padding|border)-inline-.*"
    r"|place-(?:content|self)|aspect-ratio|translate|rotate|scale|container.*|content-visibility"
    r"|gap|row-gap|appearance|overflow-(?:block|inline)|float|text-align-last)$"
)
KNOWN_VALUES = {"float": {"left", "right", "none"}}
NEWER_SELECTORS = re.compile(r":(?:is|where|has)\(|:focus-visible|:not\([^)]*,|(?:^|[^&])&|::-")
NEWER_RULES = re.compile(r"^@(?:layer|container|scope|property|starting-style|supports selector)")
OLDER = {  # of a property, what says the same to an older browser
    "gap": ("grid-gap",),
    "appearance": ("-webkit-appearance",),
}


def rules(text: str, around: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """(at-rules around it, selectors, declarations) of each rule."""
    while text:
        prelude, brace, rest = text.partition("{")
        if not brace:
            return
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        inside, text = rest[: end - 1], rest[end:]
        if "{" in inside:
            yield from rules(inside, (*around, prelude))
        else:
            yield around, prelude, inside


def strange(sheet: str) -> list[str]:
    """What an old browser would not know, and has nothing else to go by."""
    found: list[str] = []
    for around, selectors, inside in rules(sheet):
        if any(one.startswith("@supports (") or "selector(" in one for one in around):
            continue  # it passes over the whole, which only adds
        found += [one for one in around if NEWER_RULES.search(one)]
        if NEWER_SELECTORS.search(selectors) and "," in re.sub(r"\([^()]*\)", "", selectors):
            found.append(selectors)
        said: set[str] = set()
        for written in re.split(r";(?![^(]*\))", inside):
            name, _, value = written.partition(":")
            if NEWER_VALUES.search(value) and name not in said:
                found.append(f"{selectors} {written}")
            older = OLDER.get(name) or (re.sub(r"^(\w+)-inline-(\w+)", r"-webkit-\1-\2", name),)
            newer = NEWER_PROPERTIES.search(name) and value not in KNOWN_VALUES.get(name, ())
            if newer and not said.intersection(older):
                found.append(f"{selectors} {written}")
            said.add(name)
    return found


@pytest.mark.parametrize("name", PUBLIC)
def test_an_old_browser_has_all_it_needs(name: str) -> None:
    assert strange(sent((asset_folder("static") / f"{name}.css").read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "faulty",
    [
        ".a{width:min(10px,2vw)}",
        ".a{color:color-mix(in srgb, red, blue)}",
        ".a{height:100dvh}",
        "@layer base{.a{color:red}}",
        "@container (min-width:1px){.a{color:red}}",
        ".a:has(b),.c{color:red}",
        ".a,.b:focus-visible{color:red}",
        ".a{inset:0}",
        ".a{float:inline-start}",
        ".a{gap:1px}",
        ".a{margin-inline-start:1px}",
        ".a{aspect-ratio:1}",
    ],
)
def test_what_it_would_miss_is_told(faulty: str) -> None:
    assert strange(faulty)


@pytest.mark.parametrize(
    ("written", "older"),
    [
        (".a { inline-size: 1px; min-block-size: 2px; }", ".a{width:1px;min-height:2px}"),
        (".a { padding-block: 1px 2px; }", ".a{padding-top:1px;padding-bottom:2px}"),
        (".a { margin-inline: auto; }", ".a{margin-left:auto;margin-right:auto}"),
        (
            ".a { padding-inline: 1px calc(2px + 3px); }",
            ".a{-webkit-padding-start:1px;padding-inline-start:1px;"
            "-webkit-padding-end:calc(2px + 3px);padding-inline-end:calc(2px + 3px)}",
        ),
        (
            ".a { border-inline-start: 1px solid; }",
            ".a{-webkit-border-start:1px solid;border-inline-start:1px solid}",
        ),
        (".a { inset-inline-end: 0; }", '.a{right:0}[dir="rtl"] .a{right:auto;left:0}'),
        (".a { float: inline-end; }", '.a{float:right}[dir="rtl"] .a{float:left}'),
        (".a { inline-size: min(2px, 9vw); }", ".a{width:2px;width:min(2px, 9vw)}"),
        (
            ":root { --a: clamp(1px, 2vw, 3px); }",
            ":root{--a:1px}@supports (width: min(1px, 2px)){:root{--a:clamp(1px, 2vw, 3px)}}",
        ),
        (".a:is(.b, :lang(ar)) c, .d { top: 0; }", ".a.b c,.a:lang(ar) c,.d{top:0}"),
        (".a, .b:has(c), .d { top: 0; }", ".a,.d{top:0}.b:has(c){top:0}"),
        (
            "@layer one, two;\n@layer two { .b { top: 0; } }\n@layer one { .a { top: 0; } }",
            ".a{top:0}.b{top:0}",
        ),
        (
            "/* Why. */ @media (min-width: 1px) { .a { top: 0; } }",
            "@media (min-width: 1px){.a{top:0}}",
        ),
        (
            ".a { display: flex; gap: 1px 2px; }",
            ".a{display:flex;grid-gap:1px 2px;gap:1px 2px}@supports not (inset: 0)"
            "{.a > *{-webkit-margin-end:2px;margin-inline-end:2px}}",
        ),
    ],
)
def test_the_same_is_said_in_older_words(written: str, older: str) -> None:
    assert sent(written) == older


@pytest.mark.parametrize(
    "wrong", [".a:not(:is(b, c)) { top: 0; }", ".a:is(b) { top: 0; }", ".a { top: 0;", "a b c"]
)
def test_what_cannot_be_said_so_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        sent(wrong)


LOOKED_AT = [  # pages with every part, of those that are walked
    "/",
    "/search?q=wages&kind=toolkit",
    "/search/narrow?topic=-organising&open=place",
    STREETS,
    f"{STREETS}/en/2?q=municipality",
    "/browse/topic",
]
# What is declared anywhere, but what follows from where a thing stands: that is told by its box.
FOLLOWS = re.compile(
    r"float|top|bottom|left|right|(?:min-|max-)?(?:width|height)|--.*|-webkit-.*-start"
)
LOOKS = """(names) => [...document.querySelectorAll('body, body *')].map((one) => {
    const look = (of) => {
        const style = getComputedStyle(one, of);
        return names.map((name) => name + ':' + style.getPropertyValue(name)).join(';');
    };
    const box = one.getBoundingClientRect();
    const place = ['x', 'y', 'width', 'height'].map((n) => n + ' ' + box[n].toFixed(1)).join(' ');
    const looks = [look(), look('::before'), look('::after'), place].join(';');
    return [one.outerHTML.slice(0, 90), looks];
})"""


def declared() -> list[str]:
    """The properties that public sheets set, as computed styles name them."""
    names = {
        written.partition(":")[0]
        for name in PUBLIC
        for _, _, inside in rules(sent((asset_folder("static") / f"{name}.css").read_text("utf-8")))
        for written in re.split(r";(?![^(]*\))", inside)
    }
    names |= {"border-left-width", "border-left-color", "margin-left", "padding-left"}
    names |= {"border-right-width", "margin-right", "padding-right", "font-size", "font-weight"}
    return sorted(name for name in names if not FOLLOWS.fullmatch(name))


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.mark.parametrize(("width", "language"), [(360, "ar"), (1280, "en")])
def test_pages_look_as_the_sheets_are_written(
    browser: Browser, address: str, width: int, language: str
) -> None:
    def written(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1].split(".")[0]
        text = (asset_folder("static") / f"{name}.css").read_text("utf-8")
        route.fulfill(body=text, content_type="text/css; charset=utf-8")

    names = declared()
    page, other = opened(browser, width, language), opened(browser, width, language)
    other.route(re.compile(r"/static/.*\.css$"), written)
    for path in LOOKED_AT:
        looks: list[list[tuple[str, str]]] = []
        for one in (page, other):
            one.goto(address + path)
            looks.append(one.evaluate(LOOKS, names))
        differ = [
            (path, markup, sorted(set(here.split(";")) ^ set(there.split(";"))))
            for (markup, here), (_, there) in zip(*looks, strict=True)
            if here != there
        ]
        assert differ[-1:] == []  # the innermost of those that differ is the last
    page.context.close()
    other.context.close()
