"""What the product makes of real answers of Dropbox: recordings replayed over HTTP."""
