"""Paths as people are shown them, to copy."""

from __future__ import annotations

import os
from pathlib import Path


def shortest(path: Path) -> str:
    """Relative to the current directory where that is shorter."""
    return min(str(path), os.path.relpath(path), key=len)
