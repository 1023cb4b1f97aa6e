"""Where the company's documents are filed, as its administrators choose."""
