"""Where a company's documents are filed: what it may choose, and the path that follows from it."""
