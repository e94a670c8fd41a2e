"""The staff desk: what people with an account do from a browser, with scripts or without."""
