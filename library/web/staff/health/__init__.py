"""Whether the library is well, in words for people who are no engineers."""
