"""One attempt at linking: from the start, over Dropbox's redirect, to its completion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.domain.links import Purpose, link_id_for


@dataclass(frozen=True, slots=True, repr=False)
class LinkAttempt:
    """An attempt, as it was when read. Never shown: it holds the PKCE verifier.

    Of the secrets in `state` and `handle` only SHA-256 hashes are kept. `redirected_at` is set once the
    state was used, `handle_hash` and `encrypted_code` only if the user consented. When completed
    (`completed_at`), the code and the verifier are erased and `link_generation` is the link's.
    `since` is the start date asked for, if any. `confirming_at` is when somebody began to spend the code.
    With `is_for_sharing` the link that is there is to be allowed more, and nothing else is to change.
    """

    attempt_id: str
    purpose: Purpose
    user_id: str
    company_id: str
    state_hash: str
    expires_at: datetime
    code_verifier: str | None
    redirected_at: datetime | None = None
    handle_hash: str | None = None
    encrypted_code: bytes | None = None
    completed_at: datetime | None = None
    link_generation: int | None = None
    since: datetime | None = None
    confirming_at: datetime | None = None
    is_for_sharing: bool = False

    @property
    def link_id(self) -> str:
        """The link that it makes."""
        return link_id_for(self.purpose, self.user_id, self.company_id)

    @property
    def is_over(self) -> bool:
        """Whether it ended without a link: refused, spent in vain, or another was started since."""
        return self.code_verifier is None and self.completed_at is None


@dataclass(frozen=True, slots=True, repr=False)
class Consent:
    """What the redirect of a consenting user leaves on the attempt."""

    handle_hash: str
    encrypted_code: bytes
