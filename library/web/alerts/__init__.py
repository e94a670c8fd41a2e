"""Letters to readers who asked to be told of what is new."""
