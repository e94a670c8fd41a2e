"""Formulas of Word, PowerPoint, OpenDocument and the web are read as lines of text."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from library.extractors.html import blocks_in
from library.extractors.mathematics import of_mathml, of_office, said
from library.extractors.xml_tree import tree


def term(text: str) -> str:
    return f"<r><t>{text}</t></r>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f"<f><num>{term('pay')}</num><den>{term('hours')}</den></f>", "pay/hours"),
        (f"<f><num>{term('a+b')}</num><den>{term('2')}</den></f>", "(a+b)/2"),
        (f"<sSup><e>{term('x')}</e><sup>{term('2')}</sup></sSup>", "x^2"),
        (f"<sSubSup><e>{term('x')}</e><sub>{term('i')}</sub><sup>{term('2')}</sup></sSubSup>", "x_i^2"),  # noqa: E501
        (f"<rad><radPr/><deg/><e>{term('y')}</e></rad>", "√(y)"),
        (f"<nary><naryPr><chr val='∑'/></naryPr><sub>{term('i')}</sub><sup/><e>{term('w')}</e></nary>", "∑_i w"),  # noqa: E501
        (f"<d><e>{term('a')}</e><e>{term('b')}</e></d>", "(a|b)"),
        (f"{term('w=')}<f><num>{term('p')}</num><den>{term('h')}</den></f>{term('x')}", "w=p/h x"),
    ],
)  # fmt: skip
def test_shapes_of_office(written: str, read: str) -> None:
    assert said(of_office(tree(f"<oMath>{written}</oMath>".encode()))) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<mi>w</mi><mo>=</mo><mfrac><mi>pay</mi><mi>hours</mi></mfrac>", "w=pay/hours"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a+b)"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>x</mi>", "∑_i^n x"),
        ("<semantics><mi>x</mi><annotation>x</annotation></semantics>", "x"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1, 2"),
        ("<mi>f</mi><mfenced><mi>x</mi><mi>y</mi></mfenced>", "f(x,y)"),
    ],
)
def test_shapes_of_mathml(written: str, read: str) -> None:
    element: Element = fromstring(f"<math>{written}</math>")
    assert said(of_mathml(element)) == read
    [block] = blocks_in(f"<p>Here: <math>{written}</math>.</p>".encode())
    assert block.text == f"Here: {read} ."


def test_shapes_without_end_are_cut() -> None:
    deep = "<f><num>" * 60 + term("x") + "</num></f>" * 60
    assert "x" not in of_office(tree(f"<oMath>{deep}</oMath>".encode()))
