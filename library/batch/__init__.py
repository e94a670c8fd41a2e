"""What is asked of many resources at once, worked out before anything is done.

A plan says of each resource what would change, and of those that cannot be changed why. It does
nothing: `library.catalogue.curation.batch` carries out what was looked at.
"""

from library.batch.change import Change, Part, plan
from library.batch.preview import Difference, Plan, Row

__all__ = ["Change", "Difference", "Part", "Plan", "Row", "plan"]
