"""Step 2 of linking: Dropbox sends the browser back; the code is put away, encrypted, unexchanged.

Anybody may call this with anything. Only a state that we made, once, within its time, has an effect,
and no link comes of it: that takes step 3, under the session that started.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from functions.oauth_callback.attempt_keys import new_key, parse_key
from functions.oauth_callback.ports import Attempts, Cipher
from shared.domain.encryption_contexts import code_context
from shared.domain.errors import LinkRefused, RefusalCode
from shared.domain.link_attempts import Consent, LinkAttempt
from shared.domain.timestamps import Clock, utc_now

# Dropbox's codes have some 50 characters; visible ASCII by RFC 6749, appendix A.
_CODE = re.compile(r"[\x21-\x7e]{1,1024}")

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ReceiveRedirect:
    """Called with the query of Dropbox's redirect."""

    attempts: Attempts
    cipher: Cipher
    now: Clock = utc_now

    def __call__(self, query: Query) -> str:
        """The handle that step 3 is confirmed with. Raises LinkRefused, AwsUnavailable."""
        attempt = self._attempt_of(_only(query, "state"))
        if "error" in query:
            self.attempts.spend_state(attempt, self.now(), consent=None)
            raise LinkRefused(_refusal_for(_only(query, "error")))
        code = _only(query, "code")
        if not _CODE.fullmatch(code):
            raise LinkRefused(RefusalCode.INVALID_REQUEST)
        return self._keep(attempt, code)

    def _attempt_of(self, state: str) -> LinkAttempt:
        key = parse_key(state)
        attempt = self.attempts.get(key.attempt_id)
        if attempt is None or not key.opens(attempt.state_hash):
            raise LinkRefused(RefusalCode.INVALID_REQUEST)
        if attempt.redirected_at is not None:
            raise LinkRefused(RefusalCode.ALREADY_USED)
        if attempt.is_over or attempt.expires_at <= self.now():
            raise LinkRefused(RefusalCode.EXPIRED)
        return attempt

    def _keep(self, attempt: LinkAttempt, code: str) -> str:
        context = code_context(attempt.attempt_id, attempt.purpose.value)
        handle = new_key(attempt.attempt_id)
        consent = Consent(handle.secret_hash(), self.cipher.encrypt(code, context))
        self.attempts.spend_state(attempt, self.now(), consent)
        return handle.text()


def _only(query: Query, name: str) -> str:
    """Dropbox sends each parameter once."""
    values = query.get(name, ())
    if len(values) != 1:
        raise LinkRefused(RefusalCode.INVALID_REQUEST)
    return values[0]


def _refusal_for(error: str) -> RefusalCode:
    """RFC 6749, section 4.1.2.1: everything but a denial is a fault between Dropbox and us."""
    return RefusalCode.ACCESS_DENIED if error == "access_denied" else RefusalCode.DROPBOX_ERROR
