"""What Word and PowerPoint files have in common: parts, relations, and what they say of themselves.

The format is ECMA-376. Relations are followed inside the file only; nothing outside is opened.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from library.extractors.cleanup import clean
from library.extractors.container import Container
from library.extractors.xml_tree import attribute, child, text_of, tree

# Named as in PDF files, since programs fill them in the same way: with what is left over.
CORE = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "category": "category",
    "language": "language",
    "created": "creationdate",
    "modified": "moddate",
}


def relations(container: Container, part: str) -> Mapping[str, tuple[str, str]]:
    """Identifier → kind and target part, of the relations of one part ("" for the file's own)."""
    folder, _, name = part.rpartition("/")
    targets: dict[str, tuple[str, str]] = {}
    data = container.data(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in tree(data):
        if attribute(relation, "TargetMode") == "External":
            continue
        kind = attribute(relation, "Type").rpartition("/")[2]
        target = attribute(relation, "Target").replace("\\", "/")
        whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        targets[attribute(relation, "Id")] = (kind, whole)
    return targets


def related(parts: Mapping[str, tuple[str, str]], kind: str, default: str = "") -> str:
    """The first part of a kind among relations."""
    return next((target for its_kind, target in parts.values() if its_kind == kind), default)


def properties(container: Container) -> dict[str, str]:
    """What the file says of itself, in docProps."""
    own = relations(container, "")
    fields: dict[str, str] = {}
    for element in tree(container.data(related(own, "core-properties", "docProps/core.xml"))):
        name = CORE.get(element.tag)
        if name and (text := clean(text_of(element))):
            fields[name] = text
    app = tree(container.data(related(own, "extended-properties", "docProps/app.xml")))
    for tag, name in (("Application", "producer"), ("Company", "company")):
        if text := clean(text_of(child(app, tag))):
            fields[name] = text
    return fields
