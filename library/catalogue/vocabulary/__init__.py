"""What staff changed of the vocabularies, and what is filed under their concepts."""
