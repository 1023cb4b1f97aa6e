"""Doorbells: their messages, and what answers them."""
