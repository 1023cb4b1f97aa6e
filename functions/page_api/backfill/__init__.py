"""Deliveries of what was accepted before."""
