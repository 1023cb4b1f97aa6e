"""Refresh tokens that no link needs any more, until Dropbox has been told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.links import Link, Purpose

TRIED_FOR = timedelta(days=7)
BUCKET = "revoke"
"""Their partition of the index `due`: the sweep's are numbers."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """A token to be revoked: ciphertext, bound to the id of the link it was and its purpose.

    `which` tells it from the link's other tokens. Nothing is tried after `until`; `tries` failed so far.
    """

    link_id: str
    which: str
    purpose: Purpose
    account_id: str
    encrypted_token: bytes
    until: datetime
    next_try: datetime
    tries: int = 0

    @property
    def revocation_id(self) -> str:
        """Its key."""
        return revocation_id_for(self.link_id, self.which)


def revocation_id_for(link_id: str, which: str) -> str:
    """The key of one of the tokens that were, or might have become, this link's."""
    return f"revoke:{link_id}#{which}"


def revocation_of(link: Link, at: datetime) -> Revocation | None:
    """What is to be revoked once this link is no more; None where it has no token (any more)."""
    if link.encrypted_token is None:
        return None
    return Revocation(
        link_id=link.link_id,
        which=str(link.generation),
        purpose=link.purpose,
        account_id=link.account_id,
        encrypted_token=link.encrypted_token,
        until=at + TRIED_FOR,
        next_try=at,
    )
