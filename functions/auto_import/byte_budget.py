"""Bounds the bytes and the downloads that are in flight at once, however many threads there are."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager


class ByteBudget:
    """So many bytes; a caller that wants more than are free waits. One document always fits."""

    def __init__(self, size: int, downloads: int = 16) -> None:
        self._size = size
        self._free = size
        self._changed = threading.Condition()
        self._downloads = threading.BoundedSemaphore(downloads)

    def downloading(self) -> AbstractContextManager[object]:
        """Hold one of the downloads."""
        return self._downloads

    @contextmanager
    def taken(self, wanted: int) -> Iterator[None]:
        """Hold so many bytes of it."""
        held = min(wanted, self._size)
        with self._changed:
            self._changed.wait_for(lambda: self._free >= held)
            self._free -= held
        try:
            yield
        finally:
            with self._changed:
                self._free += held
                self._changed.notify_all()
