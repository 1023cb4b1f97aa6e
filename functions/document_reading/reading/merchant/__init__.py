"""Whose document it is."""
