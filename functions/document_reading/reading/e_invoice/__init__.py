"""Structured invoices, and how they compare with their page."""
