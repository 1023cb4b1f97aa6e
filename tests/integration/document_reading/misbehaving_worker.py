"""A worker whose documents say how it shall misbehave."""

from __future__ import annotations

import ctypes
import time
from pathlib import Path
from typing import Any

from shared.confinement.limits import Limits
from shared.confinement.worker import WorkRefused, limits_argument, serve


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The document's text is what to do."""
    match Path(request["read"]).read_text():
        case "crash":
            ctypes.string_at(0)
        case "hang":
            time.sleep(60)
        case "refuse":
            raise WorkRefused("damaged")
        case "fail":
            raise KeyError("SECRET")
        case "nonsense":
            return {"reading": {"merchant": ["x", True, "hearsay"]}}
    return {"picture": {"pages": 1, "width": 2, "height": 3}}


def main() -> None:
    serve(Limits(**limits_argument()), answer)
