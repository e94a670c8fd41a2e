"""What the library holds, in which languages, what is missing and what is read: one page of it."""

from library.web.staff.statistics.export import sheet
from library.web.staff.statistics.overview import page

__all__ = ["page", "sheet"]
