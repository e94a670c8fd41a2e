"""What is to be shown, as an address says it; what makes no sense there is left at its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from index.fields import FACET, FILED, NARROWING
from library.catalogue.statistics.usage import KINDS, Kind
from library.web.staff.links import FIGURES

FACETS = (*NARROWING, "status")
PAIRS = (
    *(f"{facet}-language" for facet in FILED if not FACET[facet].nested),
    "use-audience",  # for whom there is something to begin a session with, and for whom to end one
)
STATUSES = ("published", "every")
PERIODS = ("7", "30", "90", "365", "all")  # days


@dataclass(frozen=True, slots=True)
class Shown:
    """The choices of the page."""

    by: str = "topic"
    status: str = "published"
    pair: str = "topic-language"
    period: str = "90"
    what: str = "read"

    @property
    def kind(self) -> Kind:
        return next(kind for kind in KINDS if kind == self.what)

    @property
    def since(self) -> str:
        """The first day of the period; "" for all there is."""
        if self.period == "all":
            return ""
        return (today() - timedelta(days=int(self.period) - 1)).isoformat()

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Those that differ from what is shown without."""
        usual = Shown()
        every = {name: getattr(self, name) for name in CHOICES}
        return tuple(
            (name, value) for name, value in every.items() if value != getattr(usual, name)
        )

    def url(self, path: str = FIGURES, anchor: str = "", **changed: str) -> str:
        parameters = replace(self, **changed).parameters()
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"{path}{query}" + (f"#{anchor}" if anchor else "")

    def sheet(self, name: str) -> str:
        """The address of a table as a file."""
        return self.url(f"{FIGURES}/{name}.csv")


CHOICES: Mapping[str, tuple[str, ...]] = {
    "by": FACETS,
    "status": STATUSES,
    "pair": PAIRS,
    "period": PERIODS,
    "what": KINDS,
}


def shown_of(given: Mapping[str, str]) -> Shown:
    chosen = {
        name: given[name] for name, values in CHOICES.items() if given.get(name, "") in values
    }
    return Shown(**chosen)


def today() -> date:
    return datetime.now(UTC).date()
