"""How a document is cited: as CSL-JSON, in styles, and as files for programs of references."""
