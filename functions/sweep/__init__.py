"""Rings the doorbell of every link that is due, whatever notification was lost."""
