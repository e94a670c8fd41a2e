"""Addresses of the web as archives of others write them: some are none (`http://[your-site]/`)."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

WEB = ("http://", "https://")


def way_of(address: str) -> str:
    """The path of an address, as it is read; "" where it is no address."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def joined(base: str, address: str) -> str:
    """An address as it is meant beside another; itself where there is no such."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address
