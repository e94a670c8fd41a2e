"""The rooms of the house: which folder of modules asks which, counted by reading imports.

    python -m tests.rooms [--tree FOLDER] [PLACE …]

A room is what lies right inside a place: a folder, or a module of its own. An arrow leads from one
room to another that it imports, however often. A circle is rooms, or modules, that lead back to
themselves. Imports inside functions count, and those for types only. Nothing is imported or run.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("library", "index")
PLACES = ("library", "library.catalogue", "library.web", "library.web.staff", "index")

Graph = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class House:
    """Modules, and which of our own each imports."""

    imports: Graph

    def rooms(self, place: str) -> Graph:
        """The rooms of a place, and which of them each asks; the place's own face is no room."""
        depth = place.count(".") + 2
        within = place + "."
        found: dict[str, set[str]] = {}
        for module, others in self.imports.items():
            if not module.startswith(within):
                continue
            room = _room(module, depth)
            asked = {_room(other, depth) for other in others if other.startswith(within)}
            found.setdefault(room, set()).update(asked - {room})
        return {room: frozenset(asked) for room, asked in found.items()}


def house(root: Path = ROOT) -> House:
    """The house as it stands in a checkout."""
    files = {
        _name(path.relative_to(root)): path
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
    }
    return House({name: frozenset(_imports(path, files) - {name}) for name, path in files.items()})


def circles(graph: Graph) -> list[list[str]]:
    """What leads back to itself: strongly connected components (Tarjan, 1972)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []
    for start in graph:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        stack.append(start)
        walk = [(start, iter(sorted(graph[start])))]
        while walk:
            node, rest = walk[-1]
            following = next((other for other in rest if other in graph), None)
            if following is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == order[node]:
                    at = stack.index(node)
                    if len(stack) - at > 1:
                        found.append(sorted(stack[at:]))
                    del stack[at:]
            elif following not in order:
                order[following] = low[following] = len(order)
                stack.append(following)
                walk.append((following, iter(sorted(graph[following]))))
            elif following in stack:
                low[node] = min(low[node], order[following])
    return found


def floors(graph: Graph) -> list[list[str]]:
    """Rooms from the top: each stands above all that it asks. Rooms of a circle share a floor."""
    group = {room: room for room in graph}
    for circle in circles(graph):
        group.update(dict.fromkeys(circle, circle[0]))
    below: dict[str, set[str]] = defaultdict(set)
    for room, asked in graph.items():
        below[group[room]] |= {group[other] for other in asked} - {group[room]}
    height: dict[str, int] = {}

    def high(room: str) -> int:
        if room not in height:
            height[room] = max((high(other) + 1 for other in below[room]), default=0)
        return height[room]

    drawn: dict[int, list[str]] = defaultdict(list)
    for room in sorted(graph):
        drawn[high(group[room])].append(room)
    return [drawn[floor] for floor in sorted(drawn, reverse=True)]


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _room(module: str, depth: int) -> str:
    return ".".join(module.split(".")[:depth])


def _imports(path: Path, known: Mapping[str, Path]) -> set[str]:
    return {name for name in _named(ast.parse(path.read_text("utf-8")), known) if name in known}


def _named(tree: ast.AST, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in known else node.module


def _drawing(place: str, graph: Graph) -> Iterator[str]:
    for floor in floors(graph):
        names = (room.removeprefix(place + ".") for room in floor)
        yield "    " + "   ".join(names)


def _told(found: House, places: Iterable[str]) -> Iterator[str]:
    yield f"{'place':24}{'rooms':>8}{'arrows':>8}{'circles':>9}"
    for place in places:
        graph = found.rooms(place)
        arrows = sum(map(len, graph.values()))
        yield f"{place:24}{len(graph):8}{arrows:8}{len(circles(graph)):9}"
    yield f"{'circles of modules':24}{len(circles(found.imports)):25}"
    for place in places:
        yield f"\n{place}, each above what it asks:"
        yield from _drawing(place, found.rooms(place))


def main(words: Sequence[str]) -> None:
    root, places = ROOT, list(words)
    if "--tree" in places:
        at = places.index("--tree")
        root = Path(places[at + 1])
        del places[at : at + 2]
    print("\n".join(_told(house(root), places or PLACES)))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
