"""The catalogue: what the library holds, in one database. Nothing else knows its tables."""

from library.catalogue.database import Catalogue, open_catalogue
from library.catalogue.queue.tasks import Arrival, Task
from library.catalogue.resources.queries import Original, Totals
from library.catalogue.resources.writer import Filed, Writer
from library.catalogue.storage.snapshot import Connection

__all__ = [
    "Arrival",
    "Catalogue",
    "Connection",
    "Filed",
    "Original",
    "Task",
    "Totals",
    "Writer",
    "open_catalogue",
]
