"""Adapters to what stores and analyses documents."""
