"""An option for each facet: to file works under its concepts, or to narrow a search to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from index.fields import FACET, FACETS, FILED

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
    for facet in reversed(FACETS):
        command = click.option(
            f"--{facet.name}",
            multiple=True,
            metavar="ID" if facet.filed else "CODE",
            help=f"Only works of this {facet.name}; may repeat.",
        )(command)
    return command
