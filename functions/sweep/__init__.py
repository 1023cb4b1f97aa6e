"""Rings the doorbell of every link, and of every document to be read, that is due."""
