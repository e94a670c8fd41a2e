"""Words of the desk that stand in several places."""

from __future__ import annotations

import re

from library.accounts import SHORTEST, Weakness
from library.resource import Role
from library.web.i18n import Interface

# What browsers call themselves holds many names; the first of these that is in it is the right one.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


def role(role: Role, interface: Interface) -> str:
    return {Role.STAFF: interface.say("staff"), Role.ADMIN: interface.say("admin")}[role]


def weakness(weak: Weakness, interface: Interface) -> str:
    say = interface.say
    return {
        "": "",
        "short": say(
            "A password has %(number)s characters or more.", number=interface.number(SHORTEST)
        ),
        "long": say("This password is too long."),
        "name": say("A password must not hold the name of its account."),
        "plain": say("This password is one of a few characters, over and over."),
    }[weak]


def browser(agent: str, interface: Interface) -> str:
    """`Firefox, Android`, as far as a browser tells."""
    name = next((shown for word, shown in BROWSERS if word in agent), "")
    system = next((word for word in SYSTEMS if word in agent), "")
    other = re.sub(r"[^\w .-]", " ", agent)[:40].strip()
    return ", ".join(filter(None, (name, system))) or other or interface.say("unknown browser")
