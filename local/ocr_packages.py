"""The packages that read pictures, in their environment on this machine."""

from __future__ import annotations

from pathlib import Path

_ENVIRONMENT = Path(__file__).parents[1] / ".venv-ocr"


def ocr_packages() -> Path | None:
    """The folder to import them from; None where `make ocr` has not prepared it."""
    return next(_ENVIRONMENT.glob("lib/python*/site-packages"), None)
