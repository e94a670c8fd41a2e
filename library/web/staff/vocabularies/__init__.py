"""Concept schemes: labels, merging, exchange, and searches that no concept answers."""
