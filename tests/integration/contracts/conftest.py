"""Each contract runs twice: against the double the unit tests rely on, and against the real adapter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.dropbox_emulator.core.contents import ContentStore

FAKE, REAL = "fake", "real"


@pytest.fixture(params=[FAKE, REAL])
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the two a test runs against."""
    which: str = request.param
    return which


@pytest.fixture
def contents() -> Iterator[ContentStore]:
    """Where accounts in memory keep bytes."""
    contents = ContentStore()
    yield contents
    contents.close()
