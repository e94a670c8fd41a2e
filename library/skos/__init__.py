"""Vocabularies as SKOS, to give to others and to take from them (W3C Recommendation, 2009).

`reader.read` makes values of a file, `import_plan.plan` says what they would change, `writer.write`
makes a file of schemes. Only `triples` knows rdflib, and loads it when it is first needed.
"""

from library.skos.facts import FORMATS, Found, FoundScheme, format_of
from library.skos.import_plan import Plan, plan
from library.skos.reader import read
from library.skos.writer import write

__all__ = ["FORMATS", "Found", "FoundScheme", "Plan", "format_of", "plan", "read", "write"]
