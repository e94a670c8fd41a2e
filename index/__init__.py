"""Full-text search behind one small interface; it knows nothing of what is searched for."""
