"""Answering a question from one state of an index: matching, ranking, counts, pages, spelling.

Nothing here knows an engine. An engine gives a `State`; all that makes one answer better than
another is decided here, once for every engine.
"""
