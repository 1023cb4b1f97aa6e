"""What a doorbell of the synchronisation queue leads to: whose company it is, and a drain of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from functions.document_sync.drain_company import drain_company
from functions.document_sync.ports import Companies, Doorbells, HostEvents, Links
from functions.document_sync.sync_run import SyncRun
from shared.domain.deliveries import Delivery
from shared.domain.errors import LinkSuspended, MalformedMessage
from shared.domain.expenses import PLANS_WITH_SYNCHRONISATION
from shared.domain.links import Link, LinkProblem, LinkStatus, Purpose, link_id_for
from shared.domain.timestamps import Clock
from shared.doorbells.drain_runner import DoorbellAnswer, DoorbellAnswering, DrainReport, ReceivedDoorbell
from shared.doorbells.messages import CompanyDoorbell


class Begin(Protocol):
    """Makes the run of a drain."""

    def __call__(self, received: ReceivedDoorbell, link: Link, *, is_careful: bool) -> SyncRun:
        """Raises AwsUnavailable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorbellAnswerer:
    """Answers the doorbells of the synchronisation queue, one at a time for each company."""

    links: Links
    companies: Companies
    doorbells: Doorbells
    events: HostEvents
    begin: Begin
    clock: Clock
    sweep_every: timedelta

    def answer(self, received: ReceivedDoorbell) -> DoorbellAnswer[Delivery]:
        """Raises ComeBackLater where the message must be put back; whatever was done stays done."""
        link = self.links.get(link_id_for(Purpose.SYNCHRONISATION, "", _company_of(received)))
        if link is None or link.status is LinkStatus.UNLINKED:
            return DoorbellAnswer("company is not linked")
        answering: DoorbellAnswering[Delivery] = DoorbellAnswering(
            links=self.links,
            doorbells=self.doorbells,
            events=self.events,
            clock=self.clock,
            sweep_every=self.sweep_every,
        )
        return answering(received, link, lambda is_careful: self._drain(received, link, is_careful))

    def _drain(self, received: ReceivedDoorbell, link: Link, is_careful: bool) -> DrainReport[Delivery]:
        company = self.companies.get(link.company_id)
        if company is None or company.plan not in PLANS_WITH_SYNCHRONISATION:
            raise LinkSuspended(LinkProblem.PLAN)
        return drain_company(self.begin(received, link, is_careful=is_careful))


def _company_of(received: ReceivedDoorbell) -> str:
    if not isinstance(received.doorbell, CompanyDoorbell):
        raise MalformedMessage("not a doorbell of the synchronisation queue")
    return received.doorbell.company_id
