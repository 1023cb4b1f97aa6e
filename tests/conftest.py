"""How the tests are shared out among processes: what waits runs beside what computes, and begins first."""

from __future__ import annotations

import os

import pytest


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests of the deployed system mostly wait for it."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)  # xdist looks at the marks in its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file runs in one process, and all that use the deployed system in one, which deploys it once."""
    for item in items:
        is_deployed = item.path.parent.name == "e2e" and "world" in getattr(item, "fixturenames", ())
        item.add_marker(
            pytest.mark.xdist_group("deployed" if is_deployed else item.nodeid.partition("::")[0])
        )
