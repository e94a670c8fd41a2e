"""The engine that a library is searched with."""

from __future__ import annotations

from index.engine import EngineMissing, SearchEngine, SearchError
from index.engines import open_engine as _open
from library.core.errors import NotUsable
from library.core.settings import Settings
from library.vocabularies import Vocabularies


def open_engine(settings: Settings, vocabularies: Vocabularies) -> SearchEngine:
    """The engine the settings name, over the index in the home folder. Raises NotUsable."""
    try:
        return _open(settings.engine, settings.index, settings.languages, vocabularies.version)
    except EngineMissing as error:
        raise NotUsable("engine missing", detail=str(error), hint=error.remedy) from error
    except SearchError as error:
        raise NotUsable(error.code, **error.values) from error
