"""What the import and the reading both must know of pictures before a decoder is asked for them."""
