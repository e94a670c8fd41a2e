"""What the library holds, in which languages, what is missing and what is read: one page of it."""

from library.web.staff.access import at_desk
from library.web.staff.links import FIGURES
from library.web.staff.statistics.export import sheet
from library.web.staff.statistics.overview import page

__all__ = ["page", "sheet"]


ROUTES = [
    at_desk(FIGURES, get=page),
    at_desk(f"{FIGURES}/{{name}}.csv", get=sheet),
]
