"""The catalogue as a table: sent out, taken in, and looked at before."""
