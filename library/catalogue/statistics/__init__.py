"""Numbers of what is held, read and searched, and what needs a person."""
