"""Notifications: challenge, signature, coalescing and retries."""
