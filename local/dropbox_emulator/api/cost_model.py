"""What calls cost in time: latency, bandwidth, and commits that hold an account's write lock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from local.dropbox_emulator.api.calls import Call, Proceed
from local.dropbox_emulator.core.refusals import TooManyRequests, TooManyWrites


@dataclass(frozen=True, slots=True)
class CostModel:
    """Times are in seconds, `bandwidth` in bytes per second; by default everything is free.

    Every call takes `latency` longer, and its body, either way, as long as `bandwidth` says. Commit calls
    into one account (uploads to a path, finished sessions, new folders, moves, copies, deletions) run one at
    a time, once their body has arrived: each holds the account's write lock for `commit`, and for `entry`
    once more for each entry of its batch. Another one waits until then or, with `refuses_when_locked`, is
    answered 429 ``too_many_write_operations``. An account answers so many `calls_a_second`, and as many at
    once after a second's silence; those beyond are answered 429 ``too_many_requests``.
    """

    latency: float = 0.0
    commit: float = 0.0
    entry: float = 0.0
    bandwidth: float | None = None
    refuses_when_locked: bool = False
    calls_a_second: float | None = None

    def __post_init__(self) -> None:
        if min(self.latency, self.commit, self.entry) < 0:
            raise ValueError("a cost cannot be negative")
        if self.bandwidth is not None and self.bandwidth <= 0:
            raise ValueError("a bandwidth is more than nothing")
        if self.calls_a_second is not None and self.calls_a_second < 1:
            raise ValueError("fewer calls than one a second would be none")


class Costs:
    """Applies `model`, which may be replaced at any time. Runs in the server's loop alone."""

    def __init__(self) -> None:
        self.model = CostModel()
        self._write_locks: dict[str, asyncio.Lock] = {}
        self._allowances: dict[str, _Allowance] = {}

    async def delay(self, call: Call, proceed: Proceed) -> web.StreamResponse:
        """Let a call take its time. The body of a download is paced by the response itself."""
        model = self.model
        travelling = (call.request.content_length or 0) / model.bandwidth if model.bandwidth else 0
        await _pause(model.latency + travelling)
        answer = await proceed()
        if isinstance(answer, Paced):
            answer.bytes_per_second = model.bandwidth
        return answer

    def count_call(self, account_id: str) -> None:
        """A call of the account's.

        Raises:
            TooManyRequests: there were too many in the last second.

        """
        limit = self.model.calls_a_second
        if limit is None:
            return
        before = self._allowances.get(account_id, _Allowance(limit, time.monotonic()))
        allowance = before.at(time.monotonic(), limit)
        if allowance.calls < 1:
            raise TooManyRequests
        self._allowances[account_id] = replace(allowance, calls=allowance.calls - 1)

    @asynccontextmanager
    async def committing(self, account_id: str, arg: Any) -> AsyncIterator[None]:  # noqa: ANN401 - a Stone value
        """Hold the account's write lock, for as long as it costs to commit what `arg` asks for.

        Raises:
            TooManyWrites: another commit is under way, and the model refuses this one.

        """
        model = self.model
        lock = self._write_locks.setdefault(account_id, asyncio.Lock())
        if model.refuses_when_locked and lock.locked():
            raise TooManyWrites
        async with lock:
            await _pause(model.commit + model.entry * _entries(arg))
            yield


@dataclass(frozen=True, slots=True)
class _Allowance:
    """How many calls an account may make at a moment; what it does not use, it keeps for a second."""

    calls: float
    moment: float

    def at(self, moment: float, calls_a_second: float) -> _Allowance:
        gained = (moment - self.moment) * calls_a_second
        return _Allowance(min(calls_a_second, self.calls + gained), moment)


class Paced:
    """An answer that can be told how fast to send its body; `None`: as fast as it can."""

    bytes_per_second: float | None = None


def _entries(arg: Any) -> int:  # noqa: ANN401 - a Stone value
    """How many entries a commit call is about; `paths` are those of ``create_folder_batch``."""
    return len(getattr(arg, "entries", getattr(arg, "paths", (arg,))))


async def _pause(seconds: float) -> None:
    if seconds:
        await asyncio.sleep(seconds)
