"""What each ciphertext is bound to, so that one copied to another row does not open."""

from __future__ import annotations


def refresh_token_context(link_id: str, purpose: str) -> dict[str, str]:
    """What a refresh token's ciphertext is bound to."""
    return {"link_id": link_id, "purpose": purpose}


def code_context(attempt_id: str, purpose: str) -> dict[str, str]:
    """What an authorisation code's ciphertext is bound to."""
    return {"attempt_id": attempt_id, "purpose": purpose}


PSEUDONYMS_CONTEXT = {"purpose": "pseudonyms"}
"""What the key of pseudonyms is bound to."""
