"""Has a change of sharing made: what is asked for is on record before a drain is rung for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from functions.page_api.ports import Sharings
from functions.page_api.ringing import Ringing
from functions.page_api.sharing.show_sharing import ShownSharing, ShowSharing, folder_of, sharing_link
from shared.domain.errors import RefusalCode, RequestRefused, SharingChanged
from shared.domain.links import Link
from shared.domain.sharing import (
    Change,
    ChangeKind,
    PendingChange,
    SharedFolder,
    is_address,
    is_folder_name,
    is_same_address,
    wants_year_folder,
)
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links


@dataclass(frozen=True, slots=True)
class RequestChange:
    """Called with a session, a folder's name and a change; the same one twice is one."""

    links: Links
    sharings: Sharings
    show: ShowSharing
    ring: Ringing
    now: Clock

    def __call__(self, session: HostSession, name: str, change: Change, correlation_id: str) -> ShownSharing:
        """Raises RequestRefused: see `sharing_link`, and what is checked here."""
        link = sharing_link(self.links, session)
        if not is_folder_name(name, self.now()):
            raise RequestRefused(RefusalCode.NOT_FOUND)
        if change.kind is not ChangeKind.END and not is_address(change.email):
            raise RequestRefused(RefusalCode.INVALID_ADDRESS)
        if wants_year_folder(name, change, link):
            raise RequestRefused(RefusalCode.NO_YEAR_FOLDER)
        if self._request(link, session, name, change, correlation_id):
            self.ring(link, correlation_id)
        return self.show.of(link)

    def _request(
        self, link: Link, session: HostSession, name: str, change: Change, correlation_id: str
    ) -> bool:
        """Whether it is a new one."""
        pending = PendingChange(
            change_id=uuid.uuid4().hex,
            change=change,
            by=session.user_id,
            requested_at=self.now(),
            correlation_id=correlation_id,
        )
        try:
            self.sharings.request(folder_of(link, name), pending)
        except SharingChanged as under_way:
            if self._is_pending(link, name, change):
                return False
            raise RequestRefused(RefusalCode.SHARING_UNDER_WAY) from under_way
        return True

    def _is_pending(self, link: Link, name: str, change: Change) -> bool:
        """A second click, or another administrator who wants the same."""
        known = self.sharings.of_account(link.company_id, link.account_id)
        folder = next((folder for folder in known if folder.name == name), None)
        return folder is not None and _asks_for(folder, change)


def _asks_for(folder: SharedFolder, change: Change) -> bool:
    pending = folder.pending
    if pending is None:
        return False
    same_kind = (pending.change.kind, pending.change.access) == (change.kind, change.access)
    return same_kind and is_same_address(pending.change.email, change.email)
