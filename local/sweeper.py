"""Runs the sweep more often than the template's schedule, so that nobody waits at a demonstration."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self

from botocore.exceptions import BotoCoreError, ClientError

from local.world import World

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

SECONDS_BETWEEN_SWEEPS = 2.0
_PATIENCE_SECONDS = 0.5


class Sweeper:
    """Invokes the deployed sweep function every two seconds for the time of a `with`."""

    def __init__(self, world: World) -> None:
        self._lambda: LambdaClient = world.aws.client("lambda")
        self._function = world.deployment.functions["sweep"]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def __enter__(self) -> Self:
        """Begin to sweep."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; a sweep under way that takes long ends with the emulator."""
        self._stopping.set()
        self._thread.join(_PATIENCE_SECONDS)

    def _run(self) -> None:
        while not self._stopping.wait(SECONDS_BETWEEN_SWEEPS):
            try:
                self._lambda.invoke(FunctionName=self._function, Payload=b"{}")
            except (BotoCoreError, ClientError):
                # Nothing hangs on one sweep; the next is two seconds away.
                continue
