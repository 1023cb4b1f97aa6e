"""Remembers for an hour that Dropbox refuses to take documents in groups."""

from __future__ import annotations

import threading
from collections.abc import Callable

FORGOTTEN_AFTER_SECONDS = 3600.0
"""A warm function lives for hours, and what was refused may be a passing fault of a server."""


class BatchRefusal:
    """Shared by the threads of an account's sendings."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._until: float | None = None

    def note(self) -> None:
        """Groups were refused just now."""
        with self._lock:
            self._until = self._monotonic() + FORGOTTEN_AFTER_SECONDS

    def is_fresh(self) -> bool:
        """Whether documents are to go alone."""
        with self._lock:
            return self._until is not None and self._monotonic() < self._until
