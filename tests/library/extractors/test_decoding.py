"""Text in whatever encoding it was saved."""

from __future__ import annotations

import pytest

from library.extractors.decoding import decode, is_text

SAID = "Organización – “huelga” 5 €"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_encoding_is_found(encoding: str) -> None:
    data = SAID.encode(encoding)
    assert decode(data) == SAID
    assert is_text(data)


def test_the_word_of_the_file_counts_where_utf_8_does_not_fit() -> None:
    russian = "Права работников"
    assert decode(russian.encode("cp1251"), "windows-1251") == russian
    assert decode(russian.encode("utf-8"), "windows-1251") == russian
    assert decode("año".encode("latin-1"), "no-such-encoding") == "año"
    assert decode("año".encode("latin-1"), "rot13") == "año"


def test_a_damaged_character_costs_only_itself() -> None:
    data = ("é" * 100).encode("utf-8")
    assert decode(data[:50] + b"\xff" + data[50:]).count("é") == 100
    assert decode(data[:-1]) == "é" * 99


def test_bytes_are_no_text() -> None:
    assert not is_text(bytes(range(32)) * 10)
