"""The bridge to `index`: what of a resource is indexed, and what a question names."""
