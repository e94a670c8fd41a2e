"""The pages that readers see, one module each."""
