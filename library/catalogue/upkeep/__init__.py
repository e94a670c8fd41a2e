"""What was done to keep the library well, and what was found."""
