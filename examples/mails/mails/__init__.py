"""Mails about what happened between Jenji and Dropbox, for people who are not looking at a page."""
