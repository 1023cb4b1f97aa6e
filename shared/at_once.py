"""Makes two calls at the same time, where each is mostly waiting for an answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def at_once(first: Callable[[], A], second: Callable[[], B]) -> tuple[A, B]:
    """Their answers, once both have ended. Where both raise, the error of the first is raised."""
    with ThreadPoolExecutor(1) as thread:
        beside = thread.submit(second)
        return first(), beside.result()
