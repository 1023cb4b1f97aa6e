"""Coroutines of the server's loop that wait until some thread wakes them."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator


class Wakeups:
    """Wakes all who wait. Thread-safe."""

    def __init__(self) -> None:
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._lock = threading.Lock()

    def wake_all(self) -> None:
        """Set the event of everyone who waits now."""
        with self._lock:
            for loop, event in self._waiting:
                loop.call_soon_threadsafe(event.set)

    @contextlib.contextmanager
    def waiting(self) -> Iterator[asyncio.Event]:
        """An event to wait for; what happens from now on sets it."""
        mine = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.add(mine)
        try:
            yield mine[1]
        finally:
            with self._lock:
                self._waiting.discard(mine)
