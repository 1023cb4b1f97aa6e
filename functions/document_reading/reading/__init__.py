"""Reads expense data off supporting documents, for their users to check rather than type."""
