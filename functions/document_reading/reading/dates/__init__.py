"""Dates on a page, and which of them is the day of issue."""
