"""What was learned from a generation, kept in its folder: one file, and a number that rises."""

from __future__ import annotations

import re
from typing import Any

from index.meaning import Learned, dump, load

_LESSON = re.compile(r"learned-(\d+)\.npz")


def lesson(storage: Any) -> int:
    """The number of the last lesson; 0 when nothing was learned."""
    return max((int(m[1]) for name in storage.list() if (m := _LESSON.fullmatch(name))), default=0)


def keep(storage: Any, learned: Learned) -> None:
    """Write what was learned, then forget what was before."""
    number = lesson(storage) + 1
    with storage.create_file(f"learning-{number}.npz") as file:
        file.write(dump(learned))
    storage.rename_file(f"learning-{number}.npz", _name(number), safe=False)
    for name in storage.list():
        if (found := _LESSON.fullmatch(name)) and int(found[1]) < number:
            storage.delete_file(name)


def recall(storage: Any) -> Learned | None:
    """What was learned last; None when nothing was, or when it cannot be read."""
    number = lesson(storage)
    if not number:
        return None
    with storage.open_file(_name(number)) as file:
        return load(bytes(file.read()))


def _name(number: int) -> str:
    return f"learned-{number}.npz"
