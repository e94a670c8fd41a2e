"""People at the staff desk: accounts, sessions, and limits on signing in."""
