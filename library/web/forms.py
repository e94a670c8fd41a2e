"""Forms that this site sends to itself: whether one is ours, and what stands in it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from library.web.site import Site


def same_site(request: Request) -> None:
    """Refuse what another site's page made a browser send. Raises HTTPException 403.

    Browsers say where a request was made (Sec-Fetch-Site, or Origin on older ones).
    """
    came = request.headers.get("sec-fetch-site")
    if came is not None and came not in ("same-origin", "none"):
        raise HTTPException(403)
    origin = request.headers.get("origin")
    if origin is None:
        return
    site: Site = request.app.state.site
    ours = {request.headers.get("host", "").lower()}
    if site.settings.base_url:
        ours.add(urlsplit(site.settings.base_url).netloc.lower())
    # A web server in front of us speaks https where we hear http, so only names are compared.
    try:
        came_from = urlsplit(origin).netloc.lower()
    except ValueError:  # no address: a browser sends none such
        raise HTTPException(403) from None
    if came_from not in ours:
        raise HTTPException(403)


async def words_of(request: Request, name: str) -> str:
    """What a reader wrote in a form's one field: only from a page of this site. Raises 403."""
    return (await fields_of(request, name))[name]


async def fields_of(request: Request, *names: str) -> dict[str, str]:
    """The same of several fields."""
    same_site(request)
    fields = parse_qs((await request.body()).decode("utf-8", "replace"))
    return {name: " ".join(fields.get(name, [])) for name in names}
