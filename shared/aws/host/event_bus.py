"""Tells the host what happened, over EventBridge."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from shared.aws.clients import make_client
from shared.aws.errors import aws_errors_translated, failed_part
from shared.domain.errors import AwsRefused, AwsUnavailable
from shared.domain.host_events import SOURCE, HostEvent

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
MOST_ENTRIES = 10
MOST_BYTES = 256 * 1024
TRIES = 3
PAUSE_SECONDS = 0.2


class EventBus:
    """One bus, by its name."""

    def __init__(
        self,
        name: str,
        client: EventBridgeClient | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._name = name
        self._given_client = client
        self._sleep = sleep

    def send(self, events: Sequence[HostEvent]) -> None:
        """Send all of them, in order. Raises AwsUnavailable; then some may have been sent."""
        for portion in _portions([self._entry(event) for event in events]):
            self._send(portion)

    @cached_property
    def _client(self) -> EventBridgeClient:
        """Made when there is something to tell: most doorbells lead to nothing."""
        return self._given_client or make_client("events", read_timeout=10)

    def _entry(self, event: HostEvent) -> PutEventsRequestEntryTypeDef:
        return {
            "EventBusName": self._name,
            "Source": SOURCE,
            "DetailType": event.name,
            "Detail": event.body,
        }

    def _send(self, entries: list[PutEventsRequestEntryTypeDef]) -> None:
        for number in range(TRIES):
            self._sleep(PAUSE_SECONDS * number)
            entries = self._not_taken(entries)
            if not entries:
                return
        raise AwsUnavailable(f"{len(entries)} events were not taken")

    def _not_taken(self, entries: list[PutEventsRequestEntryTypeDef]) -> list[PutEventsRequestEntryTypeDef]:
        """Send them; those of a call that succeeds may fail one by one. Raises AwsRefused."""
        with aws_errors_translated("events"):
            results = self._client.put_events(Entries=entries)["Entries"]
        codes = {result["ErrorCode"] for result in results if "ErrorCode" in result}
        failures = [failed_part("events", "PutEvents", code) for code in sorted(codes)]
        for refused in failures:
            if isinstance(refused, AwsRefused):
                raise refused
        return [entry for entry, result in zip(entries, results, strict=True) if "ErrorCode" in result]


def _portions(
    entries: Sequence[PutEventsRequestEntryTypeDef],
) -> Iterator[list[PutEventsRequestEntryTypeDef]]:
    portion: list[PutEventsRequestEntryTypeDef] = []
    size = 0
    for entry in entries:
        more = _size(entry)
        if portion and (len(portion) == MOST_ENTRIES or size + more > MOST_BYTES):
            yield portion
            portion, size = [], 0
        portion.append(entry)
        size += more
    if portion:
        yield portion


def _size(entry: PutEventsRequestEntryTypeDef) -> int:
    """As EventBridge counts: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html."""
    return sum(len(text.encode()) for text in (entry["Source"], entry["DetailType"], entry["Detail"]))
