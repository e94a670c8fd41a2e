"""The embedded engine, the default."""

from index.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
