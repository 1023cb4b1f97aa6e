"""Forgets a user or a company of the host's."""
