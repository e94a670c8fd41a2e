"""Many resources at once: asked for, looked at, and done."""
