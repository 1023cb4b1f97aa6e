"""Has rejected files tried again: the next drain brings them back into `Auto-Import`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.page_api.imports.own_files import own_file
from functions.page_api.own_links import live_link
from functions.page_api.ports import Imports
from functions.page_api.ringing import Ringing
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.imports import ImportRecord
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class RetryFiles:
    """Called with a session and a file's id, or for all of the caller's that are rejected."""

    links: Links
    imports: Imports
    ring: Ringing
    now: Clock

    def one(self, session: HostSession, file_id: str, correlation_id: str) -> int:
        """Raises RequestRefused (not_linked, not_found, not_retryable), AwsUnavailable."""
        link = self._active_link(session)
        file = own_file(self.imports, session, file_id)
        # One of an account linked before lies where nobody looks any more.
        if file.account_id != link.account_id or not self._request(link, [file], correlation_id):
            raise RequestRefused(RefusalCode.NOT_RETRYABLE)
        return 1

    def keep(self, session: HostSession, file_id: str, correlation_id: str) -> int:
        """Have a second expense made of a duplicate.

        Raises RequestRefused (not_linked, not_found, not_retryable), AwsUnavailable.
        """
        link = self._active_link(session)
        file = own_file(self.imports, session, file_id)
        is_ours = file.account_id == link.account_id and file.may_be_kept
        if not is_ours or not self.imports.request_second(file, self.now()):
            raise RequestRefused(RefusalCode.NOT_RETRYABLE)
        self.ring(link, correlation_id)
        return 1

    def all(self, session: HostSession, correlation_id: str) -> int:
        """How many will be tried again: those that it can help.

        Raises RequestRefused (not_linked), AwsUnavailable.
        """
        link = self._active_link(session)
        rejected = self.imports.rejected(session.user_id, link.account_id, MOST_AT_ONCE)
        return self._request(link, [file for file in rejected if file.may_be_retried], correlation_id)

    def _active_link(self, session: HostSession) -> Link:
        link = live_link(self.links, session, Purpose.AUTO_IMPORT)
        if link.status is not LinkStatus.ACTIVE:
            raise RequestRefused(RefusalCode.NOT_LINKED)
        return link

    def _request(self, link: Link, files: Sequence[ImportRecord], correlation_id: str) -> int:
        requested = self.imports.request_retries(files, self.now())
        if requested:
            self.ring(link, correlation_id)
        return requested
