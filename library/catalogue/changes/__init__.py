"""What was changed, by whom and when; what waits for somebody to say yes."""
