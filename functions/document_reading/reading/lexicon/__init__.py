"""The words of each language that documents are read by."""
