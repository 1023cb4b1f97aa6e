"""Checks who sent a notification, then rings the doorbell of every Dropbox account it names."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeAlias

from functions.dropbox_webhook.deadline import Deadline
from functions.dropbox_webhook.import_queue import Message, message_for
from functions.dropbox_webhook.signature import is_signed
from shared.batching import batched
from shared.domain.errors import AwsUnavailable, ForgedRequest, MalformedMessage
from shared.doorbells.messages import Doorbell, RungBy, is_account_id
from shared.http.http_api import json_object_in

MESSAGES_PER_CALL = 10
CALLS_AT_ONCE = 8
ROUNDS = 3
PAUSE_SECONDS = 0.2


Candidates: TypeAlias = Callable[[Deadline], Iterator[str]]
"""The app's secrets that may have signed, likeliest first: see `AppSecrets.candidates`."""

Send: TypeAlias = Callable[[Sequence[Message], Deadline], list[Message]]
"""Sends up to ten messages and returns those not taken: see `ImportQueue.send`. Raises AwsFailed."""


@dataclass(frozen=True, slots=True)
class Received:
    """How many doorbells were rung, and how many entries of the notification were no account ids."""

    rung: int
    skipped: int


class ReceiveNotification:
    """Called with one notification's raw body and signature."""

    def __init__(
        self, candidates: Candidates, send: Send, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._candidates = candidates
        self._send_messages = send
        self._sleep = sleep

    def __call__(
        self, body: bytes, signature: str | None, deadline: Deadline, correlation_id: str = ""
    ) -> Received:
        """Raises ForgedRequest, MalformedMessage, or AwsFailed where a doorbell was not rung."""
        if signature is None or not is_signed(body, signature, self._candidates(deadline)):
            raise ForgedRequest("no valid signature")
        named = _accounts_in(json_object_in(body))
        accounts = list(dict.fromkeys(account for account in named if is_account_id(account)))
        doorbells = [
            Doorbell(account, correlation_id=correlation_id, rung_by=RungBy.DROPBOX) for account in accounts
        ]
        self._ring(doorbells, deadline)
        return Received(len(accounts), sum(not is_account_id(account) for account in named))

    def _ring(self, doorbells: Sequence[Doorbell], deadline: Deadline) -> None:
        left = self._send([message_for(doorbell) for doorbell in doorbells], deadline)
        for round_number in range(1, ROUNDS):
            if not left:
                return
            self._sleep(min(PAUSE_SECONDS * round_number, deadline.seconds_left()))
            left = self._send(left, deadline)
        if left:
            raise AwsUnavailable(f"{len(left)} of {len(doorbells)} doorbells were not rung")

    def _send(self, messages: Sequence[Message], deadline: Deadline) -> list[Message]:
        """Send all of them, several calls at once; returns those that were not taken. Raises AwsRefused."""

        def send(batch: Sequence[Message]) -> Sequence[Message]:
            try:
                return self._send_messages(batch, deadline)
            except AwsUnavailable:
                return batch

        with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
            return [
                message for rest in pool.map(send, batched(messages, MESSAGES_PER_CALL)) for message in rest
            ]


def _accounts_in(notification: dict[str, Any]) -> list[Any]:
    """What a notification calls accounts; a kind of notification we do not know of names none."""
    listed = notification.get("list_folder", {})
    accounts = listed.get("accounts", []) if isinstance(listed, dict) else None
    if not isinstance(accounts, list):
        raise MalformedMessage("no list of accounts")
    return accounts
