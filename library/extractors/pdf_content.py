"""The content of a PDF page, read and carried out several times as fast as pdfminer.six does it.

A page's content is operands followed by an operator (ISO 32000-2, 7.8). pdfminer.six takes tokens
from it by a machine of states, one call or more for each; here one expression finds the next token,
and what does not move, show or mark type, or draw rules, is passed over unread. What tokens mean is
left as pdfminer has it, even where that is odd, except that a page whose content breaks a rule
goes on where pdfminer gives the page up.
"""

from __future__ import annotations

import re
from binascii import Error as OddHex
from binascii import unhexlify
from collections.abc import Callable, Sequence
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdftypes import PDFStream, dict_value, resolve1, stream_value
from pdfminer.psparser import KWD, LIT, PSLiteral, literal_name
from pdfminer.utils import mult_matrix

from library.extractors.pdf_layers import Layers

# The groups of TOKEN.
NUMBER, HEX, KEYWORD, NAME, OPEN, CLOSE = range(1, 7)
STRING, LONG_STRING, DICT, DICT_END, PROC, PROC_END = range(7, 13)
TOKEN = re.compile(
    rb"(?:[\s\x00]++|%[^\r\n]*+)*+(?:"
    rb"([-+\d]\d*+(?:\.\d*+)?+|\.\d*+)"
    rb"|<(?!<)([\s0-9a-fA-F]*+)>?+"
    rb"|([A-Za-z][^#/%\[\]()<>{}\s]*+|['\"])"
    rb"|/((?:[^#/%\[\]()<>{}\s]++|#)*+)"
    rb"|(\[)|(\])"
    rb"|\(([^()\\]*+)\)|(\()"
    rb"|(<<)|(>>)|(\{)|(\})"
    rb"|[^\s])"
)
ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|([btnfr()\\])|\r\n|.)", re.S)
ESCAPES = {98: b"\b", 116: b"\t", 110: b"\n", 102: b"\f", 114: b"\r"}
BRACKETS = re.compile(rb"[()]|\\.", re.S)
HASH = re.compile(rb"#([0-9a-fA-F]{0,2})")
# How type comes to be white, or drawn in no way: nothing else is told of colours.
UNSEEN = re.compile(
    rb"(?<![\d.])(?:1(?:\.0{0,9})?\s{1,9}){1,3}(?:g|rg|scn?)\b|"
    rb"(?<![\d.])(?:0(?:\.0{0,9})?\s{1,9}){4}(?:k|scn?)\b|\b3\s{1,9}Tr\b"
)
SPACES = re.compile(rb"\s+")
IMAGE_ENDS = re.compile(rb"EI\s")
ENCODED_ENDS = re.compile(rb"~>\s")
ASCII85 = ("ASCII85Decode", "A85")
CLOSED_BY = {CLOSE: OPEN, DICT_END: DICT, PROC_END: PROC}
COLOURS = frozenset((b"SC", b"sc", b"SCN", b"scn"))  # they take what the colour space asks for
# What changes neither where type and rules stand nor what they are.
PASSED = frozenset(b"w J j M d ri i gs G g RG rg K k CS cs sh BX EX MP DP ET EI F".split())
EVERYTHING = (-1e9, -1e9, 1e9, 1e9)
MOST_POINTS = 1_000  # of a path of clipping
TRUTHS = {b"true": True, b"false": False}
SPELT = {"_a": "*", "_q": "'", "_w": '"'}


class Interpreter(PDFPageInterpreter):
    """Carries out the content of pages for a device that asks for no colours and no pictures."""

    clipping = False  # the path that is being made is to be one of clipping
    suspicions: set[bool]  # not empty where there may be type that nobody sees
    layers: Layers | None = None  # those that are off, where a document has any

    def __init__(self, resources: PDFResourceManager, device: PDFDevice) -> None:
        super().__init__(resources, device)
        self.suspicions = set()

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out streams one after the other, as if they were one."""
        data = b"\n".join(stream.get_data() for stream in self._runnable(streams))
        if UNSEEN.search(data):
            self.suspicions.add(True)
        stack: list[Any] = []  # operands, or what stands in the innermost open bracket
        outer: list[tuple[int, list[Any]]] = []
        operators = OPERATORS
        scan = TOKEN.scanner(data).match  # type: ignore[attr-defined]
        while True:
            token = scan()
            if token is None:
                return
            kind = token.lastindex
            if kind == NUMBER:
                try:
                    stack.append(float(token[NUMBER]))
                except ValueError:
                    continue
            elif kind == KEYWORD:
                word = token[KEYWORD]
                if outer and word not in (b"BI", b"ID"):
                    stack.append(TRUTHS[word] if word in TRUTHS else KWD(word))
                    continue
                if word == b"BI":
                    outer.append((KEYWORD, stack))
                    stack = []
                elif word == b"ID" and outer and outer[-1][0] == KEYWORD:
                    ends = ENCODED_ENDS if _is_ascii85(stack) else IMAGE_ENDS
                    stack = outer.pop()[1]
                    end = ends.search(data, token.end() + 1)
                    if end is None:
                        return
                    scan = TOKEN.scanner(data, end.end()).match  # type: ignore[attr-defined]
                elif word in COLOURS:
                    stack.clear()
                elif (operator := operators.get(word)) is not None:
                    count, carry_out = operator
                    operands = stack[-count:] if count else ()
                    if count:
                        del stack[-count:]
                    if carry_out and len(operands) == count:
                        carry_out(self, *operands)
                elif word in TRUTHS:
                    stack.append(TRUTHS[word])
            elif kind == HEX:
                stack.append(_unhexed(token[HEX]))
            elif kind == NAME:
                stack.append(_named(token[NAME]))
            elif kind == STRING:
                stack.append(token[STRING])
            elif kind == LONG_STRING:
                text, place = _string(data, token.end())
                if place < 0:
                    return
                stack.append(text)
                scan = TOKEN.scanner(data, place).match  # type: ignore[attr-defined]
            elif kind in (OPEN, DICT, PROC):
                outer.append((kind, stack))
                stack = []
            elif kind in CLOSED_BY:
                if outer and outer[-1][0] == CLOSED_BY[kind]:
                    made = _dictionary(stack) if kind == DICT_END else stack
                    stack = outer.pop()[1]
                    stack.append(made)
            elif outer and token[0][-1:] != b">":
                stack.append(KWD(token[0][-1:]))

    def _runnable(self, streams: Sequence[object]) -> list[PDFStream]:
        """The streams that are not being carried out already: one may call itself."""
        self.stream_ids.clear()
        kept = []
        for stream in map(stream_value, streams):
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                kept.append(stream)
                self.stream_ids.add(stream.objid)
        return kept

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        if self.layers and isinstance(tag, PSLiteral) and tag.name == "OC":
            named = dict_value(self.resources.get("Properties", {})) if self.resources else {}
            content = named.get(props.name) if isinstance(props, PSLiteral) else props
            props = {"hidden": bool(self.layers.hides(content))}
        super().do_BDC(tag, props)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        if self.layers:
            xobject = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
            if isinstance(xobject, PDFStream) and self.layers.hides(xobject.get("OC")):
                return
        super().do_Do(xobjid_arg)

    def dup(self) -> Interpreter:
        made = Interpreter(self.rsrcmgr, self.device)
        made.layers = self.layers
        made.suspicions = self.suspicions
        return made

    def do_W(self) -> None:  # noqa: N802
        self.clipping = True

    def do_W_a(self) -> None:  # noqa: N802
        self.clipping = True

    def do_n(self) -> None:
        if self.clipping:
            self._clip()
        self.clipping = False
        self.curpath = []

    def _clip(self) -> None:
        """Show nothing any more outside the box around the path, which may be more than it shows.

        The box is kept with the state of text, for that is what is kept and brought back with it.
        """
        a, b, c, d, e, f = self.ctm
        ends = [part[-2:] for part in self.curpath[:MOST_POINTS] if len(part) >= 3]
        if not ends or len(self.curpath) > MOST_POINTS:
            return
        xs = [a * x + c * y + e for x, y in ends]
        ys = [b * x + d * y + f for x, y in ends]
        left, bottom, right, top = clip_of(self.textstate)
        box = max(left, min(xs)), max(bottom, min(ys)), min(right, max(xs)), min(top, max(ys))
        self.textstate.__dict__["clip"] = box

    def do_q(self) -> None:
        self.gstack.append((self.ctm, _copied(self.textstate), self.graphicstate))

    def do_TJ(self, seq: Any) -> None:  # noqa: N802
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def do_Tj(self, s: Any) -> None:  # noqa: N802
        self.do_TJ((s,))

    def do_Td(self, tx: Any, ty: Any) -> None:  # noqa: N802
        state = self.textstate
        a, b, c, d, e, f = state.matrix
        if type(tx) is float and type(ty) is float:
            state.matrix = (a, b, c, d, tx * a + ty * c + e, tx * b + ty * d + f)
            state.linematrix = (0, 0)
        else:
            super().do_Td(tx, ty)

    def do_cm(self, a1: Any, b1: Any, c1: Any, d1: Any, e1: Any, f1: Any) -> None:
        matrix = (a1, b1, c1, d1, e1, f1)
        if all(type(number) is float for number in matrix):
            self.ctm = mult_matrix(matrix, self.ctm)
            self.device.set_ctm(self.ctm)
        else:
            super().do_cm(*matrix)


def _operators() -> dict[bytes, tuple[int, Callable[..., None] | None]]:
    """Each operator with how many operands it takes, and what it does where that matters."""
    operators: dict[bytes, tuple[int, Callable[..., None] | None]] = {}
    for method in dir(Interpreter):
        if not method.startswith("do_"):
            continue
        name = method[3:]
        for ending, sign in SPELT.items():
            if name.endswith(ending):
                name = name.removesuffix(ending) + sign
        name = name.lstrip("_") if name.startswith("_") else name
        function = getattr(Interpreter, method)
        passed = name.encode() in PASSED
        operators[name.encode()] = function.__code__.co_argcount - 1, None if passed else function
    return operators


OPERATORS = _operators()


def clip_of(state: PDFTextState) -> tuple[float, float, float, float]:
    """The box outside of which nothing is shown: left, bottom, right, top."""
    box: tuple[float, float, float, float] = state.__dict__.get("clip", EVERYTHING)
    return box


def _copied(state: PDFTextState) -> PDFTextState:
    copy = PDFTextState.__new__(PDFTextState)
    copy.__dict__.update(state.__dict__)
    return copy


def _unhexed(digits: bytes) -> bytes:
    """The bytes of a hexadecimal string; a digit left over at its end is one by itself."""
    try:
        return unhexlify(digits)
    except OddHex:
        digits = SPACES.sub(b"", digits)
        even = len(digits) & ~1
        last = bytes((int(digits[even:], 16),)) if digits[even:] else b""
        return unhexlify(digits[:even]) + last


def _named(name: bytes) -> PSLiteral:
    if b"#" in name:
        name = HASH.sub(lambda match: bytes((int(match[1], 16),)) if match[1] else b"", name)
    try:
        return LIT(name.decode())
    except UnicodeDecodeError:
        return LIT(name)


def _string(data: bytes, start: int) -> tuple[bytes, int]:
    """A string with brackets or escapes in it, and where it ends; -1 when it does not."""
    depth = 1
    for match in BRACKETS.finditer(data, start):
        sign = match[0]
        depth += (sign == b"(") - (sign == b")")
        if not depth:
            return ESCAPED.sub(_unescaped, data[start : match.start()]), match.end()
    return b"", -1


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes((int(match[1], 8) & 0xFF,))
    return ESCAPES.get(match[2][0], match[2]) if match[2] else b""


def _dictionary(entries: list[Any]) -> dict[str, Any]:
    keys, values = entries[::2], entries[1::2]
    return {literal_name(key): value for key, value in zip(keys, values, strict=False)}


def _is_ascii85(entries: list[Any]) -> bool:
    """Whether the data of a picture among the content end with the sign of that encoding."""
    filters = _dictionary(entries).get("F")
    first = filters[0] if isinstance(filters, list) and filters else filters
    return isinstance(first, PSLiteral) and first.name in ASCII85
