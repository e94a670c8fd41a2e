"""Changes that reach many resources: concepts, batches, and the way back."""
