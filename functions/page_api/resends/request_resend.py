"""Has documents sent again that are not in Dropbox any more; the look for them is the drain's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from functions.page_api.own_links import live_link
from functions.page_api.ports import Deliveries, Resends
from functions.page_api.ringing import Ringing
from shared.domain.errors import RefusalCode, RequestRefused, ResendChanged
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.resends import Resend, ResendKind, ResendScope, resend_entry
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links

MOST_SHOWN = 20

FindFolder = Callable[[str, str], str | None]
"""An employee's folder as it is spelt, by a company's id and a name in any case."""


@dataclass(frozen=True, slots=True)
class ListResends:
    """Called with a session: what was asked for last comes first."""

    links: Links
    resends: Resends

    def __call__(self, session: HostSession) -> Sequence[Resend]:
        """Raises RequestRefused (not_administrator, plan_required, not_linked), AwsUnavailable."""
        link = live_link(self.links, session, Purpose.SYNCHRONISATION)
        return self.resends.of_account(link.company_id, link.account_id)[:MOST_SHOWN]


@dataclass(frozen=True, slots=True)
class RequestResend:
    """Called with a session and what is to be sent again, as often as one likes."""

    links: Links
    resends: Resends
    deliveries: Deliveries
    find_folder: FindFolder
    ring: Ringing
    now: Clock

    def __call__(self, session: HostSession, scope: ResendScope, correlation_id: str) -> Resend:
        """The same one again while it is under way.

        Raises RequestRefused (not_administrator, plan_required, not_linked, paused, link_not_working,
        not_found), AwsUnavailable.
        """
        link = _working_link(self.links, session)
        scope = self._known(link, scope)
        resend = Resend(link.company_id, link.account_id, scope, self.now(), correlation_id)
        try:
            self.resends.request(resend, resend_entry(link, resend, session.user_id))
        except ResendChanged as under_way:
            resend = self._under_way(link, scope, under_way)
        self.ring(link, correlation_id)  # one that was on record too: its doorbell may have been lost
        return resend

    def _known(self, link: Link, scope: ResendScope) -> ResendScope:
        """Nothing is looked for of an expense or an employee that has no documents there."""
        match scope.kind:
            case ResendKind.MONTH:
                return scope
            case ResendKind.EMPLOYEE:
                folder = self.find_folder(link.company_id, scope.of)
                if folder is None:
                    raise RequestRefused(RefusalCode.NOT_FOUND)
                return replace(scope, of=folder)
            case ResendKind.EXPENSE:
                page = self.deliveries.of_expense(
                    link.company_id, link.account_id, scope.of, status=None, after=None, limit=1
                )
                if not page.items:
                    raise RequestRefused(RefusalCode.NOT_FOUND)
                return scope

    def _under_way(self, link: Link, scope: ResendScope, cause: ResendChanged) -> Resend:
        for resend in self.resends.of_account(link.company_id, link.account_id):
            if resend.scope == scope:
                return resend
        raise RequestRefused(RefusalCode.TRY_AGAIN) from cause  # erased in between


def _working_link(links: Links, session: HostSession) -> Link:
    link = live_link(links, session, Purpose.SYNCHRONISATION)
    if link.is_paused:
        raise RequestRefused(RefusalCode.PAUSED)
    if link.status in {LinkStatus.RECONNECT, LinkStatus.SUSPENDED}:
        raise RequestRefused(RefusalCode.LINK_NOT_WORKING)
    return link
