"""Which documents look alike.

alike         values: how alike two documents are, by the words they share
structure     values: how alike their blocks are, in kind, order and length
translations  values: which documents may be one work in two languages
finding       looks for both in a library, and keeps what it finds for staff to judge
"""
