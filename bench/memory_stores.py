"""The drains' stores in memory, each call taking as long as AWS would, and every call counted."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import Any

from bench.spans import Recording
from shared.domain.host_events import HostEvent

_PIECE = 1024 * 1024
_KEYS_PER_READ = 100  # of BatchGetItem


class DiscardingDocuments:
    """Reads a document as a client of S3 does, and keeps none of it: its memory is not the drain's."""

    def put(self, *, user_id: str, content_hash: str, path: Path, **_: str) -> str:
        """The key it would be stored under."""
        with path.open("rb") as body:
            while body.read(_PIECE):
                pass
        return f"documents/{user_id}/{content_hash}"


class DiscardingEventBus:
    """Takes what the host would be told."""

    def send(self, events: Sequence[HostEvent]) -> None:
        """As one call, whose answer is that all were taken."""


class Slow:
    """A store, each of whose calls takes so many seconds; calls of several threads overlap."""

    def __init__(self, inner: object, seconds: float, calls: Calls) -> None:
        self._inner = inner
        self._seconds = seconds
        self._calls = calls

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        member = getattr(self._inner, name)
        label = f"{type(self._inner).__name__}.{name}"

        def call(*args: object, **kwargs: object) -> object:
            count = _REQUESTS.get(name, _one)(args)
            self._calls.add(label, count)
            with self._calls.recording.of(label):
                time.sleep(self._seconds * count)
                return member(*args, **kwargs)

        return call


class Calls:
    """How often each method was called, counted as requests to AWS, and when."""

    def __init__(self) -> None:
        self.recording = Recording()
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def add(self, label: str, count: int) -> None:
        """So many more."""
        with self._lock:
            self._counts[label] += count

    def as_dict(self) -> dict[str, int]:
        """By class and method."""
        return dict(self._counts)


def _one(_arguments: Sequence[Any]) -> int:
    return 1


# Where the real adapter makes another number of requests than one, in a row.
_REQUESTS: dict[str, Callable[[Sequence[Any]], int]] = {
    "find_by_account": lambda _arguments: 2,  # the account's reservation, then the link
    "reservations": lambda arguments: ceil(len(arguments[1]) / _KEYS_PER_READ),
    "live_expenses": lambda arguments: ceil(len(arguments[0]) / _KEYS_PER_READ),
    "get_many": lambda arguments: ceil(len(arguments[0]) / _KEYS_PER_READ),
    "forget_waiting": lambda arguments: len(arguments[0]),
}
