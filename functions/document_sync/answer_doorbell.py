"""What a doorbell of the synchronisation queue leads to: whose company it is, and a drain of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from functions.document_sync.drain_company import drain_company
from functions.document_sync.sync_run import SyncRun
from shared.at_once import at_once
from shared.domain.deliveries import Delivery
from shared.domain.errors import LinkSuspended, MalformedMessage
from shared.domain.expenses import PLANS_WITH_SYNCHRONISATION, User
from shared.domain.links import Link, LinkProblem, LinkStatus, Purpose, link_id_for
from shared.doorbells.drain_outcomes import DrainOutcome, DrainReport
from shared.doorbells.drain_runner import DrainRunner
from shared.doorbells.messages import CompanyDoorbell
from shared.doorbells.received import ReceivedDoorbell
from shared.ports import FindCompany, FindUser, Links

Begin: TypeAlias = Callable[[ReceivedDoorbell, Link, bool], SyncRun]
"""Makes the run of a drain, which is to be careful or not. Raises AwsUnavailable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDoorbell:
    """Called with the doorbells of the synchronisation queue, one at a time for each company."""

    links: Links
    find_company: FindCompany
    find_user: FindUser
    begin: Begin
    runner: DrainRunner[Delivery]

    def __call__(self, received: ReceivedDoorbell) -> DrainOutcome[Delivery]:
        """Raises ComeBackLater where the message must be put back; what was done stays done."""
        if not isinstance(received.doorbell, CompanyDoorbell):
            raise MalformedMessage("not a doorbell of the synchronisation queue")
        link_id = link_id_for(Purpose.SYNCHRONISATION, "", received.doorbell.company_id)
        link, is_everything_paused = at_once(lambda: self.links.get(link_id), self.links.is_everything_paused)
        if link is None or link.status is LinkStatus.UNLINKED:
            return DrainOutcome("company is not linked")
        drain = partial(self._drain, received, link)
        return self.runner.run(received, link, drain, is_everything_paused=is_everything_paused)

    def _drain(self, received: ReceivedDoorbell, link: Link, is_careful: bool) -> DrainReport[Delivery]:
        company, user = at_once(
            lambda: self.find_company(link.company_id), lambda: self.find_user(link.user_id)
        )
        if company is None or company.plan not in PLANS_WITH_SYNCHRONISATION:
            raise LinkSuspended(LinkProblem.PLAN)
        user = _who_linked(link, user)
        # A manifest is for the company's people: where it says no language, for the one who linked.
        run = replace(self.begin(received, link, is_careful), locale=company.locale or user.locale)
        return drain_company(run)


def _who_linked(link: Link, user: User | None) -> User:
    """The account may be their own: nothing goes there once they decide nothing for the company."""
    if user is None:
        raise LinkSuspended(LinkProblem.ADMINISTRATOR_GONE, "unknown")
    if why := user.why_no_administrator(link.company_id):
        raise LinkSuspended(LinkProblem.ADMINISTRATOR_GONE, why)
    return user
