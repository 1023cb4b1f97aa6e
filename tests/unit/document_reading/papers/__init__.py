"""Invented invoices and receipts with their truth: many layouts, six languages, any number of each."""
