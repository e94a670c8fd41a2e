"""What a harvester asks for, read and held against the protocol: plain values, no HTTP."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

FORMATS = ("oai_dc", "mods")

# Of each verb, the arguments that must be there and those that may be.
VERBS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset()),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
}
RESUMED = frozenset({"ListIdentifiers", "ListRecords", "ListSets"})
LONGEST_TOKEN = 2000  # characters
DAY = len("2026-01-01")

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")


class ProtocolError(Exception):
    """A request that cannot be answered, under the name that the protocol has for it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list that is asked for, and from where on."""

    format: str
    set: str = ""
    since: str = ""  # as it was written
    until: str = ""
    after: tuple[str, str] = ("", "")
    cursor: int = 0  # how many went before

    @property
    def from_(self) -> str:
        """The first moment that is wanted, "" for any."""
        return _moment(self.since).isoformat() if self.since else ""

    @property
    def before(self) -> str:
        """The first moment that is wanted no more, "" for none."""
        if not self.until:
            return ""
        step = timedelta(days=1) if len(self.until) == DAY else timedelta(seconds=1)
        try:
            return (_moment(self.until) + step).isoformat()
        except OverflowError:
            return ""


def arguments_of(pairs: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """The arguments of a request, `verb` among them. Raises ProtocolError."""
    given = dict(pairs)
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise ProtocolError("badVerb", f"one verb is needed, of {', '.join(VERBS)}")
    verb = verbs[0]
    if len(given) != len(pairs):
        raise ProtocolError("badArgument", "an argument is repeated")
    names = frozenset(given) - {"verb"}
    if verb in RESUMED and "resumptionToken" in names:
        if len(names) > 1:
            raise ProtocolError("badArgument", "resumptionToken goes with nothing but the verb")
        return given
    needed, allowed = VERBS[verb]
    if missing := sorted(needed - names):
        raise ProtocolError("badArgument", f"{verb} needs {', '.join(missing)}")
    if unknown := sorted(names - needed - allowed):
        raise ProtocolError("badArgument", f"{verb} takes no {unknown[0][:60]}")
    prefix = given.get("metadataPrefix", FORMATS[0])
    if prefix not in FORMATS:
        known = " and ".join(FORMATS)
        raise ProtocolError("cannotDisseminateFormat", f"there are {known}, not {prefix[:60]!r}")
    return given


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """The list that is asked for. Raises ProtocolError."""
    if "resumptionToken" in given:
        return _resumed(given["resumptionToken"])
    since, until = given.get("from", ""), given.get("until", "")
    for name, value in (("from", since), ("until", until)):
        if name in given:
            _checked(name, value)
    if since and until and len(since) != len(until):
        raise ProtocolError("badArgument", "from and until are not of one granularity")
    if since and until and since > until:
        raise ProtocolError("badArgument", "from is later than until")
    if given.get("set") == "":
        raise ProtocolError("badArgument", "set is empty")
    return Wanted(given["metadataPrefix"], given.get("set", ""), since, until)


def token_of(wanted: Wanted) -> str:
    """What leads on to the rest of a list: all that it needs is in it, so it never expires."""
    parts = [wanted.format, wanted.set, wanted.since, wanted.until, *wanted.after, wanted.cursor]
    text = json.dumps(parts, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _resumed(token: str) -> Wanted:
    bad = ProtocolError("badResumptionToken", "this token was not given out here")
    if not token or len(token) > LONGEST_TOKEN or not token.isascii():
        raise bad
    try:
        read = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        format_, set_, since, until, moment, id_, cursor = read
        texts = (format_, set_, since, until, moment, id_)
        if not all(isinstance(text, str) for text in texts) or type(cursor) is not int:
            raise bad
        for name, value in (("from", since), ("until", until)):
            if value:
                _checked(name, value)
        datetime.fromisoformat(moment)
    except (ValueError, TypeError, RecursionError, binascii.Error, ProtocolError) as error:
        raise bad from error
    if format_ not in FORMATS or not id_ or cursor < 1:
        raise bad
    return Wanted(format_, set_, since, until, (moment, id_), cursor)


def _checked(name: str, text: str) -> None:
    try:
        if not _WRITTEN.fullmatch(text):
            raise ValueError(text)
        _moment(text)
    except ValueError:
        raise ProtocolError(
            "badArgument", f"{name} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ"
        ) from None


def _moment(text: str) -> datetime:
    if len(text) == DAY:
        day = date.fromisoformat(text)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    return datetime.fromisoformat(text)
