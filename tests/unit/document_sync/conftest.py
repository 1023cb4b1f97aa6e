"""A world for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.document_sync.sync_world import SyncWorld, sync_world


@pytest.fixture
def world() -> Iterator[SyncWorld]:
    with sync_world() as world:
        yield world
