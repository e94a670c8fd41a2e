"""An index as columns: sorted terms, postings, positions, pieces of text and facts, as arrays.

Works that were indexed together are a segment: one file of arrays that is mapped into memory, so
that all processes share it. A segment never changes; works that were removed are told apart by
whoever lists segments. Nothing here knows who does.
"""
