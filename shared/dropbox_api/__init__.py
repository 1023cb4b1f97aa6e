"""Adapters to Dropbox: the only code that imports its SDK."""
