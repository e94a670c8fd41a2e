"""Files that come a piece at a time, in the shape of "Resumable Uploads for HTTP" (IETF draft).

A script begins an upload, appends pieces (`Upload-Offset`, `Content-Digest`), asks where it stands
after a line that broke, and sends the last with `Upload-Complete: ?1` and the `Repr-Digest` of the
whole (RFC 9530). Pieces are sent by POST, as all that changes something at the desk: the draft's
PATCH is stopped by some of the web servers on the way.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from library.catalogue.arrivals.uploads import Upload, Wanted
from library.catalogue.resources import queries
from library.core.errors import Empty, LibraryError, StorageFull, TooLarge
from library.core.resource import Status
from library.store import originals
from library.store.shared_uploads import uploads_of
from library.store.uploads import KEPT, PIECE, Refused, Uploads
from library.web.error_text import title
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.bodies import Pieces
from library.web.staff.desk import Desk, done
from library.web.staff.form_files import plain_name
from library.web.staff.links import ARRIVALS, SENDING, sending

CHANCES = (Status.DRAFT, Status.REVIEW, Status.PUBLISHED)
PROBLEMS = "https://iana.org/assignments/http-problem-types#"  # of the draft's own problems

_KEY = re.compile(r"[\w-]{8,64}", re.ASCII)
_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]{44}):")
_NUMBER = re.compile(r"[0-9]{1,15}")

STATUS: Mapping[str, HTTPStatus] = {
    "offset": HTTPStatus.CONFLICT,
    "digest": HTTPStatus.UNPROCESSABLE_ENTITY,
    "length": HTTPStatus.BAD_REQUEST,
    "complete": HTTPStatus.BAD_REQUEST,
    "changed": HTTPStatus.GONE,
    "many": HTTPStatus.TOO_MANY_REQUESTS,
    "absent": HTTPStatus.NOT_FOUND,
}
TYPES: Mapping[str, str] = {
    "offset": f"{PROBLEMS}mismatching-upload-offset",
    "length": f"{PROBLEMS}inconsistent-upload-length",
    "complete": f"{PROBLEMS}completed-upload",
    "digest": f"{PROBLEMS}digest-mismatching-values",
}


def status_of(written: str) -> Status:
    """What a file is to become at first, by the word of a form."""
    return Status(written) if written in CHANCES else Status.DRAFT


def begin(desk: Desk) -> Response:
    """A place to send a file to, and how much of it is here already."""
    try:
        upload = uploads(desk).begin(_wanted(desk), fresh=desk.one("fresh") == "1")
    except LibraryError as error:
        return _refused(desk, error)
    return _stands(desk, upload, HTTPStatus.CREATED, digest=True)


def stands(desk: Desk) -> Response:
    """How much of a file has come."""
    try:
        upload = uploads(desk).stands(desk.request.path_params["upload"])
    except Refused as refused:
        return _refused(desk, refused)
    return _stands(desk, upload)


def append(desk: Desk) -> Response:
    """Take a piece of a file; with the last, make it an arrival."""
    id_, headers = desk.request.path_params["upload"], desk.request.headers
    offset = headers.get("upload-offset", "")
    last = headers.get("upload-complete", "") == "?1"
    mine = uploads(desk)
    try:
        upload = mine.stands(id_)
        if not _NUMBER.fullmatch(offset):
            raise HTTPException(400, "Upload-Offset is missing.")
        if desk.piece and not upload.complete:
            sent = _digest(headers.get("content-digest", ""))
            upload = mine.append(id_, int(offset), desk.piece, sent)
        if last:
            upload = mine.finish(id_, _digest(headers.get("repr-digest", "")))
    except LibraryError as error:
        return _refused(desk, error)
    return _stands(desk, upload)


def give_up(desk: Desk) -> Response:
    """Throw away what has come of a file, by a form."""
    try:
        uploads(desk).give_up(desk.request.path_params["upload"])
    except Refused:
        raise HTTPException(404) from None
    return done(ARRIVALS, "thrown-away")


def uploads(desk: Desk) -> Uploads:
    return uploads_of(desk.site.settings, desk.site.catalogue, desk.user)


def _wanted(desk: Desk) -> Wanted:
    """What is to be sent. Raises Empty, HTTPException 400."""
    name, size = plain_name(desk.one("name")), desk.one("size")
    modified, key = desk.one("modified"), desk.one("key")
    matches = (_NUMBER.fullmatch(size), _KEY.fullmatch(key), _NUMBER.fullmatch(modified or "0"))
    if not desk.one("name") or not all(matches):
        raise HTTPException(400, "name, size, modified and key say what is to be sent.")
    if not int(size):
        raise Empty("empty", file=name)
    replaces = desk.one("replaces")
    if replaces:
        with desk.site.catalogue.snapshot() as snapshot:
            if snapshot.ask(queries.edition, replaces) is None:
                raise HTTPException(404)
    return Wanted(key, name, int(size), modified, status_of(desk.one("status")), replaces)


def _stands(
    desk: Desk, upload: Upload, status: HTTPStatus = HTTPStatus.OK, *, digest: bool = False
) -> Response:
    """digest: with the checksum of what has come, to tell whether a file is the same one."""
    state = {
        "upload": sending(upload.id),
        "offset": upload.offset,
        "complete": upload.complete,
        "arrival": upload.arrival,
    }
    if digest:
        state["sha256"] = uploads(desk).digest(upload)
    headers = {
        "Upload-Offset": str(upload.offset),
        "Upload-Complete": "?1" if upload.complete else "?0",
        "Upload-Length": str(upload.bytes),
        "Upload-Limit": f"max-append-size={PIECE}, max-size={originals.LARGEST}, "
        f"max-age={int(KEPT)}",
    }
    if status is HTTPStatus.CREATED:
        headers["Location"] = sending(upload.id)
    return JSONResponse(state, status, headers)


def _refused(desk: Desk, error: LibraryError) -> Response:
    """A problem document (RFC 9457) that a script can act on and a person can read."""
    name = unicodedata.normalize("NFC", desk.one("name"))
    kind: str
    if isinstance(error, Refused):
        status, kind = STATUS[error.why], error.why
        text = labels.sending(error.why, desk.interface)
    elif isinstance(error, TooLarge | Empty):
        status, kind = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size"
        text = labels.refusal(error.reason, name, desk.interface)
    else:
        full = isinstance(error, StorageFull)
        status = HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.SERVICE_UNAVAILABLE
        kind = "full" if full else "unusable"
        text = labels.refusal(error.reason, name, desk.interface)
    answer: dict[str, object] = {
        "type": TYPES.get(kind, "about:blank"),
        "title": title(status),
        "status": int(status),
        "detail": text,
        "why": kind,
    }
    headers = {}
    upload = error.upload if isinstance(error, Refused) else None
    if upload:
        headers["Upload-Offset"] = answer["expected-offset"] = str(upload.offset)
        headers["Upload-Complete"] = "?1" if upload.complete else "?0"
        answer["expected-offset"] = upload.offset
    return JSONResponse(answer, status, headers, media_type="application/problem+json")


def _digest(written: str) -> str:
    """SHA-256 in hexadecimal from a digest field of RFC 9530, "" where it has none."""
    match = _DIGEST.search(written)
    try:
        return base64.b64decode(match[1], validate=True).hex() if match else ""
    except binascii.Error:
        return ""


ROUTES = [
    at_desk(SENDING, post=begin),
    at_desk(
        f"{SENDING}/{{upload}}",
        get=stands,
        post=append,
        takes=Pieces(PIECE),
    ),
    at_desk(f"{SENDING}/{{upload}}/give-up", post=give_up),
]
