"""Reads the document of one expense and fills the expense in."""
