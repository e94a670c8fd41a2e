"""An option for each facet: to file works under its concepts, or to narrow a search to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from index.fields import FACET, FACETS, FILED, Facet

Command = TypeVar("Command", bound=Callable[..., Any])


def to_file(command: Command) -> Command:
    """`--topic ID` and the like: what every file is filed under. One that has one value at most
    is a text, the others tuples.
    """
    for facet in reversed(FILED):
        many = not FACET[facet].single
        command = click.option(
            f"--{facet}",
            multiple=many,
            default=None if many else "",
            metavar="ID",
            help=f"The {facet} of every file" + ("; may repeat." if many else "."),
        )(command)
    return command


def to_narrow(command: Command) -> Command:
    """`--topic ID`, `--language CODE` and the like, each a tuple."""
    return _narrowing(command, FACETS)


def to_pack(command: Command) -> Command:
    """The same without the language, of which a pack has one."""
    return _narrowing(command, [facet for facet in FACETS if facet.name != "language"])


def _narrowing(command: Command, facets: Sequence[Facet]) -> Command:
    for facet in reversed(facets):
        command = click.option(
            f"--{facet.name}",
            multiple=True,
            metavar="ID" if facet.filed else "CODE",
            help=f"Only works of this {facet.name}; may repeat.",
        )(command)
    return command
