"""Files on the disk: originals under their checksums, pictures of pages, unfinished uploads."""
