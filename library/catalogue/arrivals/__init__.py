"""What staff do with files that come in, and uploads that are not whole yet."""
