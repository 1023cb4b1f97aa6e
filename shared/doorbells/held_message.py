"""Keeps a message hidden while it is answered, and hardly longer.

Nobody tells SQS that a function has died: what it held, and all that came later in its group, would wait
until the function would have ended at the latest.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType
from typing import Self

from aws_lambda_powertools import Logger

from shared.domain.errors import AwsFailed, MessageNotHeld

HELD_SECONDS = 60.0
"""Who waits for a killed drain waits no longer than this for the next one."""
_RENEWALS_IN_THAT = 3
"""Of which two may fail, or come late where all threads are busy."""


class HeldMessage:
    """Keeps a message that was just hidden for `held_seconds` so until the end of a `with`, by a thread.

    `hide` hides it for so many seconds from now, see `shared.aws.queues.doorbell_queue`.
    """

    def __init__(self, hide: Callable[[float], None], held_seconds: float, logger: Logger) -> None:
        self._hide = hide
        self._held_seconds = held_seconds
        self._logger = logger
        self._is_over = Event()
        self._renewing = Thread(target=self._renew, name="held-message", daemon=True)

    def __enter__(self) -> Self:
        """Begin to renew it."""
        self._renewing.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for a call under way, so that putting the message back is the last word."""
        self._is_over.set()
        self._renewing.join()

    def _renew(self) -> None:
        while not self._is_over.wait(self._held_seconds / _RENEWALS_IN_THAT):
            try:
                self._hide(self._held_seconds)
            except MessageNotHeld as error:
                # Another drain has begun: where two meet, conditions on what they write let one win.
                self._logger.warning("message is held no longer", cause=str(error))
                return
            except AwsFailed as error:
                self._logger.warning("message is not held for longer", cause=str(error))
