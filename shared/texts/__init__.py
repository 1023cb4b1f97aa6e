"""Texts that people read, by language."""
