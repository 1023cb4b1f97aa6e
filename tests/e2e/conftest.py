"""One running system for all end-to-end tests: the deployed template, IAM enforced, an emulated Dropbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from local.world import World, running_world
from tests.chromium import chromium
from tests.e2e.browsing import PATIENCE_SECONDS, Desk, SignIn


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Shared: a test uses people and Dropbox accounts of its own, or leaves nothing behind."""
    state = tmp_path_factory.mktemp("world")
    with running_world(
        state, dropbox_directory=state / "dropbox", parameters={"RejectGraceSeconds": "2"}
    ) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(PATIENCE_SECONDS) as running:
        yield running


@pytest.fixture
def sign_in(world: World, browser: Browser, request: pytest.FixtureRequest) -> Iterator[SignIn]:
    """Signs people in, each at a browser of their own; nothing may go against the pages' policy meanwhile."""
    desk = Desk(world, browser)
    yield desk.sign_in
    desk.close(request.node.name)
    assert desk.faults == []
