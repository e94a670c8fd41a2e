"""Tables, the values in their rows, and the migrations between them."""
