"""What a doorbell of the import queue leads to: whose account it is, and a drain of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from functions.auto_import.drain_account import drain_account
from functions.auto_import.import_run import ImportRun
from shared.at_once import at_once
from shared.domain.errors import LinkSuspended, MalformedMessage
from shared.domain.expenses import User
from shared.domain.imports import ImportRecord
from shared.domain.links import Link, LinkProblem, Purpose
from shared.doorbells.drain_outcomes import DrainOutcome, DrainReport
from shared.doorbells.drain_runner import DrainRunner
from shared.doorbells.messages import Doorbell
from shared.doorbells.received import ReceivedDoorbell
from shared.ports import FindUser, Links

Begin: TypeAlias = Callable[[ReceivedDoorbell, Link, User, bool], ImportRun]
"""Makes the run of a drain, which is to be careful or not. Raises AwsUnavailable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDoorbell:
    """Called with the doorbells of the import queue, one at a time for each account."""

    links: Links
    find_user: FindUser
    begin: Begin
    runner: DrainRunner[ImportRecord]

    def __call__(self, received: ReceivedDoorbell) -> DrainOutcome[ImportRecord]:
        """Raises ComeBackLater where the message must be put back; what was done stays done."""
        if not isinstance(received.doorbell, Doorbell):
            raise MalformedMessage("not a doorbell of the import queue")
        account_id = received.doorbell.account_id
        link, is_everything_paused = at_once(
            lambda: self.links.find_by_account(account_id, Purpose.AUTO_IMPORT),
            self.links.is_everything_paused,
        )
        if link is None:
            return DrainOutcome("account is not linked")
        drain = partial(self._drain, received, link)
        return self.runner.run(received, link, drain, is_everything_paused=is_everything_paused)

    def _drain(self, received: ReceivedDoorbell, link: Link, is_careful: bool) -> DrainReport[ImportRecord]:
        user = self.find_user(link.user_id)
        if user is None or not user.active:
            raise LinkSuspended(LinkProblem.USER_INACTIVE)
        return drain_account(self.begin(received, link, user, is_careful))
