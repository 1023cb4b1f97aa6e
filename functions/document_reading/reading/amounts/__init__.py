"""Amounts on a page: their labels, the arithmetic between them, the total, VAT and currency."""
