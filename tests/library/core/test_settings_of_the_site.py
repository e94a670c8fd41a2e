"""Settings of addresses: what would half work is refused, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.core import settings
from library.core.errors import UsageError


@pytest.mark.parametrize("base", ["https://union.example/library", "union.example", "https://a@b/"])
def test_a_site_stands_at_the_top_of_an_address(base: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        settings.read({"LIBRARY_BASE_URL": base}, tmp_path)
    assert "LIBRARY_BASE_URL" in str(refused.value) and "of its own" in str(refused.value)
    kept = settings.read({"LIBRARY_BASE_URL": "http://localhost:8000/"}, tmp_path)
    assert kept.base_url == "http://localhost:8000"


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("LIBRARY_FETCH_FROM", "union.example *.b.example 10.0.0.5:8080", "https://union.example/"),
        ("LIBRARY_ARK", "ark:/12345/w1", "union"),
        ("LIBRARY_KEEP_FREE", "5000", "5 GB"),
        ("LIBRARY_HUB", "https://hub.example/publish?x=1", "hub.example"),
    ],
)
def test_other_addresses_are_checked(name: str, good: str, bad: str, tmp_path: Path) -> None:
    settings.read({name: good}, tmp_path)
    with pytest.raises(UsageError):
        settings.read({name: bad}, tmp_path)


def test_letters_need_a_sender_and_a_safe_way_out(tmp_path: Path) -> None:
    server = {"LIBRARY_SMTP": "smtps://ana:p%40ss@mail.example:465"}
    sender = {"LIBRARY_MAIL_FROM": "library@union.example"}
    site = {"LIBRARY_BASE_URL": "https://library.example"}
    kept = settings.read({**server, **sender, **site}, tmp_path)
    assert {"p@ss", "p%40ss"} <= set(kept.secrets)
    assert settings.read({**sender, **site}, tmp_path).smtp == ""
    wrong = [
        {**server, **site},
        {**server, **sender},
        {**server, **sender, "LIBRARY_BASE_URL": "http://library.example"},
        {**server, **site, "LIBRARY_MAIL_FROM": "library"},
        {**sender, **site, "LIBRARY_SMTP": "mail.example:25"},
        {**sender, **site, "LIBRARY_SMTP": "https://mail.example"},
    ]
    for given in wrong:
        with pytest.raises(UsageError):
            settings.read(given, tmp_path)
