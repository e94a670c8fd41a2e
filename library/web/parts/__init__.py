"""What several pages show, as `templates/parts` does."""
