"""Makes a few calls at the same time, where each is mostly waiting for an answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, overload

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")


@overload
def at_once(first: Callable[[], A], second: Callable[[], B], /) -> tuple[A, B]: ...
@overload
def at_once(first: Callable[[], A], second: Callable[[], B], third: Callable[[], C], /) -> tuple[A, B, C]: ...
@overload
def at_once(
    first: Callable[[], A], second: Callable[[], B], third: Callable[[], C], fourth: Callable[[], D], /
) -> tuple[A, B, C, D]: ...
def at_once(first: Callable[[], Any], /, *others: Callable[[], Any]) -> tuple[Any, ...]:
    """Their answers, once all have ended. Of those that raise, the error of the first in order is raised."""
    with ThreadPoolExecutor(len(others)) as threads:
        answers = [threads.submit(call) for call in others]
        return (first(), *(answer.result() for answer in answers))
