from __future__ import annotations

import pytest

from index.engines.whoosh import WhooshEngine
from tests.index.builders import LANGUAGES
from tests.index.contract import EngineContract


class TestInMemory(EngineContract):
    @pytest.fixture
    def engine(self):
        engine = WhooshEngine(None, LANGUAGES)
        yield engine
        engine.close()


class TestOnDisk(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path):
        engine = WhooshEngine(tmp_path / "index", LANGUAGES)
        yield engine
        engine.close()
