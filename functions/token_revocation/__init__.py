"""Tells Dropbox of the refresh tokens that no link needs any more."""
