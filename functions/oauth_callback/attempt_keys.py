"""`state` and `handle`: each opens one attempt, is `<attempt_id>.<secret>`, and is kept as a hash only."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid
from dataclasses import dataclass

from shared.domain.errors import LinkRefused, RefusalCode

# 32 bytes, as URL-safe base64.
_KEY = re.compile(r"([0-9a-f]{32})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True, repr=False)
class AttemptKey:
    """Which attempt, and the secret that opens it. Never shown."""

    attempt_id: str
    secret: str

    def text(self) -> str:
        """As it travels in a URL."""
        return f"{self.attempt_id}.{self.secret}"

    def secret_hash(self) -> str:
        """As it is stored. The secret is random, so that one round of SHA-256 is enough."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def opens(self, secret_hash: str | None) -> bool:
        """Compare in constant time; nothing opens what has no hash."""
        return secret_hash is not None and hmac.compare_digest(self.secret_hash(), secret_hash)


def new_attempt_id() -> str:
    """Random, 128 bits."""
    return uuid.uuid4().hex


def new_key(attempt_id: str) -> AttemptKey:
    """A key with a new secret."""
    return AttemptKey(attempt_id, secrets.token_urlsafe(32))


def parse_key(text: object) -> AttemptKey:
    """Raises LinkRefused (invalid_request) for what cannot be a key."""
    match = _KEY.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise LinkRefused(RefusalCode.INVALID_REQUEST)
    return AttemptKey(match[1], match[2])


def attempt_id_in(text: object) -> str | None:
    """For the log, which must not see the secret."""
    match = _KEY.fullmatch(text) if isinstance(text, str) else None
    return match[1] if match else None
