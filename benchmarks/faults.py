"""What cannot be measured is said in one line: no index, one of another version, no catalogue."""

from __future__ import annotations

import sys
from collections.abc import Callable

from index.engine import SearchError
from library.core.errors import LibraryError


def run(main: Callable[[], None]) -> None:
    """A command whose library may be unusable: then it ends with 1, and says why and what to do."""
    try:
        main()
    except (SearchError, LibraryError) as error:
        sys.exit(str(error))
