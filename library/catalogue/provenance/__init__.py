"""What came from another library: its records as they stood there, and what its words mean here."""
