"""Packs: resources to carry where there is no network, in one language, as one file."""
