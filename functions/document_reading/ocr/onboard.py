"""The engine that reads pictures on this machine, where there is one.

It weighs too much for the archive of a function: it is imported from a folder that a setting names, or
from the image of a container, and only once there is a picture to read.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from PIL import Image

from functions.document_reading.reading.model import PageWords
from shared.domain.errors import ConfigurationMissing


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """What one picture may cost."""

    threads: int = 1
    longest_side: int = 1280
    """Text is looked for on a picture reduced to this, and recognised on the picture as it came."""


class _Engine(Protocol):
    def read(self, image: Image.Image) -> PageWords: ...


class OnboardOcr:
    """An `Ocr` for one thread that loads its engine, which takes a second, with its first picture."""

    def __init__(self, packages: Path | None = None, settings: OcrSettings | None = None) -> None:
        """Take the engine from the folder `packages`, or else from where everything is imported from.

        Raises `ConfigurationMissing` where it is not there.
        """
        if packages and str(packages) not in sys.path:
            sys.path.append(str(packages))
        if not find_spec("rapidocr"):
            raise ConfigurationMissing("the packages of the onboard OCR are not where they are to be")
        self._settings = settings or OcrSettings()
        self._engine: _Engine | None = None

    def read(self, image: Image.Image) -> PageWords:
        """The words of a picture, turned upright."""
        self._engine = self._engine or self._loaded()
        return self._engine.read(image)

    def _loaded(self) -> _Engine:
        engine: _Engine = import_module("functions.document_reading.ocr.rapid").RapidEngine(self._settings)
        return engine
