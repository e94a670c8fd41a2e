"""The tables of the catalogue: the only source of truth beside the originals themselves.

Long because it is one list: whoever writes a query or a migration reads the whole schema here.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# 64 bits everywhere: SQLite has no other integers, and makes row numbers of those alone.
Large = BigInteger().with_variant(Integer, "sqlite")

# Times are ISO 8601 in UTC, as text: they sort, and every database reads them alike.

state = Table(
    "state",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("time", String, nullable=False),
)

originals = Table(
    "originals",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("bytes", Large, nullable=False),
    Column("media_type", String, nullable=False, default=""),
    Column("filename", String, nullable=False),
    Column("added", String, nullable=False),
)

resources = Table(
    "resources",
    metadata,
    Column("id", String, primary_key=True),
    Column("status", String, nullable=False),
    Column("work", String, unique=True),  # what its editions have in common, when anybody says so
    Column("publisher", String, nullable=False, default=""),
    Column("series", String, nullable=False, default=""),
    Column("added", String, nullable=False),
    Column("changed", String, nullable=False),
    Column("since", String, nullable=False, default="", server_default=text("''")),
    Column("until", String, nullable=False, default="", server_default=text("''")),
    Column("reason", String, nullable=False, default="", server_default=text("''")),
    Column("successor", String, nullable=False, default="", server_default=text("''")),
    Column("review_by", String, nullable=False, default="", server_default=text("''")),
    Column("law_year", Integer),
    Column("cover_edition", String, nullable=False, default="", server_default=text("''")),
    Column("cover_page", Integer, nullable=False, default=0, server_default=text("0")),
    Column("duration", String, nullable=False, default="", server_default=text("''")),  # ISO 8601
    Index("ix_resources_status_added", "status", "added"),
    Index("ix_resources_status_changed", "status", "changed", "id"),
    Index("ix_resources_series", "series"),
)

# What readers could find once and then no more, and since when: copies of the catalogue follow it.
departed = Table(
    "departed",
    metadata,
    Column("resource", String, primary_key=True),  # it may be gone into another
    Column("changed", String, nullable=False),
    Index("ix_departed_changed", "changed", "resource"),
)

# A slug once given is never deleted and never given again; the current one is the address.
slugs = Table(
    "slugs",
    metadata,
    Column("slug", String, primary_key=True),
    Column("resource", ForeignKey("resources.id"), nullable=False, index=True),
    Column("current", Boolean, nullable=False),
)

# Of every facet, the concepts a resource is filed under; a facet is a value here, not a column.
concepts = Table(
    "concepts",
    metadata,
    Column("resource", ForeignKey("resources.id", ondelete="CASCADE"), primary_key=True),
    Column("facet", String, primary_key=True),
    Column("concept", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Index("ix_concepts_facet_concept", "facet", "concept"),
)

editions = Table(
    "editions",
    metadata,
    Column("id", String, primary_key=True),
    Column("resource", ForeignKey("resources.id"), nullable=False),
    Column("sha256", ForeignKey("originals.sha256"), nullable=False, unique=True),
    Column("language", String, nullable=False, default=""),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False, default=""),
    Column("authors", JSON, nullable=False),
    Column("date", String, nullable=False, default=""),
    Column("rights", Text, nullable=False, default=""),
    Column("source_url", Text, nullable=False, default=""),
    Column("filename", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("bytes", Large, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("pages_expected", Integer),
    Column("text_bytes", Large, nullable=False),
    Column("text_quality", Float, nullable=False),
    Column("scanned", Integer, nullable=False, default=0),
    Column("unread", JSON, nullable=False, default=list),
    Column("contents", JSON, nullable=False),
    Column("laid_out", Boolean, nullable=False),
    Column("added", String, nullable=False),
    # The formula that says how easy it is to read, and what it gives; "" where none can tell.
    Column("reading", String, nullable=False, default="", server_default=text("''")),
    UniqueConstraint("resource", "language"),
)

pages = Table(
    "pages",
    metadata,
    Column("edition", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("label", String, nullable=False, default=""),
    Column("text", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
    Column("reader", String, nullable=False),
    Column("layout", String, nullable=False, default=""),
    Column("score", Float, nullable=False),
    Column("language", String, nullable=False, default=""),
)

# What everybody said of an edition: staff, the file itself, and what was guessed, side by side.
statements = Table(
    "statements",
    metadata,
    Column("id", Large, primary_key=True),
    Column("edition", ForeignKey("editions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("source", String, nullable=False),
    Column("value", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("said", String, nullable=False),
)

collections = Table(
    "collections",
    metadata,
    Column("slug", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("summary", Text, nullable=False, default=""),
    Column("position", Integer, nullable=False, default=0),
    # "": as its folder says; "kept": as staff say at the desk; "gone": they took it away there
    Column("desk", String, nullable=False, default="", server_default=text("''")),
    Column("kind", String, nullable=False, default="", server_default=text("''")),  # "", course
    Index("ix_collections_order", "position", "title"),
)

collection_items = Table(
    "collection_items",
    metadata,
    Column("collection", ForeignKey("collections.slug", ondelete="CASCADE"), primary_key=True),
    Column("resource", ForeignKey("resources.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
    Index("ix_collection_items_order", "collection", "position", "resource"),
    Index("ix_collection_items_resource", "resource"),
)

# A file that came in, from the moment it was stored until it ended in an outcome.
arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    Column("sha256", ForeignKey("originals.sha256"), nullable=False, index=True),
    Column("fields", JSON, nullable=False),  # staff's word, as given with the file
    Column("status", String, nullable=False),  # of the resource it is to become
    Column("outcome", String, nullable=False, default=""),  # "" while it waits
    Column("reason", String, nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),  # in English
    # The same as codes and values, to be said in any language: see core/messages.
    Column("messages", JSON, nullable=False, default=list, server_default=text("'[]'")),
    Column("edition", ForeignKey("editions.id")),
    Column("readers", String, nullable=False, default=""),  # version of the code that read it
    Column("attempts", Integer, nullable=False, default=0),
    Column("owner", String, nullable=False, default=""),
    Column("until", String, nullable=False, default=""),
    Column("arrived", String, nullable=False),
    Column("ended", String, nullable=False, default=""),
    # The edition whose place it is to take when it is read, and who said so; "" for neither.
    Column("replaces", String, nullable=False, default="", server_default=text("''")),
    Column("by", String, nullable=False, default="", server_default=text("''")),
    UniqueConstraint("path", "sha256"),
    Index("ix_arrivals_outcome", "outcome"),
)

# The outbox: written in the same transaction as what it follows from, done after a crash too.
tasks = Table(
    "tasks",
    metadata,
    Column("id", Large, primary_key=True),
    Column("kind", String, nullable=False),  # index, layout, picture
    Column("subject", String, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("owner", String, nullable=False, default=""),
    Column("until", String, nullable=False, default=""),
    Column("added", String, nullable=False),
    UniqueConstraint("kind", "subject"),
    sqlite_autoincrement=True,  # an id is never used twice: a task owed again is another task
)

# Editions that are found by their words, and of which a task is owed that describes them.
undescribed = Table(
    "undescribed",
    metadata,
    Column("edition", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("arrival", Integer, nullable=False),
    Column("said", JSON, nullable=False),  # what the file says of itself
    Column("problem", JSON, nullable=False),  # why it was not read whole; [] where it was
)

# What tells that two documents have the same words, or are one work in two languages.
signatures = Table(
    "signatures",
    metadata,
    Column("edition", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),  # of the code that made it
    Column("runs", LargeBinary, nullable=False),  # MinHash; empty for a short text
    Column("anchors", LargeBinary, nullable=False),
    Column("outline", LargeBinary, nullable=False),  # kinds and lengths of blocks
    Column("aligned", Boolean, nullable=False, default=False),  # with the outlines of others
    Column("text_bytes", Large, nullable=False),  # of the edition when it was made
)

bands = Table(
    "bands",
    metadata,
    Column("edition", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("band", Integer, primary_key=True),
    Column("key", BigInteger, nullable=False),
    Index("ix_bands_key", "key"),
)

likenesses = Table(
    "likenesses",
    metadata,
    Column("one", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("other", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, nullable=False),  # same words, newer version, translation
    Column("alike", Float, nullable=False),  # 0 to 1
    Column("evidence", JSON, nullable=False),
    Column("found", String, nullable=False),
    Index("ix_likenesses_other", "other"),
)

# How much likelier two editions in two languages are one work than two, by their structure.
alignments = Table(
    "alignments",
    metadata,
    Column("one", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("other", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("nats", Float, nullable=False),
    Index("ix_alignments_other", "other"),
)

# What staff said of two editions that look alike. Kept when an edition is gone: it is a record.
verdicts = Table(
    "verdicts",
    metadata,
    Column("one", String, primary_key=True),  # the smaller id of the two
    Column("other", String, primary_key=True),
    Column("verdict", String, nullable=False),  # dismissed, joined, replaced
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Index("ix_verdicts_other", "other"),
)

# Originals whose place a newer one took; they are kept, and readers may still have them.
versions = Table(
    "versions",
    metadata,
    Column("sha256", ForeignKey("originals.sha256"), primary_key=True),
    Column("edition", ForeignKey("editions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("by", String, nullable=False, default=""),  # who said so; "" for one saved over it
    Column("at", String, nullable=False),
)

# What resources were called that have been joined to another: files that name it go there.
works = Table(
    "works",
    metadata,
    Column("work", String, primary_key=True),
    Column("resource", ForeignKey("resources.id", ondelete="CASCADE"), nullable=False, index=True),
)

# What readers asked for and did not find: words and days, nothing that tells who.
unanswered = Table(
    "unanswered",
    metadata,
    Column("kind", String, primary_key=True),  # asked, missed
    Column("words", String, primary_key=True),
    Column("language", String, primary_key=True),  # of the site as it was read
    Column("day", String, primary_key=True),
    Column("times", Integer, nullable=False),
    Index("ix_unanswered_day", "day"),
)

# Mistakes that readers reported and staff have not closed: nothing that tells who.
reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition", ForeignKey("editions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("page", Integer, nullable=False),  # counted from 1
    Column("words", String, nullable=False),
    Column("language", String, nullable=False),  # of the site as it was read
    Column("day", String, nullable=False, index=True),
)

# People of the staff desk. A name is kept as it was written, and compared folded.
users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("key", String, nullable=False, unique=True),  # the name, folded
    Column("role", String, nullable=False),  # staff, admin
    Column("password", String, nullable=False),  # argon2id, with its parameters
    Column("disabled", Boolean, nullable=False, default=False),
    Column("added", String, nullable=False),
    Column("signed_in", String, nullable=False, default=""),
)

# Who is signed in. The token itself is only in the browser: here is its checksum.
sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("agent", String, nullable=False, default=""),  # what the browser calls itself
    Column("began", String, nullable=False),
    Column("seen", String, nullable=False),
    sqlite_autoincrement=True,
)

# Browsers that accounts were signed in from: what others try does not hold these up.
browsers = Table(
    "browsers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("known", String, nullable=False),
)

# What an account shares with an app: `since` is "" while it is only offered; `used` the last half
# minute of which a code was taken; `codes` recovery codes that are left, as checksums.
second_steps = Table(
    "second_steps",
    metadata,
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("secret", String, nullable=False),
    Column("since", String, nullable=False),
    Column("used", Integer, nullable=False),
    Column("codes", JSON, nullable=False),
)

# Searches that a reader asked to be told of by e-mail. `token` stands in the letters alone; `asked`
# is when, while it is not confirmed; `told` until when it was told of what is new ("": no letter of
# any kind was sent yet); `claimed` when somebody began to write.
alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    Column("address", String, nullable=False),
    Column("question", String, nullable=False),
    Column("language", String, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("asked", String, nullable=False),
    Column("told", String, nullable=False),
    Column("claimed", String, nullable=False),
    Index("ix_alerts_address", "address"),
    Index("ix_alerts_confirmed_told", "confirmed", "told"),
)

# Attempts to sign in that failed or have not ended: by account and by address, each as a checksum.
attempts = Table(
    "attempts",
    metadata,
    Column("subject", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("last", String, nullable=False),
    Column("until", String, nullable=False),  # before this moment none is looked at
)

# Files that browsers send a piece at a time. Those that came whole stay for some days, so that one
# chosen again is known; the bytes of the others are in a file named by the id.
uploads = Table(
    "uploads",
    metadata,
    Column("id", String, primary_key=True),  # a secret word: it stands in the address
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("key", String, nullable=False),  # made by the browser: a begin sent twice is one upload
    Column("name", String, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("modified", String, nullable=False),  # when the file was last changed, as told
    Column("status", String, nullable=False),  # of the resource it is to become
    Column("replaces", String, nullable=False, default=""),  # the edition whose place it is to take
    Column("offset", BigInteger, nullable=False, default=0),  # bytes that are safe on the disk
    Column("sha256", String, nullable=False, default=""),  # once it has come whole
    Column("arrival", Integer),  # once it is an arrival
    Column("began", String, nullable=False),
    Column("touched", String, nullable=False),
    UniqueConstraint("user", "key"),
)

# Their pieces, where several machines take them: each is a file of the store.
upload_pieces = Table(
    "upload_pieces",
    metadata,
    Column("upload", ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True),
    Column("offset", BigInteger, primary_key=True, autoincrement=False),
    Column("bytes", BigInteger, nullable=False),
    Column("sha256", String, nullable=False),
)

# What one of several machines does at a time, and which: see turns.py.
turns = Table(
    "turns",
    metadata,
    Column("name", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("until", String, nullable=False),
)

# What staff changed. Each row's hash is of the row and of the hash before it: see history.py.
history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False, index=True),  # a resource, or what else was changed
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("undoes", Integer, index=True),
    Column("hash", String, nullable=False),
)

# What staff have looked at and leave as it is: it does not come up again for this reason.
settled = Table(
    "settled",
    metadata,
    Column("resource", ForeignKey("resources.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", String, primary_key=True),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
)

# What is asked of many resources at once, by a form or a table, and waits to be looked at.
pending = Table(
    "pending",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),  # change, table
    Column("name", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("content", JSON, nullable=False),
    sqlite_autoincrement=True,
)

# Where staff say that a resource stands in a series, from 1; of those not named nobody has said.
series_places = Table(
    "series_places",
    metadata,
    Column("series", String, primary_key=True),
    Column("resource", ForeignKey("resources.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
)

# Whether the addresses that documents came from still answer: see sources.py.
sources = Table(
    "sources",
    metadata,
    Column("address", Text, primary_key=True),
    Column("state", String, nullable=False),
    Column("word", String, nullable=False),  # for why: 404, no name, too slow
    Column("asked", String, nullable=False),
    Column("days", Integer, nullable=False),  # on which it was silent while others answered
)

# What staff changed of the concept schemes, over their files: see vocabularies/records.py.
vocabulary = Table(
    "vocabulary",
    metadata,
    Column("facet", String, primary_key=True),
    Column("concept", String, primary_key=True),  # "" for what is of the scheme itself
    Column("record", JSON, nullable=False),
)

# Searches that found nothing and that no concept is to answer, as staff said.
passed_over = Table(
    "passed_over",
    metadata,
    Column("words", String, primary_key=True),
    Column("language", String, primary_key=True),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
)

# What was opened, read, downloaded and searched for: how often on a day, nothing that tells who.
counts = Table(
    "counts",
    metadata,
    Column("day", String, primary_key=True),  # after a year, the first of its month
    Column("kind", String, primary_key=True),  # opened, read, downloaded, searched
    Column("resource", String, primary_key=True),  # "" for a search
    Column("edition", String, primary_key=True),
    Column("language", String, primary_key=True),  # of the edition; of the site for a search
    Column("times", Integer, nullable=False),
)

# How long searches took, as a histogram: their shape is kept, and none of their words.
durations = Table(
    "durations",
    metadata,
    Column("day", String, primary_key=True),
    Column("engine", String, primary_key=True),
    Column("terms", Integer, primary_key=True),
    Column("phrase", Boolean, primary_key=True),
    Column("narrowed", Boolean, primary_key=True),
    Column("bucket", Integer, primary_key=True),  # see durations.py
    Column("times", Integer, nullable=False),
)

# When the library was copied, a copy was tried, the history was verified; the last few of each.
upkeep = Table(
    "upkeep",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False, index=True),  # backup, drill, chain
    Column("at", String, nullable=False),
    Column("well", Boolean, nullable=False),
    Column("told", JSON, nullable=False),
)

# When each original was last held against its checksum, and what was wrong with it.
fixity = Table(
    "fixity",
    metadata,
    Column("sha256", ForeignKey("originals.sha256"), primary_key=True),
    Column("at", String, nullable=False, index=True),
    Column("fault", String, nullable=False),  # "", missing, changed
)

# Checksums of what is catalogued, and the rows whose sums are to be made anew before a transaction
# ends (library/catalogue/storage/sums.py). Triggers write the second, and nobody reads it later.
sums = Table(
    "sums",
    metadata,
    Column("name", String, primary_key=True),  # of the table
    Column("subject", String, primary_key=True),
    Column("sum", BigInteger, nullable=False),
)

touched = Table(
    "touched",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("place", Integer, nullable=False),  # SQLite's number of the row
)

# Records of other libraries, as they stood there, by the edition that each became.
imported = Table(
    "imported",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition", ForeignKey("editions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("system", String, nullable=False),  # the format it came in
    Column("source", Text, nullable=False),  # the name of the archive, or an address
    Column("at", String, nullable=False),
    Column("raw", JSON, nullable=False),  # their field → values
)

# What tells a record of another library when it comes again: an address, a DOI, an OAI identifier.
imported_names = Table(
    "imported_names",
    metadata,
    Column("name", Text, primary_key=True),
    Column("imported", ForeignKey("imported.id", ondelete="CASCADE"), nullable=False, index=True),
)

# Values of such records for which nothing of ours was known when they came.
imported_values = Table(
    "imported_values",
    metadata,
    Column("imported", ForeignKey("imported.id", ondelete="CASCADE"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("written", Text, nullable=False),
    Index("ix_imported_values_field_key", "field", "key"),
)

# What staff say that values of other libraries mean here.
terms = Table(
    "terms",
    metadata,
    Column("field", String, primary_key=True),
    Column("key", String, primary_key=True),  # the value as it is looked up
    Column("written", Text, nullable=False),
    Column("targets", JSON, nullable=False),  # concepts as facet:id
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
)
