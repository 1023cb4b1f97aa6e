"""Unit tests are pure: a test that opens a socket fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_socket import disable_socket, enable_socket


@pytest.fixture(autouse=True)
def no_sockets() -> Iterator[None]:
    # Event loops talk to themselves over a pair of Unix sockets.
    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()
