"""What a library teaches about its own words: which belong together, and which look alike.

No model comes from outside. Everything here is learned from the postings of one index, is kept
beside it, and can be thrown away and learned anew.
"""

from index.meaning.learning import LEAST, Matrix, learn
from index.meaning.model import Learned, dump, load

__all__ = ["LEAST", "Learned", "Matrix", "dump", "learn", "load"]
