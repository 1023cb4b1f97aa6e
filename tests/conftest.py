"""How the tests are shared out among processes: what waits runs beside what computes, and begins first."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[1]


def pytest_collection_finish() -> None:
    """What twelve thousand tests are made of stays: whoever collects garbage needs not look at it each time."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests of the deployed system mostly wait for it."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling | None:
    """Of `--dist loadfile`; any other stays what it is."""
    return ByWhatTheyUse(config, log) if config.getvalue("dist") == "loadfile" else None


class ByWhatTheyUse(LoadScopeScheduling):
    """A file runs in one process, and all that use the deployed system in one, which deploys it once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        is_deployed = file.startswith("tests/e2e/") and "world: World" in (ROOT / file).read_text()
        return "deployed" if is_deployed else file
