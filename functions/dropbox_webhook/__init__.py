"""Verifies Dropbox's notifications and rings the import doorbell of each account they name."""
