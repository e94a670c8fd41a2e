"""The addresses of the desk, and the least role that may use each."""

from __future__ import annotations

from library.core.resource import Role
from library.store import uploads
from library.web.staff import statistics
from library.web.staff.accounts import login, my_account, users
from library.web.staff.arrivals import event_stream, page, resumable_uploads
from library.web.staff.batch import page as batch_page
from library.web.staff.batch import plans
from library.web.staff.changes import page as changes_page
from library.web.staff.collections import page as collections_page
from library.web.staff.collections import series
from library.web.staff.desk import DESK, SIGN_IN, at_desk
from library.web.staff.editions import cover, files, groups
from library.web.staff.frame import (
    ACCOUNTS,
    ARRIVALS,
    COLLECTIONS,
    CONCEPTS,
    FIGURES,
    GROUP,
    HEALTH,
    HISTORY,
    MANY,
    OWN,
    QUEUE,
    SENDING,
    SERIES,
    SHELF,
    SIGN_OUT,
    STREAM,
    TABLES,
    VOCABULARIES,
)
from library.web.staff.health import page as health_page
from library.web.staff.resources import edit, page_text
from library.web.staff.resources import page as resources_page
from library.web.staff.review_queue import page as review_queue_page
from library.web.staff.tables import page as tables_page
from library.web.staff.vocabularies import autocomplete, concept, exchange, failed_searches, merge
from library.web.staff.vocabularies import page as vocabularies_page

SCHEME = f"{VOCABULARIES}/{{facet}}"
CONCEPT = f"{SCHEME}/concepts/{{id}}"

ROUTES = [
    at_desk(DESK, get=login.front),
    at_desk(SIGN_IN, get=login.sign_in_page, post=login.sign_in, role=None),
    at_desk(SIGN_OUT, post=login.sign_out),
    at_desk(OWN, get=my_account.own),
    at_desk(my_account.END, post=my_account.end),
    at_desk(my_account.CHANGE, post=my_account.password),
    at_desk(ARRIVALS, get=page.page),
    at_desk(
        f"{ARRIVALS}/upload",
        post=page.uploaded,
        keeper=page.keeper,
        largest=page.LARGEST_UPLOAD,
    ),
    at_desk(SENDING, post=resumable_uploads.begin),
    at_desk(
        f"{SENDING}/{{upload}}",
        get=resumable_uploads.stands,
        post=resumable_uploads.append,
        pieces=True,
        largest=uploads.PIECE,
    ),
    at_desk(f"{SENDING}/{{upload}}/give-up", post=resumable_uploads.give_up),
    at_desk(STREAM, get=event_stream.stream),
    at_desk(f"{ARRIVALS}/{{number:int}}/languages", post=page.languages),
    at_desk(f"{ARRIVALS}/{{number:int}}/again", post=page.again),
    at_desk(f"{ARRIVALS}/{{number:int}}/give-up", post=page.give_up),
    at_desk(QUEUE, get=review_queue_page.page),
    at_desk(f"{QUEUE}/leave", post=review_queue_page.leave),
    at_desk(f"{QUEUE}/pair", post=review_queue_page.pair),
    at_desk(SHELF, get=resources_page.shelf),
    at_desk(f"{SHELF}/{{id}}", get=resources_page.one),
    at_desk(f"{SHELF}/{{id}}/standing", post=resources_page.put),
    at_desk(f"{SHELF}/{{id}}/files", get=files.page),
    at_desk(
        f"{SHELF}/{{id}}/{{edition}}/replace",
        post=files.replaced,
        keeper=files.keeper,
        largest=page.LARGEST_UPLOAD,
    ),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/back", post=files.bring_back),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/languages", post=files.languages),
    at_desk(f"{SHELF}/{{id}}/cover", get=cover.page, post=cover.choose),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/{{page:int}}/picture.webp", get=cover.picture),
    at_desk(f"{SHELF}/{{id}}/words", get=edit.page, post=edit.save),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/{{page:int}}", get=page_text.sheet_page),
    at_desk(f"{CONCEPTS}/{{facet}}", get=autocomplete.concepts),
    at_desk(f"{SHELF}.csv", get=tables_page.csv_of),
    at_desk(f"{SHELF}.json", get=tables_page.json_of),
    at_desk(
        TABLES,
        get=tables_page.page,
        post=tables_page.send,
        largest=tables_page.LARGEST + 10_000,
        one_file=True,
    ),
    at_desk(f"{TABLES}/template.csv", get=tables_page.template),
    at_desk(f"{TABLES}/{{number:int}}", get=tables_page.preview, post=tables_page.confirm),
    at_desk(f"{TABLES}/{{number:int}}/drop", post=tables_page.drop),
    at_desk(MANY, get=batch_page.page, post=batch_page.ask),
    at_desk(f"{MANY}/{{number:int}}", get=batch_page.preview, post=batch_page.confirm),
    at_desk(f"{MANY}/{{number:int}}/drop", post=batch_page.drop),
    at_desk(f"{MANY}/done/{{number:int}}", get=plans.whole),
    at_desk(COLLECTIONS, get=collections_page.page, post=collections_page.make),
    at_desk(f"{COLLECTIONS}/order", post=collections_page.order),
    at_desk(f"{COLLECTIONS}/{{slug}}", get=collections_page.one, post=collections_page.change),
    at_desk(f"{SHELF}/{{id}}/collections", post=collections_page.of_resource),
    at_desk(SERIES, get=series.page, post=series.order),
    at_desk(GROUP, post=groups.group),
    at_desk(f"{SHELF}/{{id}}/part", post=groups.part),
    at_desk(VOCABULARIES, get=vocabularies_page.page),
    at_desk(vocabularies_page.SEARCHES, get=failed_searches.page, post=failed_searches.answer),
    at_desk(
        vocabularies_page.EXCHANGE,
        get=exchange.page,
        post=exchange.take,
        largest=exchange.LARGEST_UPLOAD,
        one_file=True,
    ),
    at_desk(f"{vocabularies_page.EXCHANGE}/{{facet}}", get=exchange.export),
    at_desk(SCHEME, get=vocabularies_page.scheme),
    at_desk(f"{SCHEME}/new", get=concept.new, post=concept.add),
    at_desk(CONCEPT, get=concept.page, post=concept.save),
    at_desk(f"{CONCEPT}/merge", post=merge.merge),
    at_desk(f"{CONCEPT}/retire", post=merge.retire),
    at_desk(HISTORY, get=changes_page.page),
    at_desk(f"{HISTORY}/{{number:int}}/undo", post=changes_page.undo),
    at_desk(FIGURES, get=statistics.page),
    at_desk(f"{FIGURES}/{{name}}.csv", get=statistics.sheet),
    at_desk(HEALTH, get=health_page.page),
    at_desk(ACCOUNTS, get=users.page, post=users.change, role=Role.ADMIN),
]
