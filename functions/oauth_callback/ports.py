"""What confirming a link needs from the outside, as small protocols: the real ones are in `shared.aws`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from shared.domain.link_attempts import Consent, LinkAttempt
from shared.domain.links import Link
from shared.domain.revocations import Revocation


class Attempts(Protocol):
    """Where attempts are kept."""

    def get(self, attempt_id: str) -> LinkAttempt | None:
        """An attempt as it is now."""

    def spend_state(self, attempt: LinkAttempt, at: datetime, consent: Consent | None) -> None:
        """Record the one redirect. Raises LinkRefused (already_used)."""

    def begin_confirm(self, attempt: LinkAttempt, at: datetime, died_before: datetime) -> None:
        """Let nobody else spend the code. Raises ConfirmUnderWay where one that lives has begun."""

    def end_confirm(self, attempt: LinkAttempt) -> None:
        """Let another confirm spend the code."""

    def end(self, attempt: LinkAttempt) -> None:
        """The code is spent, and no link comes of it."""

    def complete(
        self, attempt: LinkAttempt, link: Link, previous: Link | None, grant_note_id: str, at: datetime
    ) -> None:
        """Write link, reservations and completion and take the note of the grant back, all or nothing."""


class Revocations(Protocol):
    """Where tokens to be revoked are kept."""

    def add(self, revocation: Revocation) -> None:
        """One more."""


class Cipher(Protocol):
    """Encrypts what Dropbox gave us."""

    def encrypt(self, secret: str, context: Mapping[str, str]) -> bytes:
        """Ciphertext bound to the context."""

    def decrypt(self, ciphertext: bytes, context: Mapping[str, str]) -> str:
        """The inverse, under the same context."""
