"""The engine that reads pictures on this machine, where it has been prepared: `make ocr`."""

from __future__ import annotations

from pathlib import Path

from local.template import ROOT

_ENVIRONMENT = ROOT / ".venv-ocr"


def ocr_packages() -> Path | None:
    """Where the engine is imported from, or None where it is not prepared."""
    found = sorted(_ENVIRONMENT.glob("lib/python3.*/site-packages/rapidocr"))
    return found[0].parent if found else None


def ocr_parameters() -> dict[str, str]:
    """The template's parameters for it: without an engine, pictures stay unread.

    Each reading at once takes a processor and half a gigabyte of this machine's.
    """
    packages = ocr_packages()
    engine = {"OcrEngine": "onboard", "OcrPackages": str(packages)} if packages else {"OcrEngine": "none"}
    return engine | {"ScanConcurrency": "2"}
