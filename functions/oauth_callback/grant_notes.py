"""Notes that what Dropbox granted for an attempt is to be revoked, until a link takes the grant over."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.domain.grants import Grant
from shared.domain.link_attempts import LinkAttempt
from shared.domain.revocations import TRIED_FOR, Revocation, revocation_id_for

REVOKED_UNLESS_LINKED_WITHIN = timedelta(minutes=2)
"""Well after every confirm has ended, so that no grant is revoked that is about to become a link's."""


def grant_note_id(attempt: LinkAttempt) -> str:
    """The key under which it is noted what the attempt's code granted, until a link takes it over."""
    return revocation_id_for(attempt.link_id, _which(attempt))


def _which(attempt: LinkAttempt) -> str:
    return f"attempt-{attempt.attempt_id}"


def grant_note(attempt: LinkAttempt, grant: Grant, encrypted_token: bytes, now: datetime) -> Revocation:
    """That the grant is to be revoked, unless a link takes it over before."""
    due = now + REVOKED_UNLESS_LINKED_WITHIN
    return Revocation(
        link_id=attempt.link_id,
        which=_which(attempt),
        purpose=attempt.purpose,
        account_id=grant.account_id,
        encrypted_token=encrypted_token,
        until=due + TRIED_FOR,
        next_try=due,
    )
