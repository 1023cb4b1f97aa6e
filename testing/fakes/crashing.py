"""Kills a drain at any one of its calls to the outside, before or after the call takes effect."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any


class Killed(BaseException):
    """The process is gone: nothing may catch this, as nothing catches a SIGKILL."""


class CallCounter:
    """Counts the calls of all wrapped collaborators; dies at call `dies_at`, from 1.

    Once dead it stays so: threads that are still under way die at their next call.
    """

    def __init__(self, dies_at: int | None = None, *, after: bool = False) -> None:
        self.count = 0
        self.names: list[str] = []
        self._dies_at = dies_at
        self._after = after
        self._is_dead = False
        self._lock = threading.Lock()

    def call(self, name: str, do: Callable[[], Any]) -> Any:
        with self._lock:
            self.count += 1
            self.names.append(name)
            is_last = self.count == self._dies_at
            if self._is_dead or (is_last and not self._after):
                self._is_dead = True
                raise Killed(name)
        try:
            return do()
        finally:
            if is_last:
                self._is_dead = True
                raise Killed(name)

    def wrap(self, collaborator: Any) -> Any:
        """The collaborator, with every call counted; the pages of a listing count one by one."""
        return _Counted(collaborator, self)


class _Counted:
    def __init__(self, inner: Any, counter: CallCounter) -> None:
        self._inner = inner
        self._counter = counter

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._inner, name)
        if name == "sharing":  # an account's calls about what it shares
            return _Counted(member, self._counter)
        if not callable(member):
            return member
        label = f"{type(self._inner).__name__}.{name}"
        if name == "list_files":
            return lambda *args: self._pages(label, member(*args))
        return lambda *args, **kwargs: self._counter.call(label, lambda: member(*args, **kwargs))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """A collaborator that is one call, such as a method of an adapter."""
        name = getattr(self._inner, "__qualname__", type(self._inner).__name__)
        return self._counter.call(name, lambda: self._inner(*args, **kwargs))

    def _pages(self, label: str, pages: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while (page := self._counter.call(label, lambda: next(pages, end))) is not end:
            yield page
