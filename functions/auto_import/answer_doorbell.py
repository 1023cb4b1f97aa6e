"""What a doorbell of the import queue leads to: whose account it is, and a drain of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from functions.auto_import.drain_account import drain_account
from functions.auto_import.import_run import ImportRun
from functions.auto_import.ports import Doorbells, HostEvents, Links, Users
from shared.domain.errors import LinkSuspended, MalformedMessage
from shared.domain.expenses import User
from shared.domain.imports import ImportRecord
from shared.domain.links import Link, LinkProblem, Purpose
from shared.domain.timestamps import Clock
from shared.doorbells.drain_runner import DoorbellAnswer, DoorbellAnswering, DrainReport, ReceivedDoorbell
from shared.doorbells.messages import Doorbell


class Begin(Protocol):
    """Makes the run of a drain."""

    def __call__(self, received: ReceivedDoorbell, link: Link, user: User, *, is_careful: bool) -> ImportRun:
        """Raises AwsUnavailable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorbellAnswerer:
    """Answers the doorbells of the import queue, one at a time for each account.

    `begin` makes the run for a link and its user.
    """

    links: Links
    users: Users
    doorbells: Doorbells
    events: HostEvents
    begin: Begin
    clock: Clock
    sweep_every: timedelta

    def answer(self, received: ReceivedDoorbell) -> DoorbellAnswer[ImportRecord]:
        """Raises ComeBackLater where the message must be put back; whatever was done stays done."""
        link = self.links.find_by_account(_account_of(received), Purpose.AUTO_IMPORT)
        if link is None:
            return DoorbellAnswer("account is not linked")
        answering: DoorbellAnswering[ImportRecord] = DoorbellAnswering(
            links=self.links,
            doorbells=self.doorbells,
            events=self.events,
            clock=self.clock,
            sweep_every=self.sweep_every,
        )
        return answering(received, link, lambda is_careful: self._drain(received, link, is_careful))

    def _drain(self, received: ReceivedDoorbell, link: Link, is_careful: bool) -> DrainReport[ImportRecord]:
        user = self.users.get(link.user_id)
        if user is None or not user.active:
            raise LinkSuspended(LinkProblem.USER_INACTIVE)
        return drain_account(self.begin(received, link, user, is_careful=is_careful))


def _account_of(received: ReceivedDoorbell) -> str:
    if not isinstance(received.doorbell, Doorbell):
        raise MalformedMessage("not a doorbell of the import queue")
    return received.doorbell.account_id
