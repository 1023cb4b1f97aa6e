"""Portions of a limited size, as calls that take several things at once want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(iterable: Iterable[T], n: int) -> Iterator[tuple[T, ...]]:
    """Yield tuples of `n`, the last perhaps shorter, taking no more: as `itertools` has from 3.12."""
    if n < 1:
        raise ValueError("n must be at least one")
    rest = iter(iterable)
    while some := tuple(islice(rest, n)):
        yield some
