"""WordPress's own export (WXR): posts and pages, their tags, and the documents attached to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from library.moving_in.readers.plain import links, words
from library.moving_in.readers.xml_elements import elements, text_of
from library.moving_in.record import Builder, Record, Unread
from library.moving_in.web_addresses import joined, way_of

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
DOCUMENTS = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".odp", ".epub")
TYPES = ("post", "page")
STANDS = {"publish": False, "inherit": False, "draft": True, "pending": True, "private": True,
          "future": True}  # fmt: skip
NOT_SHOWN = re.compile(r"_(edit_|wp_|oembed|yoast|thumbnail|menu_)")
LANGUAGES = ("language", "post_translations")  # taxonomies of Polylang
SHORT_TEXT = 400  # signs of a post's own words below which they only lead to its documents


def read(root: Path, index: Path) -> Iterator[Record | Unread]:
    """Twice through the file: attachments may stand after the post that they belong to."""
    files: dict[str, list[tuple[str, str, str]]] = {}  # post → number, address, title
    every: dict[str, tuple[str, str]] = {}
    site = ""
    for element in elements(index, "item", "link"):
        if element.tag == "link":
            site = site or text_of(element)
            continue
        if _wp(element, "post_type") != "attachment":
            continue
        address = _wp(element, "attachment_url") or text_of(element.find("guid"))
        if _is_document(address):
            number, title = _wp(element, "post_id"), text_of(element.find("title"))
            files.setdefault(_wp(element, "post_parent"), []).append((number, address, title))
            every[number] = (address, title)
    taken: set[str] = set()
    count = 0
    for element in elements(index, "item"):
        kind, stands = _wp(element, "post_type"), _wp(element, "status")
        if stands not in STANDS or kind in ("attachment", "nav_menu_item", "revision"):
            continue
        own = files.get(_wp(element, "post_id"), [])
        html = text_of(element.find(CONTENT))
        named = [(address, title) for address, title in links(html) if _is_document(address)]
        if kind not in TYPES and not own and not named and not html:
            continue
        count += 1
        record = _post(count, element, html, site, own, named)
        taken.update(one.place for one in record.files)
        yield record
    for number, (address, title) in every.items():
        if address not in taken:
            count += 1
            yield _attachment(count, number, address, title)


def _post(
    number: int,
    item: Element,
    html: str,
    site: str,
    own: list[tuple[str, str, str]],
    named: list[tuple[str, str]],
) -> Record:
    made = Builder(number)
    link = text_of(item.find("link"))
    made.identify("url", link)
    made.identify("wordpress", text_of(item.find("guid")))
    made.add("title", words(text_of(item.find("title"))), "title")
    made.add("link", link, "url")
    made.add("creator", text_of(item.find(DC + "creator")))  # an account, not an author
    made.add("post_date", _date(item), "date")
    made.add("post_type", _wp(item, "post_type"))
    excerpt = next((text_of(one) for one in item if one.tag.endswith("excerpt/}encoded")), "")
    made.add("excerpt", words(excerpt), "abstract")
    for category in item.findall("category"):
        domain = category.get("domain", "category")
        ours = "language" if domain in LANGUAGES else "subject"
        value = text_of(category)
        made.add(domain, value, "" if domain == "post_format" else ours)
    for meta in item:
        if meta.tag.rpartition("}")[2] == "postmeta":
            key, value = (_wp(meta, name) for name in ("meta_key", "meta_value"))
            if key and not NOT_SHOWN.match(key) and len(value) < 2000:
                made.add(key.lstrip("_"), words(value))
    for _, address, title in own:
        made.attach(address, title)
    for address, title in named:
        made.attach(joined(link or site, address), title)
    body = words(html)
    if not made.has("abstract") and made.files and body:
        made.mean("abstract", body[:1000])
    if not made.files and len(body) >= SHORT_TEXT:
        made.body = html
    made.draft = STANDS[_wp(item, "status")]
    return made.record()


def _attachment(number: int, id_: str, address: str, title: str) -> Record:
    made = Builder(number)
    made.identify("url", address)
    made.add("title", words(title) or PurePosixPath(way_of(address)).stem, "title")
    made.add("attachment_url", address, "url")
    made.add("post_id", id_)
    made.attach(address, title)
    return made.record()


def _date(item: Element) -> str:
    date = _wp(item, "post_date")[:10]
    return "" if date.startswith("0000") else date


def _wp(item: Element, name: str) -> str:
    """A value of WordPress's own space, whose address differs from version to version."""
    for element in item:
        if element.tag.startswith("{http://wordpress.org/export/") and element.tag.endswith(
            "}" + name
        ):
            return text_of(element)
    return ""


def _is_document(address: str) -> bool:
    return way_of(address).lower().endswith(DOCUMENTS)
