"""What a file is by its bytes: asked when it is imported, and again of what an email carries."""
