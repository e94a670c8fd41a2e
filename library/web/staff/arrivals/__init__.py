"""Files that come in: sent, watched while they are read, tried again."""
