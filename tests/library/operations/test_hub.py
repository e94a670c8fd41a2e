"""A hub is told of what is new, once, and only where one is set."""

from __future__ import annotations

from pathlib import Path

from library.core.settings import Settings
from library.operations.hub import Hub
from tests.library.web.conftest import Shelf

HUB, BASE = "https://hub.example/", "https://ours.example"


def test_a_hub_hears_of_each_change_once(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home", hub=HUB, base_url=BASE))
    heard: list[tuple[str, str]] = []

    def tell(hub: str, feed: str) -> int:
        heard.append((hub, feed))
        return 204

    hub = Hub(shelf.settings, shelf.catalogue, tell)
    assert not hub.once()
    shelf.add("A fund", ["Wages."])
    assert hub.once() and not hub.once()
    assert heard == [(HUB, f"{BASE}/feed.atom")]
    silent = Hub(Settings(home=shelf.settings.home), shelf.catalogue, tell)
    shelf.add("Another", ["Strikes."])
    assert not silent.once() and len(heard) == 1
