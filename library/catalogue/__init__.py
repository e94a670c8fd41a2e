"""The catalogue: what the library holds, in one database. Nothing else knows its tables."""

from library.catalogue.database import Catalogue, open_catalogue
from library.catalogue.reading import Original, Totals
from library.catalogue.waiting import Arrival, Task
from library.catalogue.writing import Filed, Writer

__all__ = [
    "Arrival",
    "Catalogue",
    "Filed",
    "Original",
    "Task",
    "Totals",
    "Writer",
    "open_catalogue",
]
