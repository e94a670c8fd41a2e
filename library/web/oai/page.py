"""`/oai`: the six verbs of OAI-PMH 2.0, by GET and POST."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from library.catalogue.resources import harvest, queries
from library.catalogue.resources.harvest import Change
from library.core.resource import Collection, Resource
from library.web import links
from library.web.freshness import PASSING
from library.web.headers import OPEN
from library.web.oai.records import SCHEMAS, WRITERS, Sender
from library.web.oai.request import (
    FORMATS,
    ProtocolError,
    Wanted,
    arguments_of,
    token_of,
    wanted_of,
)
from library.web.oai.sets import listed, part_of, sets_of
from library.web.oai.xml_tree import OAI_IDENTIFIER, XSI, add, root, written
from library.web.site import Visit, visit_of

SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
IDENTIFIER_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"
RECORDS = 100  # of one answer
HEADERS = 500
NOBODY = "nobody@library.invalid"  # where no setting names who answers: the schema wants somebody

_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+")


async def oai(request: Request) -> Response:
    pairs = request.query_params.multi_items()
    if request.method == "POST":
        body = (await request.body()).decode("utf-8", "replace")
        pairs = parse_qsl(body, keep_blank_values=True)
    return await run_in_threadpool(answered, visit_of(request), pairs)


def answered(visit: Visit, pairs: Sequence[tuple[str, str]]) -> Response:
    """The answer to a request; what it asks wrongly is said as the protocol names it."""
    tree = root("oai:OAI-PMH", SCHEMA)
    add(tree, "oai:responseDate", _second(datetime.now(UTC).isoformat()))
    address = visit.base + links.OAI
    asked: Mapping[str, str] = {}
    try:
        asked = arguments_of(pairs)
        verb = Element("{http://www.openarchives.org/OAI/2.0/}" + asked["verb"])
        Harvest(visit, asked).fill(verb)
    except ProtocolError as error:
        # The schema allows what was asked to stand here only where it made sense.
        told = {} if error.code in ("badVerb", "badArgument") else asked
        add(tree, "oai:request", address, **told)
        add(tree, "oai:error", str(error), code=error.code)
    else:
        add(tree, "oai:request", address, **asked)
        tree.append(verb)
    headers = {**OPEN, "Cache-Control": PASSING}  # it says when it was given
    return Response(written(tree), media_type="text/xml; charset=utf-8", headers=headers)


class Harvest:
    """One request that makes sense, and the library it is for."""

    def __init__(self, visit: Visit, asked: Mapping[str, str]) -> None:
        site = visit.site
        self.visit, self.asked = visit, asked
        first = site.settings.languages[0]
        self.visit = replace(visit, interface=site.interfaces.get(first, visit.interface))
        self.sender = Sender(visit.base, site.vocabularies, first, site.settings.ark)
        self.host = urlsplit(visit.base).hostname or "localhost"

    def fill(self, verb: Element) -> None:
        """Put the answer into the element of its verb. Raises ProtocolError."""
        fillers: Mapping[str, Callable[[Element], None]] = {
            "Identify": self.identify,
            "ListMetadataFormats": self.formats,
            "ListSets": self.sets,
            "GetRecord": self.record,
            "ListIdentifiers": self.headers,
            "ListRecords": self.records,
        }
        fillers[self.asked["verb"]](verb)

    def identify(self, verb: Element) -> None:
        site = self.visit.site
        first = site.catalogue.ask(harvest.earliest) or datetime.now(UTC).isoformat()
        contact = site.settings.contact
        for name, text in (
            ("repositoryName", site.settings.called(self.sender.language)),
            ("baseURL", self.visit.base + links.OAI),
            ("protocolVersion", "2.0"),
            ("adminEmail", contact if "@" in contact and "/" not in contact else NOBODY),
            ("earliestDatestamp", _second(first)),
            ("deletedRecord", "persistent"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ):
            add(verb, f"oai:{name}", text)
        if not _DOMAIN.fullmatch(self.host):
            return  # the description is for libraries that have a name
        named = add(add(verb, "oai:description"), "oai_id:oai-identifier")
        named.set(f"{{{XSI}}}schemaLocation", f"{OAI_IDENTIFIER} {IDENTIFIER_SCHEMA}")
        for name, text in (
            ("scheme", "oai"),
            ("repositoryIdentifier", self.host),
            ("delimiter", ":"),
            ("sampleIdentifier", self._name("0f3a9c2b11")),
        ):
            add(named, f"oai_id:{name}", text)

    def formats(self, verb: Element) -> None:
        if "identifier" in self.asked:
            self._change(self.asked["identifier"])
        for name in FORMATS:
            schema, namespace = SCHEMAS[name]
            made = add(verb, "oai:metadataFormat")
            add(made, "oai:metadataPrefix", name)
            add(made, "oai:schema", schema)
            add(made, "oai:metadataNamespace", namespace)

    def sets(self, verb: Element) -> None:
        if "resumptionToken" in self.asked:
            raise ProtocolError("badResumptionToken", "the list of sets is given whole")
        every = list(listed(self.visit))
        if not every:
            raise ProtocolError("noSetHierarchy", "nothing is filed yet")
        for one in every:
            made = add(verb, "oai:set")
            add(made, "oai:setSpec", one.spec)
            add(made, "oai:setName", one.name)

    def record(self, verb: Element) -> None:
        change = self._change(self.asked["identifier"])
        found = self.visit.site.catalogue.resources([] if change.departed else [change.id])
        self._put(verb, change, found[0] if found else None, self.asked["metadataPrefix"])

    def headers(self, verb: Element) -> None:
        self._list(verb, HEADERS, whole=False)

    def records(self, verb: Element) -> None:
        self._list(verb, RECORDS, whole=True)

    def _list(self, verb: Element, most: int, *, whole: bool) -> None:
        wanted = wanted_of(self.asked)
        try:
            part = part_of(wanted.set, self.visit)
        except ProtocolError as error:
            if wanted.cursor:
                raise ProtocolError("badResumptionToken", "its set is there no more") from error
            raise
        with self.visit.site.catalogue.snapshot() as moment:
            changes = moment.ask(
                harvest.changes,
                part,
                after=wanted.after,
                since=wanted.from_,
                before=wanted.before,
                limit=most + 1,
            )
            here = changes[:most]
            live = [change.id for change in here if not change.departed]
            found = {one.id: one for one in moment.ask(queries.resources, live, public=True)}
        if not changes and not wanted.cursor:
            raise ProtocolError("noRecordsMatch", "nothing changed then, or is in that set")
        held = self._collections()
        for change in here:
            resource = found.get(change.id)
            if whole:
                self._put(verb, change, resource, wanted.format, held)
            else:
                self._header(verb, change, resource, held)
        self._lead_on(verb, wanted, here, more=len(changes) > most)

    def _lead_on(
        self, verb: Element, wanted: Wanted, here: Sequence[Change], *, more: bool
    ) -> None:
        """A token where there is more; an empty one ends a list that came in parts."""
        if not more and not wanted.cursor:
            return
        token = ""
        if more:
            place = (here[-1].changed, here[-1].id)
            token = token_of(replace(wanted, after=place, cursor=wanted.cursor + len(here)))
        add(verb, "oai:resumptionToken", token, cursor=str(wanted.cursor))

    def _put(
        self,
        above: Element,
        change: Change,
        resource: Resource | None,
        format_: str,
        held: Mapping[str, list[Collection]] | None = None,
    ) -> None:
        made = add(above, "oai:record")
        self._header(made, change, resource, self._collections() if held is None else held)
        if resource:
            add(made, "oai:metadata").append(WRITERS[format_](resource, self.sender))

    def _header(
        self,
        above: Element,
        change: Change,
        resource: Resource | None,
        held: Mapping[str, list[Collection]],
    ) -> None:
        header = add(above, "oai:header", **({} if resource else {"status": "deleted"}))
        add(header, "oai:identifier", self._name(change.id))
        add(header, "oai:datestamp", _second(change.changed))
        if resource:
            for spec in sets_of(resource, self.sender.vocabularies, held):
                add(header, "oai:setSpec", spec)

    def _collections(self) -> Mapping[str, list[Collection]]:
        """By resource, the collections that hold it."""
        held: dict[str, list[Collection]] = {}
        for collection in self.visit.site.catalogue.collections():
            for id_ in collection.resources:
                held.setdefault(id_, []).append(collection)
        return held

    def _change(self, name: str) -> Change:
        """When what an identifier names last changed. Raises ProtocolError."""
        prefix = self._name("")
        if name.startswith(prefix):
            id_ = name.removeprefix(prefix)
            if change := self.visit.site.catalogue.ask(harvest.change, id_):
                return change
        raise ProtocolError("idDoesNotExist", "the library has no such record")

    def _name(self, id_: str) -> str:
        return f"oai:{self.host}:{id_}"


def _second(moment: str) -> str:
    """A moment as the protocol writes it: in UTC, to the second."""
    return f"{moment[:19]}Z"


ROUTES = [
    Route(links.OAI, oai, methods=["GET", "POST"]),
]
