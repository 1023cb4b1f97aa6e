"""Each contract runs twice: against the double the unit tests rely on, and against the real adapter."""

from __future__ import annotations

import pytest

FAKE, REAL = "fake", "real"


@pytest.fixture(params=[FAKE, REAL])
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the two a test runs against."""
    which: str = request.param
    return which
