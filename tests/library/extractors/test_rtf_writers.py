"""RTF as various programs write it keeps its paragraphs."""

from __future__ import annotations

import pytest

from library.extractors import rtf
from tests.library.extractors.reading import read, shapes

WRITERS = {
    "TextEdit": rb"""{\rtf1\ansi\ansicpg1252\cocoartf2639
\cocoatextscaling0\cocoaplatform0{\fonttbl\f0\fswiss\fcharset0 Helvetica;}
{\colortbl;\red255\green255\blue255;}
{\*\expandedcolortbl;;}
\paperw11900\paperh16840\margl1440\margr1440\vieww11520\viewh8400\viewkind0
\pard\tx566\tx1133\pardirnatural\partightenfactor0

\f0\fs24 \cf0 We meet on Monday.\
Bring your card.\
\
Bring a friend.}""",
    "TextEdit with CR LF": b"{\\rtf1\\ansi\\pard\\f0\\fs24 We meet on Monday.\\\r\n"
    b"Bring your card.\\\r\n\\\r\nBring a friend.}",
    "WordPad": rb"""{\rtf1\ansi\ansicpg1252\deff0\deflang3082{\fonttbl{\f0\fnil\fcharset0 Calibri;}}
{\*\generator Riched20 10.0.19041}\viewkind4\uc1
\pard\sa200\sl276\slmult1\f0\fs22\lang10 We meet on Monday.\par
Bring your card.\par
Bring a friend.\par
}""",
    "Google Docs": rb"""{\rtf1\ansi\ansicpg1252\uc0\stshfdbch0{\fonttbl{\f0\froman Arial;}}
{\pard\plain\ltrpar\ql\sb0\sa0{\f0\fs22 We meet on Monday.}{\f0\par}}
{\pard\plain\ltrpar\ql{\f0\fs22 Bring your card.}{\f0\par}}
{\pard\plain\ltrpar\ql{\f0\fs22 Bring a friend.}{\f0\par}}}""",
    "WPS": rb"""{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\froman\fcharset0 Times;}}
\pard\plain\qj\f0\fs21 We meet on Monday.\line\line Bring your card.\line\line
Bring a friend.\par}""",
    "signs of Unicode": rb"{\rtf1\ansi\uc1 We meet on Monday.\u8233?Bring your card.\u8232?"
    rb"Bring a friend.}",
}


@pytest.mark.parametrize("writer", WRITERS)
def test_paragraphs_are_kept(writer: str) -> None:
    _, [page] = read(rtf.read, WRITERS[writer])
    assert shapes(page) == [
        ("paragraph", "We meet on Monday."),
        ("paragraph", "Bring your card."),
        ("paragraph", "Bring a friend."),
    ]


def test_one_end_of_a_line_is_within_a_paragraph() -> None:
    _, [page] = read(rtf.read, rb"{\rtf1\ansi The union\line of the market\par Next.\par}")
    assert shapes(page) == [("paragraph", "The union of the market"), ("paragraph", "Next.")]
