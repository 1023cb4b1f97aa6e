"""What lies in a company's Dropbox, compared with what was delivered there."""
