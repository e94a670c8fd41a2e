"""The schemas that records are held against, as far as a package brings them.

`eulxml` has those of oai_dc and of MODS as they are published, and of xlink. The three others that
they name are written here from their specifications.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

XSD = "http://www.w3.org/2001/XMLSchema"
ELEMENTS = (
    "title creator subject description publisher contributor date type format identifier source "
    "language relation coverage rights"
)
ATTRIBUTES = f"""<schema xmlns="{XSD}" targetNamespace="http://www.w3.org/XML/1998/namespace">
<attribute name="lang" type="language"/><attribute name="space" type="NCName"/>
<attribute name="base" type="anyURI"/></schema>"""
# Unqualified Dublin Core: fifteen elements, each a text with perhaps a language.
DUBLIN_CORE = f"""<schema xmlns="{XSD}" xmlns:dc="http://purl.org/dc/elements/1.1/"
 targetNamespace="http://purl.org/dc/elements/1.1/" elementFormDefault="qualified">
<import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>
<complexType name="text"><simpleContent><extension base="string">
<attribute ref="xml:lang"/></extension></simpleContent></complexType>
{"".join(f'<element name="{name}" type="dc:text"/>' for name in ELEMENTS.split())}</schema>"""


class Local(etree.Resolver):
    """What schemas name is taken from here; nothing is fetched."""

    def resolve(self, address: str, name: str, context: object) -> object:
        if address.endswith("xml.xsd"):
            return self.resolve_string(ATTRIBUTES, context)
        if "simpledc" in address:
            return self.resolve_string(DUBLIN_CORE, context)
        if address.endswith("xlink.xsd"):
            return self.resolve_filename(str(_folder() / "xlink.xsd"), context)
        return None


@cache
def published(name: str) -> etree.XMLSchema:
    """A schema as it is published: `oai_dc.xsd`, `mods-3-4.xsd`."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(_folder() / name), parser))


def _folder() -> Path:
    found = find_spec("eulxml")
    assert found and found.origin
    return Path(found.origin).parent / "schema_data"


OAI = "{http://www.openarchives.org/OAI/2.0/}"
# Of each element of an answer, what may stand in it and in what order (section 3 of the protocol):
# a name, ? at most once, * any number, + at least once.
SHAPES = {
    "Identify": "repositoryName baseURL protocolVersion adminEmail+ earliestDatestamp "
    "deletedRecord granularity compression* description*",
    "ListMetadataFormats": "metadataFormat+",
    "metadataFormat": "metadataPrefix schema metadataNamespace",
    "ListSets": "set+ resumptionToken?",
    "set": "setSpec setName setDescription*",
    "GetRecord": "record",
    "ListRecords": "record+ resumptionToken?",
    "ListIdentifiers": "header+ resumptionToken?",
    "record": "header metadata? about*",
    "header": "identifier datestamp setSpec*",
}
