"""A module for each export that is read: `read(root, index)` yields its records in their order."""
