"""Sending again what is not in Dropbox any more."""
