"""Has the parts of Dropbox's SDK that we never use load when they are first used, which is never.

The SDK imports all of Dropbox's API, also what a team's audit log is made of: 3,000 classes, a sixth of a
cold start, and 12 MB. Done as Python's documentation does it:
https://docs.python.org/3/library/importlib.html#implementing-lazy-imports
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

DEFERRED = frozenset(
    f"dropbox.{part}" for part in ("account", "check", "contacts", "openid", "team", "team_log")
)


class _DeferredParts(MetaPathFinder):
    """Finds them as Python does by itself, with a loader that waits."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname in DEFERRED else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def defer_unused_parts() -> None:
    """Before the SDK is imported; as often as one likes."""
    if not any(isinstance(finder, _DeferredParts) for finder in sys.meta_path):
        sys.meta_path.insert(0, _DeferredParts())
