"""From pieces of type on a page to blocks that people read; knows no file format."""
