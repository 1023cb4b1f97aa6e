"""Shows whom the company's folder, or a year of it, is shared with, and has a drain look again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.page_api.own_links import live_link
from functions.page_api.ports import Sharings
from functions.page_api.ringing import Ringing
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.sharing import WHOLE_FOLDER, SharedFolder
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_YEARS = 20


@dataclass(frozen=True, slots=True)
class ShownSharing:
    """The folders, the whole one first, and the years that documents may have been filed under.

    No years where documents are filed otherwise: see `FilingChoice.has_year_folders`.
    """

    link: Link
    folders: Sequence[SharedFolder]
    years: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShowSharing:
    """Called with a session: what is on record, without asking Dropbox."""

    links: Links
    sharings: Sharings
    now: Clock

    def __call__(self, session: HostSession) -> ShownSharing:
        """Raises RequestRefused (not_administrator, plan_required, not_linked), AwsUnavailable."""
        return self.of(live_link(self.links, session, Purpose.SYNCHRONISATION))

    def of(self, link: Link) -> ShownSharing:
        """The same of a link that was read."""
        known = self.sharings.of_account(link.company_id, link.account_id)
        folders = {folder.name: folder for folder in [folder_of(link, WHOLE_FOLDER), *known]}
        whole = folders.pop(WHOLE_FOLDER)
        this_year = self.now().year
        first = min(link.sync_since.year if link.sync_since else this_year, this_year)
        years = [str(year) for year in range(this_year, first - 1, -1)][:MOST_YEARS]
        shareable = years if link.filed_by.has_year_folders else []
        return ShownSharing(link, [whole, *sorted(folders.values(), key=_by_year)], shareable)


@dataclass(frozen=True, slots=True)
class LookAtSharing:
    """Called with a session: a drain is to see who has access now."""

    links: Links
    sharings: Sharings
    show: ShowSharing
    ring: Ringing
    now: Clock

    def __call__(self, session: HostSession, correlation_id: str) -> ShownSharing:
        """Raises RequestRefused (see `sharing_link`), AwsUnavailable."""
        link = sharing_link(self.links, session)
        for folder in self.show.of(link).folders:
            self.sharings.request_look(folder, self.now())
        self.ring(link, correlation_id)
        return self.show.of(link)


def sharing_link(links: Links, session: HostSession) -> Link:
    """The company's link, by which something can be shared.

    Raises RequestRefused (not_administrator, plan_required, not_linked, paused, link_not_working,
    sharing_not_allowed).
    """
    link = live_link(links, session, Purpose.SYNCHRONISATION)
    if link.is_paused:
        raise RequestRefused(RefusalCode.PAUSED)
    if link.status in {LinkStatus.RECONNECT, LinkStatus.SUSPENDED}:
        raise RequestRefused(RefusalCode.LINK_NOT_WORKING)
    if not link.may_share:
        raise RequestRefused(RefusalCode.SHARING_NOT_ALLOWED)
    return link


def folder_of(link: Link, name: str) -> SharedFolder:
    """A folder of which nothing is known yet."""
    return SharedFolder(link.company_id, link.account_id, name)


def _by_year(folder: SharedFolder) -> int:
    return -int(folder.name)
