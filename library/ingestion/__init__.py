"""How a file becomes editions that can be found and read."""
