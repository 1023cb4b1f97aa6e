"""Has every token revoked that no link needs any more, and forgets it.

Dropbox comes first: a token revoked twice is dead all the same, one forgotten before would live on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.errors import IntegrationError
from shared.domain.links import Purpose
from shared.domain.revocations import Revocation
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.backoff import next_try_after

Decrypt = Callable[[bytes, Mapping[str, str]], str]
"""Opens a token under the context it was encrypted under: see `TokenCipher.decrypt`."""
Revoke = Callable[[str], None]
"""Has Dropbox kill a refresh token; a dead one is no error: see `shared.dropbox_api.revoking`."""


class Revocations(Protocol):
    """Where tokens to be revoked are kept: see `shared.aws.stores.revocation_store`."""

    def due_ids(self, now: datetime) -> list[str]:
        """The keys of those that may be due, the longest due first."""

    def get(self, revocation_id: str) -> Revocation | None:
        """One as it is now."""

    def put_off(self, revocation: Revocation, *, tries: int, next_try: datetime) -> None:
        """Try again then, unless it is gone."""

    def forget(self, revocation: Revocation) -> None:
        """It is over, and with it the token."""


@dataclass(slots=True)
class Revoking:
    """What one run came to. `failures` by key: `put_off` was noted, the others are due as before."""

    revoked: int = 0
    put_off: dict[str, IntegrationError] = field(default_factory=dict)
    given_up: dict[str, IntegrationError] = field(default_factory=dict)
    failures: dict[str, Exception] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RevokeDueTokens:
    """Called with a question, `has_time`, asked before every token; those left are due next time."""

    revocations: Revocations
    decrypt: Decrypt
    revoke_for: Mapping[Purpose, Revoke]
    now: Clock = utc_now

    def __call__(self, has_time: Callable[[], bool]) -> Revoking:
        """Raises AwsUnavailable where it cannot be told what is due; otherwise see the run's failures."""
        run = Revoking()
        for revocation_id in self.revocations.due_ids(self.now()):
            if not has_time():
                break
            try:
                self._visit(revocation_id, run)
            except Exception as error:  # noqa: BLE001 - one failing token must not keep the others alive
                run.failures[revocation_id] = error
        return run

    def _visit(self, revocation_id: str, run: Revoking) -> None:
        revocation = self.revocations.get(revocation_id)
        if revocation is None or revocation.next_try > self.now():
            return  # The index lagged: somebody has visited it since.
        try:
            self._revoke(revocation)
        except IntegrationError as error:
            self._put_off(revocation, error, run)
            return
        self.revocations.forget(revocation)
        run.revoked += 1

    def _revoke(self, revocation: Revocation) -> None:
        context = refresh_token_context(revocation.link_id, revocation.purpose.value)
        token = self.decrypt(revocation.encrypted_token, context)
        self.revoke_for[revocation.purpose](token)

    def _put_off(self, revocation: Revocation, error: IntegrationError, run: Revoking) -> None:
        """At least one try was made after `until`, however long this function stood still."""
        if self.now() >= revocation.until:
            self.revocations.forget(revocation)
            run.given_up[revocation.revocation_id] = error
            return
        tries = revocation.tries + 1
        self.revocations.put_off(revocation, tries=tries, next_try=next_try_after(self.now(), tries))
        run.put_off[revocation.revocation_id] = error
