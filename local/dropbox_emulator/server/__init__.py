"""HTTP: the one port, the pages, the admin endpoint, and Dropbox's own host names."""
