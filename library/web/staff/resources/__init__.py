"""What the library holds: looked through, looked at, and put right."""
