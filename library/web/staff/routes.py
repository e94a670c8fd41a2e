"""The addresses of the desk, and the least role that may use each."""

from __future__ import annotations

from library.web.staff import statistics
from library.web.staff.accounts import login, my_account, users
from library.web.staff.arrivals import event_stream, page, resumable_uploads
from library.web.staff.batch import page as batch_page
from library.web.staff.batch import plans
from library.web.staff.changes import page as changes_page
from library.web.staff.collections import page as collections_page
from library.web.staff.collections import series
from library.web.staff.editions import cover, files, groups
from library.web.staff.health import page as health_page
from library.web.staff.resources import edit, page_text
from library.web.staff.resources import page as resources_page
from library.web.staff.review_queue import page as review_queue_page
from library.web.staff.tables import page as tables_page
from library.web.staff.vocabularies import (
    autocomplete,
    concept,
    exchange,
    failed_searches,
    foreign_terms,
    merge,
)
from library.web.staff.vocabularies import page as vocabularies_page

ROUTES = [
    *login.ROUTES,
    *my_account.ROUTES,
    *page.ROUTES,
    *resumable_uploads.ROUTES,
    *event_stream.ROUTES,
    *review_queue_page.ROUTES,
    *resources_page.ROUTES,
    *files.ROUTES,
    *cover.ROUTES,
    *edit.ROUTES,
    *page_text.ROUTES,
    *autocomplete.ROUTES,
    *tables_page.ROUTES,
    *batch_page.ROUTES,
    *plans.ROUTES,
    *collections_page.ROUTES,
    *series.ROUTES,
    *groups.ROUTES,
    *failed_searches.ROUTES,
    *foreign_terms.ROUTES,
    *exchange.ROUTES,
    *vocabularies_page.ROUTES,
    *concept.ROUTES,
    *merge.ROUTES,
    *changes_page.ROUTES,
    *statistics.ROUTES,
    *health_page.ROUTES,
    *users.ROUTES,
]
