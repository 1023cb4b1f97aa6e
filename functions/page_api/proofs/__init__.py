"""Proofs of the company's folder."""
