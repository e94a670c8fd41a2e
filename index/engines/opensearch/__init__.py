"""The engine in a server: OpenSearch, where one machine is outgrown.

It finds, counts, narrows and sorts, and gives candidates; what is analysed, asked for and looked at
closely is ours, as on the embedded engine. docs/scaling.md says what is the same and what is not.
"""

from index.engines.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]
