"""Does something again and again in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from botocore.exceptions import BotoCoreError, ClientError

_PATIENCE_SECONDS = 0.5


class Repeated:
    """Does it every so many seconds, for the time of a `with`.

    Nothing hangs on one time: where the emulator does not answer, the next one may do better.
    """

    def __init__(self, name: str, do: Callable[[], object], seconds: float) -> None:
        self._do = do
        self._seconds = seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; one under way that takes long ends with the emulator."""
        self.ask_to_end()
        self._thread.join(_PATIENCE_SECONDS)

    def ask_to_end(self) -> None:
        """Do it no more after this time."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.wait(self._seconds):
            try:
                self._do()
            except (BotoCoreError, ClientError):
                continue
