"""A world for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.auto_import.drain_world import DrainWorld, drain_world


@pytest.fixture
def world() -> Iterator[DrainWorld]:
    with drain_world() as world:
        yield world
