"""Drains one company's pending deliveries into its Dropbox."""
