"""The resource library: catalogue, ingestion, site and staff commands."""
