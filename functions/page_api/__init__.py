"""The JSON API of the host's Integrations page: how links stand, what became of what, and requests."""
