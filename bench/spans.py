"""When each call of a process began and ended, on which thread: what a trace is made of."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter


class Span(NamedTuple):
    """One call, in seconds from when the recording was begun."""

    call: str
    thread: int
    began: float
    ended: float

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ended - self.began


class Recording:
    """The calls of one process."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._began = time.perf_counter()
        self._lock = threading.Lock()

    def restart(self) -> None:
        """Count from now, and forget what was before."""
        with self._lock:
            self.spans.clear()
            self._began = time.perf_counter()

    @contextmanager
    def of(self, call: str) -> Iterator[None]:
        """Record what happens within."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._add(call, began, time.perf_counter())

    def calls_of_dropbox(self) -> None:
        """Record every request to Dropbox from now on, until its whole answer has come."""
        send = HTTPAdapter.send

        def recorded(adapter: HTTPAdapter, request: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as requests has it
            began = time.perf_counter()
            route = urlsplit(request.url).path.removeprefix("/2/").lstrip("/")
            answer = send(adapter, request, **kwargs)
            self._add(f"Dropbox {route}", began, time.perf_counter())
            return answer

        HTTPAdapter.send = recorded  # type: ignore[method-assign,assignment] # only in a process that measures

    def _add(self, call: str, began: float, ended: float) -> None:
        with self._lock:
            self.spans.append(Span(call, threading.get_ident(), began - self._began, ended - self._began))


def spans_of(rows: Iterable[Iterable[Any]]) -> list[Span]:
    """As another process said them, in JSON."""
    return [Span(*row) for row in rows]
