"""The resource library: catalogue, ingestion, site and staff commands."""

__version__ = "0.1.0"
