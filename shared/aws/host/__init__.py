"""Adapters to what is the host's: its tables and its event bus."""
