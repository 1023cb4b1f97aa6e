"""Whom the company's folder is shared with."""
