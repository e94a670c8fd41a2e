"""The fast engine that lives in a folder, too; its vendor is an extra."""

from index.engines.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]
