"""Reads accepted documents and offers what they say."""
