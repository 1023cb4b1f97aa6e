"""Drains one Dropbox account's `Auto-Import` folder into expenses."""
