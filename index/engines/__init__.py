"""One file per engine; each alone imports its vendor."""
