"""What the library holds, in which languages, what is missing and what is read: one page of it."""

from library.web.staff.figures.page import page
from library.web.staff.figures.sheets import sheet

__all__ = ["page", "sheet"]
