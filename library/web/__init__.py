"""The site: what readers see of the library over HTTP."""
