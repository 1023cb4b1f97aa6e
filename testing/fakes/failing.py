"""Makes chosen calls of a collaborator fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Failing:
    """The collaborator, but a call named in `faults` first runs its fault, which may raise.

    A fault is given the call's arguments, so that it can fail for some files only; it may also change
    the world instead of raising.
    """

    def __init__(self, inner: Any, **faults: Callable[..., None]) -> None:
        self._inner = inner
        self._faults = faults
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._inner, name)
        if not callable(member):
            return member

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(name)
            if name in self._faults:
                self._faults[name](*args, **kwargs)
            return member(*args, **kwargs)

        return call


def always(error: Exception) -> Callable[..., None]:
    """Fail every time."""

    def fault(*_args: Any, **_kwargs: Any) -> None:
        raise error

    return fault


def times(count: int, error: Exception) -> Callable[..., None]:
    """Fail so many times, then never again."""
    left = [count]

    def fault(*_args: Any, **_kwargs: Any) -> None:
        if left[0]:
            left[0] -= 1
            raise error

    return fault


def once(act: Callable[..., None]) -> Callable[..., None]:
    """Do something at the first call only."""
    done: list[bool] = []

    def fault(*args: Any, **kwargs: Any) -> None:
        if not done:
            done.append(True)
            act(*args, **kwargs)

    return fault
