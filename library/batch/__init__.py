"""What is asked of many resources at once, worked out before anything is done.

A plan says of each resource what would change, and of those that cannot be changed why. It does
nothing: `library.catalogue.many` carries out what was looked at.
"""

from library.many.planning import Difference, Plan, Row
from library.many.wishing import Change, Part, plan

__all__ = ["Change", "Difference", "Part", "Plan", "Row", "plan"]
