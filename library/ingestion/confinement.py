"""What readers of strangers' files cannot be held to here, written down for the site to tell."""

from __future__ import annotations

from library import sandbox
from library.catalogue import Catalogue
from library.catalogue.upkeep import log


def tell(catalogue: Catalogue) -> None:
    """Write it down where it is not as it was last told."""
    told = {"lacking": list(sandbox.lacking())}
    with catalogue.read() as conn:
        last = log.last(conn, "confined")
    if last is None or last.told != told:
        with catalogue.write() as writer:
            log.note(writer.conn, "confined", well=not told["lacking"], told=told)
