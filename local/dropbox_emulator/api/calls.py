"""The log of calls, and the one place through which every call passes and can be tampered with."""

import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web


@dataclass(frozen=True)
class Call:
    """A request as it arrives.

    `route` is ``files/upload`` and the like, or ``oauth2/token``, ``oauth2/authorize``; `account` (the short
    name) and `app_key` come from the token and are `None` when it is missing or unknown.
    """

    route: str
    account: str | None
    app_key: str | None
    request: web.Request


Proceed = Callable[[], Awaitable[web.StreamResponse]]


class Interceptor(Protocol):
    """Stands between every call and its answer; where faults and latency are injected.

    It may wait, answer without proceeding, proceed and then lose or alter the answer (a
    `answers.ContentResponse` says where its bytes lie), or abort the connection through
    ``call.request.transport``.
    """

    async def __call__(self, call: Call, proceed: Proceed, /) -> web.StreamResponse:
        """Answer a call."""


async def proceed_at_once(_call: Call, proceed: Proceed) -> web.StreamResponse:
    """The interceptor that does nothing."""
    return await proceed()


@dataclass(frozen=True)
class CallRecord:
    """An answered call; `account` is the account's short name. Status 0: the connection broke."""

    route: str
    account: str | None
    app_key: str | None
    status: int
    seconds: float


class CallLog:
    """Every call since the start or the last `clear`. Safe for several threads."""

    def __init__(self) -> None:
        self._records: list[CallRecord] = []
        self._lock = threading.Lock()

    def add(self, record: CallRecord) -> None:
        """Remember a call."""
        with self._lock:
            self._records.append(record)

    def records(
        self, route: str | None = None, account: str | None = None, status: int | None = None
    ) -> list[CallRecord]:
        """The calls in the order they were answered, those that match what is given."""
        with self._lock:
            return [
                record
                for record in self._records
                if route in {None, record.route}
                and account in {None, record.account}
                and status in {None, record.status}
            ]

    def count(self, route: str | None = None, account: str | None = None, status: int | None = None) -> int:
        """How many calls match what is given."""
        return len(self.records(route, account, status))

    def clear(self) -> None:
        """Forget all calls."""
        with self._lock:
            self._records.clear()
