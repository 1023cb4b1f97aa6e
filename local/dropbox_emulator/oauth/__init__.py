"""Authorizations: consents, codes, tokens, and what callers prove themselves with."""
