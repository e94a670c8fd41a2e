"""The files of a resource, its picture, and which editions are one work."""
