"""Pages printed from known text, with the truth of what stands on them."""
