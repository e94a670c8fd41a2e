"""The reader's words as a tree, the same for every engine. Nothing typed here is ever an error.

    strike fund            both words
    "strike fund"          the two together; “ ” « » „ “ do as well
    -wages                 without it; also before a phrase or a group
    strike OR lockout      either; binds the two words beside it; also  strike | lockout
    title:fund author:sen  in that field only; also before a phrase or a group
    organi*                any word that begins so
    (a b) OR c             groups

What could not be understood is left out and said in `Parsed.notes`, as codes with what they are
about, such as ("unclosed quote",) or ("too many words", "64").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import regex

from index.query import And, Everything, Field, Node, Not, Or, Phrase, Prefix, Word
from index.text import amounts, analysis, deferred, genders, scripts
from index.text.query_plan import is_loose

MAX_CHARACTERS = 20_000
MAX_WORDS = 256
MAX_DEPTH = 16

Note = tuple[str, ...]

_OPEN = '"“”„«»‟'
_APART = ",;/،؛、，；／"  # what stands between words even where no space does: "wages,hours"
# Of these marks, those that stand inside a word: 1,250 and 5(2) and trabajador/a and catador(a).
_WITHIN = (
    r"(?<=\p{Nd})[,،](?=\p{Nd})|(?<=(?<!\p{Nd})[1-9])/(?=[2-9](?![\p{Nd}/]))|(?<=\p{Nd})\((?=\p{L}\)|\p{Nd}{1,3}\))|(?<=\([\p{L}\p{Nd}]{1,3})\)"
    rf"|(?<=\p{{L}}{{3}})/(?={genders.ENDINGS}(?!\p{{L}}))"
    rf"|(?<=\p{{L}}{{3}})\((?={genders.ENDINGS}\))"
    rf"|(?<=\p{{L}}{{3}}\({genders.ENDINGS})\)"
)
_TOKEN = deferred.compile(
    rf"""(?P<minus>[-\u2212]+(?=[^\s)|]))
    |    (?P<field>(?i:title|author)):(?=[^\s)|])
    |    (?P<quote>[{_OPEN}])(?P<phrase>[^{_OPEN}]*)(?P<closed>[{_OPEN}]?)
    |    (?P<open>\()
    |    (?P<close>\))
    |    (?P<bar>\|+)
    |    (?P<word>(?:(?!{scripts.SEPARATOR})[^\s()|{_OPEN}{_APART}]
             |{_WITHIN}|{scripts.INITIALS})+)""",
    regex.VERBOSE,
)
_KEPT = rf"\p{{L}}\p{{M}}\p{{Nd}}\p{{Nl}}{amounts.FRACTIONS}"
_EDGES = deferred.compile(
    rf"^[^{_KEPT}]+?(?=[$€£₹]\p{{Nd}})|^(?![$€£₹]\p{{Nd}})[^{_KEPT}]+"
    rf"|(?!(?<=\p{{Nd}})[%٪$€£₹]$|(?<=^[nN]\.?)°$|(?<=^\p{{L}}{{1,2}})\$$)[^{_KEPT}]+$"
)
_OPERATORS = deferred.compile(r"\b(?:OR|AND)\b")
_WILDCARD = deferred.compile(r"^[*?]+[\p{L}\p{Nd}]|[\p{L}\p{M}\p{Nd}][*?]+[\p{L}\p{Nd}]")
_UNKNOWN = deferred.compile(
    r"[^\p{L}\p{M}\p{N}]*([\p{L}\p{M}]{2,20}):(?=[\p{L}\p{M}])"
)  # subject:wages; 12:30 is none
_NAME = deferred.compile(r"[\p{L}\p{M}]{2,20}:")  # before a quotation mark: group:"street vendors"
_ADDRESS = deferred.compile(r"(?i:mailto|tel|urn|doi):|\p{L}+://")
_FIELD = deferred.compile(r"(?i:title|author):")
_SCHEME = deferred.compile(r"(?i:https?|ftp):")
_SYMBOL = deferred.compile(r"[\p{So}\p{Sk}*\ufe0f\u200d]+")  # signs alone that are no words: a fist
_SIGNED = deferred.compile(r"\p{L}\p{Nd}?(?:\+\+|\#|\+)$")  # C++
_OPERATOR = deferred.compile(r"(?:OR|AND)$|(?i:title|author):")  # as a word, it is written ".OR"

Kind = Literal["minus", "field", "unknown", "phrase", "open", "close", "or", "and", "leaf"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was understood, and codes for what was not."""

    tree: Node
    notes: tuple[Note, ...] = ()


def parse(words: str) -> Parsed:
    """The tree of what a reader typed; Everything() where there is nothing to look for."""
    text = words[:MAX_CHARACTERS]
    # Where nothing is in lower case, a capital says nothing: OR and AND are words like others.
    small = text.upper() != text or not any(map(str.isupper, _OPERATORS.sub("", text)))
    reading = _Reading(list(_symbols(text, operators=small)))
    if len(words) > MAX_CHARACTERS:
        reading.note("too many words", str(MAX_WORDS))
    nodes = reading.sequence("", 0)
    while reading.symbols:  # only an unmatched ")" ends a sequence early
        reading.symbols.pop()
        reading.note("unmatched parenthesis")
        nodes += reading.sequence("", 0)
    tree = _all_of(nodes)
    if tree is None:
        if words.strip():
            reading.note("no words")
        tree = Everything()
    return Parsed(tree, tuple(dict.fromkeys(reading.notes)))


def words(tree: Node) -> tuple[Word | Prefix | Phrase, ...]:
    """What a tree looks for, in order: its leaves that are not under a Not."""
    match tree:
        case Word() | Prefix() | Phrase():
            return (tree,)
        case And(nodes) | Or(nodes):
            return tuple(leaf for node in nodes for leaf in words(node))
        case _:
            return ()


def loosened(tree: Node) -> Node:
    """A tree whose phrases and words with a hyphen are only words: what these asked too much of."""
    match tree:
        case Phrase(text, field):
            words = [Word(text[token.start : token.end], field) for token in analysis.tokens(text)]
            return _all_of(list(words)) or tree
        case Word(text, field) if is_loose(text):
            words = [Word(text[token.start : token.end], field) for token in analysis.tokens(text)]
            return _all_of(list(words)) or tree
        case And(nodes):
            return _all_of([loosened(node) for node in nodes]) or tree
        case Or(nodes):
            return replace(tree, nodes=tuple(loosened(node) for node in nodes))
        case _:
            return tree


def write(tree: Node) -> str:
    """A tree as a reader would type it: parse(write(tree)) is the tree again."""
    match tree:
        case Everything():
            return ""
        case Word(text, field):
            return _fielded(field, f".{text}" if _OPERATOR.match(text) else text)
        case Prefix(text, field):
            return _fielded(field, f".{text}*" if _OPERATOR.match(text) else f"{text}*")
        case Phrase(text, field):
            return _fielded(field, f'"{text}"')
        case Not(node):
            return f"-{_grouped(node)}"
        case And(nodes):
            return " ".join(_grouped(node, And) for node in nodes)
        case Or(nodes):
            sides = [_grouped(node) for node in nodes]
            # In a question all in capitals OR is a word like others; a bar never is.
            return (" | " if all(side.upper() == side for side in sides) else " OR ").join(sides)


def _fielded(field: Field, text: str) -> str:
    return f"{field}:{text}" if field else text


def _grouped(node: Node, inside: type[And] | None = None) -> str:
    loose = isinstance(node, And) or (isinstance(node, Or) and inside is not And)
    return f"({write(node)})" if loose else write(node)


@dataclass(slots=True)
class _Symbol:
    kind: Kind
    text: str = ""
    closed: bool = True


def _symbols(text: str, *, operators: bool) -> Iterator[_Symbol]:
    """The symbols of a query; a minus counts only where a word could begin."""
    at, fresh = 0, True
    while match := _TOKEN.search(text, at):
        fresh = fresh or match.start() > at
        at = match.end()
        kind = match.lastgroup
        if match["minus"]:
            if fresh:
                yield _Symbol("minus")
            continue
        if match["field"]:
            yield _Symbol("field", match["field"].lower())
            fresh = True
            continue
        if match["quote"]:
            yield _Symbol("phrase", match["phrase"], bool(match["closed"]))
        elif match["open"]:
            yield _Symbol("open")
        elif match["close"]:
            yield _Symbol("close")
        elif match["bar"] or (operators and match["word"] == "OR"):
            yield _Symbol("or")
        elif operators and match["word"] == "AND":
            yield _Symbol("and")
        elif _NAME.fullmatch(match["word"]) and text[at : at + 1] and text[at] in _OPEN:
            yield _Symbol("unknown", match["word"][:-1])
        else:
            yield _Symbol("leaf", match["word"])
        fresh = kind in ("open", "bar")


class _Reading:
    """Symbols still to be read, last first, and what was noted on the way."""

    def __init__(self, symbols: list[_Symbol]) -> None:
        self.symbols = symbols[::-1]
        self.notes: list[Note] = []
        self.left = MAX_WORDS

    def note(self, *note: str) -> None:
        self.notes.append(note)

    def sequence(self, field: Field, depth: int) -> list[Node]:
        """Nodes up to a closing parenthesis or the end; an OR joins the two beside it."""
        nodes: list[Node] = []
        joining = False
        while self.symbols and self.symbols[-1].kind != "close":
            symbol = self.symbols.pop()
            if symbol.kind == "or":
                if joining or not nodes:
                    self.note("operator without words", "OR")
                joining = bool(nodes)
                continue
            if symbol.kind == "and":
                continue
            node = self.item(symbol, field, depth)
            if node is None:
                continue
            if joining:
                nodes.append(_any_of(nodes.pop(), node))
            else:
                nodes.append(node)
            joining = False
        if joining:
            self.note("operator without words", "OR")
        return nodes

    def item(self, symbol: _Symbol, field: Field, depth: int) -> Node | None:
        match symbol.kind:
            case "minus":
                return self.without(field, depth)
            case "field":
                return self.next_item("title" if symbol.text == "title" else "author", depth)
            case "open":
                return self.group(field, depth)
            case "phrase":
                return self.phrase(symbol, field)
            case "unknown":
                self.note("unknown field", symbol.text)
                return None
            case _:
                return self.leaf(symbol.text, field)

    def next_item(self, field: Field, depth: int) -> Node | None:
        if not self.symbols or self.symbols[-1].kind in ("close", "or", "and"):
            return None
        return self.item(self.symbols.pop(), field, depth + 1) if depth < MAX_DEPTH else None

    def without(self, field: Field, depth: int) -> Node | None:
        node = self.next_item(field, depth)
        if node is None:
            self.note("operator without words", "-")
            return None
        return node.node if isinstance(node, Not) else Not(node)

    def group(self, field: Field, depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            self.note("unmatched parenthesis")
            return None
        nodes = self.sequence(field, depth + 1)
        if self.symbols:
            self.symbols.pop()
        else:
            self.note("unmatched parenthesis")
        return _all_of(nodes)

    def phrase(self, symbol: _Symbol, field: Field) -> Node | None:
        if not symbol.closed:
            self.note("unclosed quote")
        text = " ".join(symbol.text.split())
        count = sum(1 for _ in analysis.tokens(text))
        if not count or not self.take(count):
            return None
        return Phrase(text, field)

    def leaf(self, text: str, field: Field) -> Node | None:
        while (named := _UNKNOWN.match(text)) and not _ADDRESS.match(text[named.start(1) :]):
            if genders.is_gendered(_EDGES.sub("", text)):  # Arbeiter:innen
                break
            self.note("unknown field", named[1])
            text = text[named.end() :]
        if field == "" and _FIELD.fullmatch(text):
            self.note("operator without words", text.lower())
            return None
        if _SCHEME.fullmatch(text):  # of an address, whose rest is what is looked for
            return None
        if _SYMBOL.fullmatch(text):
            self.note("no letters", text[:20])
            return None
        if _WILDCARD.search(text) and not genders.is_gendered(text):
            self.note("wildcard", text[:60])
        trimmed = text if _SIGNED.match(text) else _EDGES.sub("", text)
        if "(" in trimmed and f"{trimmed})" in text:
            trimmed += ")"
        tokens = list(analysis.tokens(trimmed))
        if not tokens or not self.take(len(tokens)):
            return None
        last = _EDGES.sub("", trimmed[tokens[-1].start : tokens[-1].end])
        # Pairs of characters match the beginning of a longer word without being asked to.
        if not text.endswith("*") or (len(tokens) > 1 and analysis.is_unspaced(last)):
            return Word(trimmed, field)
        head = _EDGES.sub("", trimmed[: tokens[-1].start]) if len(tokens) > 1 else ""
        return _all_of([*([Word(head, field)] if head else []), Prefix(last, field)])

    def take(self, count: int) -> bool:
        if count > self.left:
            self.left = 0
            self.note("too many words", str(MAX_WORDS))
            return False
        self.left -= count
        return True


def _all_of(nodes: list[Node]) -> Node | None:
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, And) else (node,))
    if len(flat) > 1:
        return And(tuple(flat))
    return flat[0] if flat else None


def _any_of(first: Node, second: Node) -> Or:
    sides = (first, second)
    return Or(tuple(n for node in sides for n in (node.nodes if isinstance(node, Or) else (node,))))
