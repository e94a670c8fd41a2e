"""The catalogue: what the library holds, in one database. Nothing else knows its tables."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from library.catalogue.database import Catalogue, open_catalogue
    from library.catalogue.lookup import Lookup, open_lookup
    from library.catalogue.queue.tasks import Arrival, Task
    from library.catalogue.resources.queries import Original, Totals
    from library.catalogue.resources.writer import Filed, Writer
    from library.catalogue.storage.snapshot import Connection

__all__ = [
    "Arrival",
    "Catalogue",
    "Connection",
    "Filed",
    "Lookup",
    "Original",
    "Task",
    "Totals",
    "Writer",
    "open_catalogue",
    "open_lookup",
]

# Where each is: it is loaded when it is asked for. All but a lookup need SQLAlchemy.
_WHERE = {
    "Arrival": "queue.tasks",
    "Catalogue": "database",
    "Connection": "storage.snapshot",
    "Filed": "resources.writer",
    "Lookup": "lookup",
    "Original": "resources.queries",
    "Task": "queue.tasks",
    "Totals": "resources.queries",
    "Writer": "resources.writer",
    "open_catalogue": "database",
    "open_lookup": "lookup",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    return found
