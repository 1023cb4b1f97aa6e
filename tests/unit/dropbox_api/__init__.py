"""Answers of Dropbox, judged without any Dropbox."""
