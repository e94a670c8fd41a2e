"""Which hosts may be asked, and where on the internet they are."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from library.core.errors import InputError

PORTS = {"http": 80, "https": 443}
SAFE = "/%:@!$&'()*+,;=~-._"
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052

Lookup = Callable[[str, int], Iterable[str]]
"""The IP addresses of a host. Raises OSError."""


def look_up(host: str, port: int) -> list[str]:
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in addresses))


def is_open(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        # A gateway leads from these to the address of the older kind that is in them.
        within = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _TRANSLATED:
            within = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if within is not None and not within.is_global:
            return False
    return found.is_global and not found.is_multicast


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart, as it is asked."""

    url: str
    scheme: str
    host: str
    port: int
    path: str  # with its query

    @property
    def site(self) -> str:
        return f"{self.host}:{self.port}"


def target(url: str) -> Target:
    """An address of the web. Raises InputError."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        raise InputError("fetch no address", address=url) from None
    if parts.scheme not in PORTS or not host or not port or parts.username is not None:
        raise InputError("fetch no address", address=url)
    path = quote(parts.path or "/", safe=SAFE)
    query = quote(parts.query, safe=SAFE + "?[]")
    whole = urlunsplit((parts.scheme, parts.netloc, path, query, ""))
    return Target(whole, parts.scheme, host, port, path + (f"?{query}" if query else ""))


def leads_to(url: str, where: str) -> str:
    """The address that one of a stranger's means, seen from another. Raises InputError."""
    try:
        return urljoin(url, where)
    except ValueError:
        raise InputError("fetch no address", address=where) from None


@dataclass(frozen=True, slots=True)
class Allowed:
    """The hosts that settings name: `union.example`, `*.union.example`, `10.0.0.5:8080`.

    One that is named itself may be anywhere, in this network too; what a star stands for must be
    on the open internet.
    """

    hosts: tuple[str, ...] = ()

    def addresses(self, one: Target, lookup: Lookup = look_up) -> list[str]:
        """Where a host may be asked. Raises InputError where it may not, OSError."""
        named = self._named(one)
        if not named:
            raise InputError("fetch not allowed", address=one.url, host=one.host)
        found = [
            address
            for address in lookup(one.host, one.port)
            if not named.startswith("*") or is_open(address)
        ]
        if not found:
            raise InputError("fetch not public", address=one.url)
        return found

    def allows(self, url: str) -> bool:
        """Whether an address is of a host that is named."""
        try:
            return bool(self._named(target(url)))
        except InputError:
            return False

    def _named(self, one: Target) -> str:
        for host in self.hosts:
            name, _, port = host.partition(":")
            if (int(port) if port.isdecimal() else PORTS[one.scheme]) != one.port:
                continue
            if one.host == name or (name.startswith("*.") and one.host.endswith(name[1:])):
                return name
        return ""
