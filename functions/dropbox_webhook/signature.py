"""Whether Dropbox has sent this: https://www.dropbox.com/developers/reference/webhooks#notifications."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable


def is_signed(body: bytes, signature: str, secrets: Iterable[str]) -> bool:
    """Whether `signature` is the hexadecimal HMAC-SHA256 of the raw body under one of the secrets."""
    given = signature.encode("utf-8", "replace")
    return any(
        hmac.compare_digest(hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode(), given)
        for secret in secrets
    )
