"""Walks every place where a facet is to be found, with the library it is run in.

    python surfaces.py FACET CONCEPT TITLE

TITLE is a work filed under CONCEPT. Says in one line of JSON where it was found and where not.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator

from starlette.testclient import TestClient

from library import accounts
from library.core import settings
from library.core.resource import Role
from library.web.app import app_of
from library.web.site import open_site
from tests.markup import Source, has, values

PASSWORD = "correct horse battery"
SPANISH = {"accept-language": "es"}


def hidden(page: Source, name: str) -> str:
    """What a field that nobody sees holds; the first, where several forms have it."""
    return values(page, f'[name="{name}"]', "value")[0]


def readers(client: TestClient, facet: str, concept: str, title: str) -> Iterator[tuple[str, bool]]:
    site = client.app.state.site  # type: ignore[attr-defined]
    scheme = site.vocabularies.schemes[facet]
    name, heading = scheme.names, scheme.headings
    label = site.vocabularies.label(facet, concept, "en")
    es = site.vocabularies.label(facet, concept, "es")
    found = client.get("/api/search", params={"q": title, facet: concept}).json()
    [hit] = [one for one in found["hits"] if one["title"] == title]
    record = client.get(f"/api/resources/{hit['id']}").json()
    yield "api, found", found["query"][facet] == [concept]
    yield "api, counted", {"id": concept, "label": label, "count": found["total"],
                           "selected": True} in found["facets"][facet]  # fmt: skip
    yield "api, record", {"id": concept, "label": label} in record[facet]
    values = client.get(f"/api/facets/{facet}").json()
    yield "api, values", label in json.dumps(values, ensure_ascii=False)
    page = client.get("/search", params={facet: concept}).text
    yield "search, beside", name["en"] in page and label in page and title in page
    yield "search, Spanish", name["es"] in client.get("/search", headers=SPANISH).text
    yield "search, not stated", title not in client.get("/search", params={facet: "none"}).text
    yield "search, by its label", title in client.get("/search", params={"q": label}).text
    browse = client.get(f"/browse/{facet}", headers=SPANISH).text
    yield "browse", heading["es"] in browse and es in browse
    yield "browse, tabs of others", f"/browse/{facet}" in client.get("/browse/topic").text
    yield "front page", heading["en"] in client.get("/").text and label in client.get("/").text
    yield "about", f"/browse/{facet}" in client.get("/about").text
    work = client.get(record["url"]).text
    yield "resource", name["en"] in work and f"{facet}={concept}" in work
    suggested = client.get("/suggest", params={"q": label[:5]}).text
    yield "while typing", f"{facet}={concept}" in suggested
    feed = client.get("/feed.atom", params={facet: concept}).text
    yield "feed", has(feed, f'category[term="{label}"]') and title in feed


def staff(client: TestClient, facet: str, concept: str, title: str) -> Iterator[tuple[str, bool]]:
    site = client.app.state.site  # type: ignore[attr-defined]
    label = site.vocabularies.label(facet, concept, "en")
    name = site.vocabularies.schemes[facet].names["en"]
    token = hidden(client.get("/staff/sign-in"), "form")
    sent = {"name": "ana", "password": PASSWORD, "form": token}
    assert client.post("/staff/sign-in", data=sent).status_code == 200
    [hit] = client.get("/api/search", params={"q": title, facet: concept}).json()["hits"][:1]
    form = client.get(f"/staff/resources/{hit['id']}/words").text
    yield "desk, form", has(form, f'[name="work.{facet}"]') and label in form
    typed = client.get(f"/staff/concepts/{facet}", params={"q": label[:4]}).json()
    yield "desk, while typing", concept in [one["id"] for one in typed]
    shelf = client.get("/staff/resources", params={facet: concept}).text
    yield "desk, shelf", has(shelf, f'[name="{facet}"]') and title in shelf
    table = client.get("/staff/resources.csv", params={facet: concept}).text
    rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))
    yield "desk, table", bool(rows) and all(concept in row[facet] for row in rows)
    template = client.get("/staff/tables/template.csv").text
    yield "desk, empty table", facet in template.lstrip("\ufeff").splitlines()[0].split(",")
    yield "desk, columns told", name in client.get("/staff/tables").text
    figures = client.get("/staff/figures", params={"by": facet, "pair": f"{facet}-language"}).text
    yield "desk, figures", name in figures and label in figures
    counted = client.get("/staff/figures/held.csv", params={"by": facet}).text
    yield "desk, figures as a table", label in counted
    yield "desk, vocabularies", name in client.get("/staff/vocabularies").text
    yield "desk, concepts", label in client.get(f"/staff/vocabularies/{facet}").text
    many = client.get("/staff/many", params={"pick": hit["id"]}).text
    yield "desk, many at once", has(many, f'[name="{facet}.how"]')
    token = hidden(many, "form")
    ask = {"pick": hit["id"], "form": token, f"{facet}.how": "take", facet: label}
    plan = client.post("/staff/many", data=ask)
    seal = hidden(plan, "seal")
    done = client.post(str(plan.url), data={"form": token, "seal": seal})
    yield "desk, many done", done.status_code == 200
    kept = client.get(f"/api/resources/{hit['id']}").json()[facet]
    yield "desk, many kept", concept not in [one["id"] for one in kept]


def main(facet: str, concept: str, title: str) -> None:
    site = open_site(settings.read())
    accounts.add(site.catalogue, "ana", Role.ADMIN, PASSWORD)
    client = TestClient(app_of(site))
    found = dict(readers(client, facet, concept, title))
    found |= dict(staff(client, facet, concept, title))
    sys.stdout.write(json.dumps(found))
    site.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
