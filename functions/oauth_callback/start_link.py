"""Step 1 of linking: remembers who wants to link what, and says where to send the browser."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from functions.oauth_callback.attempt_keys import new_attempt_id, new_key
from functions.oauth_callback.dropbox_apps import Apps
from shared.domain.errors import LinkRefused, RefusalCode
from shared.domain.link_attempts import LinkAttempt
from shared.domain.links import Purpose
from shared.domain.timestamps import Clock, utc_now
from shared.http.host_session import HostSession, check_may_link
from shared.http.start_date import check_start_date
from shared.ports import FindCompany

ATTEMPT_LASTS = timedelta(minutes=10)
# 86 characters; RFC 7636 wants 43 to 128.
VERIFIER_BYTES = 64


class Attempts(Protocol):
    """Where attempts are kept."""

    def add(self, attempt: LinkAttempt) -> None:
        """Store a new one."""


@dataclass(frozen=True, slots=True)
class Started:
    """A new attempt, and Dropbox's consent page for it."""

    attempt_id: str
    authorize_url: str


@dataclass(frozen=True, slots=True)
class StartLink:
    """Called with a session, a purpose and, for synchronisation, from when on acceptances shall count."""

    attempts: Attempts
    apps: Apps
    find_company: FindCompany
    now: Clock = utc_now

    def __call__(self, session: HostSession, purpose: Purpose, since: datetime | None = None) -> Started:
        """Raises RequestRefused, AwsUnavailable."""
        check_may_link(session, purpose)
        self._check_may_begin(session, purpose, since)
        app = self.apps.get(purpose)
        if app is None:
            raise LinkRefused(RefusalCode.PURPOSE_UNAVAILABLE)
        state = new_key(new_attempt_id())
        verifier = secrets.token_urlsafe(VERIFIER_BYTES)
        self.attempts.add(
            LinkAttempt(
                attempt_id=state.attempt_id,
                purpose=purpose,
                user_id=session.user_id,
                company_id=session.company_id,
                state_hash=state.secret_hash(),
                expires_at=self.now() + ATTEMPT_LASTS,
                code_verifier=verifier,
                since=since,
            )
        )
        url = app.oauth.authorize_url(
            state=state.text(), code_verifier=verifier, scopes=app.scopes, locale=session.locale
        )
        return Started(state.attempt_id, url)

    def _check_may_begin(self, session: HostSession, purpose: Purpose, since: datetime | None) -> None:
        """Auto-import has no history to begin with."""
        if since is None:
            return
        if purpose is not Purpose.SYNCHRONISATION:
            raise LinkRefused(RefusalCode.INVALID_START_DATE)
        check_start_date(since, self.find_company(session.company_id), self.now())
