"""Step 1 of linking: remembers who wants to link what, and says where to send the browser."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from functions.oauth_callback.attempt_keys import new_attempt_id, new_key
from functions.oauth_callback.dropbox_apps import SHARING_SCOPES, Apps
from shared.domain.errors import LinkRefused, RefusalCode
from shared.domain.link_attempts import LinkAttempt
from shared.domain.links import Link, LinkStatus, Purpose, link_id_for
from shared.domain.timestamps import Clock, utc_now
from shared.http.host_session import HostSession, check_may_link
from shared.http.start_date import check_start_date
from shared.ports import FindCompany

ATTEMPT_LASTS = timedelta(minutes=10)
# 86 characters; RFC 7636 wants 43 to 128.
VERIFIER_BYTES = 64

FindLink = Callable[[str], Link | None]
"""The link of that id. Raises AwsUnavailable. See `LinkStore.get`."""


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
    """Called with a session, a purpose and, for synchronisation, from when on acceptances shall count.

    Or whether the link that is there is to be allowed to share the company's folder: only then, and where it
    was allowed before, the scopes of sharing are asked for.
    """

    attempts: Attempts
    find_link: FindLink
    apps: Apps
    find_company: FindCompany
    now: Clock = utc_now

    def __call__(
        self,
        session: HostSession,
        purpose: Purpose,
        since: datetime | None = None,
        *,
        is_for_sharing: bool = False,
    ) -> Started:
        """Raises RequestRefused, AwsUnavailable."""
        check_may_link(session, purpose)
        self._check_may_begin(session, purpose, since)
        shares = self._shares(session, purpose, is_for_sharing=is_for_sharing)
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
                is_for_sharing=is_for_sharing,
            )
        )
        url = app.oauth.authorize_url(
            state=state.text(),
            code_verifier=verifier,
            scopes=(*app.scopes, *SHARING_SCOPES) if shares else app.scopes,
            locale=session.locale,
            keeps_granted=is_for_sharing,
        )
        return Started(state.attempt_id, url)

    def _shares(self, session: HostSession, purpose: Purpose, *, is_for_sharing: bool) -> bool:
        """Whether the scopes of sharing are asked for; linking again takes nothing away that was granted."""
        if purpose is not Purpose.SYNCHRONISATION:
            if is_for_sharing:
                raise LinkRefused(RefusalCode.INVALID_REQUEST)
            return False
        link = self.find_link(link_id_for(purpose, session.user_id, session.company_id))
        is_linked = link is not None and link.status is not LinkStatus.UNLINKED
        if is_for_sharing and not is_linked:
            raise LinkRefused(RefusalCode.NOT_LINKED)
        return is_for_sharing or (link is not None and is_linked and link.may_share)

    def _check_may_begin(self, session: HostSession, purpose: Purpose, since: datetime | None) -> None:
        """Auto-import has no history to begin with."""
        if since is None:
            return
        if purpose is not Purpose.SYNCHRONISATION:
            raise LinkRefused(RefusalCode.INVALID_START_DATE)
        check_start_date(since, self.find_company(session.company_id), self.now())
