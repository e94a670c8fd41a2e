"""The commands: `library …`, also `python -m library …`."""

from library.cli.main import main

__all__ = ["main"]
