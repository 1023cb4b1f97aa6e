"""One running system for all end-to-end tests: the deployed template, IAM enforced, an emulated Dropbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.world import World, running_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Shared: a test uses people and Dropbox accounts of its own, or leaves nothing behind."""
    state = tmp_path_factory.mktemp("world")
    with running_world(
        state, dropbox_directory=state / "dropbox", parameters={"RejectGraceSeconds": "2"}
    ) as running:
        yield running
