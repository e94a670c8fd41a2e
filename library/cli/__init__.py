"""The commands: `library …`, also `python -m library …`."""

from library.cli.command_line import main

__all__ = ["main"]
