"""What keeps a library well: the worker, copies, checks, upkeep and health."""
