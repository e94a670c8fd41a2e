"""XML that other programs read: elements with declared prefixes, and text that XML can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
DC = "http://purl.org/dc/elements/1.1/"
MODS = "http://www.loc.gov/mods/v3"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

PREFIXES: Mapping[str, str] = {
    "oai": OAI,
    "oai_dc": OAI_DC,
    "oai_id": OAI_IDENTIFIER,
    "dc": DC,
    "mods": MODS,
    "xlink": XLINK,
    "xsi": XSI,
}

for _prefix, _namespace in PREFIXES.items():
    register_namespace(_prefix, _namespace)

# Characters that XML 1.0 cannot hold, even escaped (section 2.2).
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(name: str) -> str:
    """The name of an element as the tree has it, from `dc:title`."""
    prefix, _, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}"


def root(name: str, schema: str) -> Element:
    """An element that says where its schema is."""
    namespace = PREFIXES[name.partition(":")[0]]
    return Element(tag(name), {f"{{{XSI}}}schemaLocation": f"{namespace} {schema}"})


def add(above: Element, name: str, text: str = "", *, lang: str = "", **more: str) -> Element:
    """A new element below another; `lang` is the language of its text."""
    made = SubElement(above, tag(name), {key: clean(value) for key, value in more.items()})
    if lang:
        made.set(LANG, lang)
    if text:
        made.text = clean(text)
    return made


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def written(tree: Element) -> bytes:
    text: str = tostring(tree, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()
