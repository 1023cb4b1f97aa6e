"""What a person sees while the world starts: a line for each step, and below it that something goes on."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console


class Steps:
    """Called with each step as it begins; on a terminal a sign turns below until `end`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._begun = time.monotonic()
        self._sign = console.status("")

    def __call__(self, step: str) -> None:
        """Print it with the seconds since the beginning."""
        self._console.print(f"[dim]{time.monotonic() - self._begun:5.1f} s[/dim]  {step}")

    def __enter__(self) -> Self:
        """Show the sign. Where the output is no terminal there are the lines alone."""
        if self._console.is_terminal:
            self._sign.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the sign away."""
        self.end()

    def end(self) -> None:
        """Take the sign away: what follows moves by itself."""
        self._sign.stop()
