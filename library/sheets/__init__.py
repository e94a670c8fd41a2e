"""What is known of the documents as a table, for people with a spreadsheet: out, and back in.

A row is an edition. What comes back unchanged changes nothing, also when a spreadsheet has saved it
its own way; what differs is staff's word, once somebody has looked at it and said yes.
"""

from library.sheets.columns import COLUMNS, TEMPLATE
from library.sheets.diff import fit
from library.sheets.export import csv_of, json_of, template
from library.sheets.reader import Fault, Table, read

__all__ = ["COLUMNS", "TEMPLATE", "Fault", "Table", "csv_of", "fit", "json_of", "read", "template"]
