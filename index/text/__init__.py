"""Text to terms, words to a tree, excerpts and spelling: the same for every engine."""
