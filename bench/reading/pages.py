"""The words of the pages, as the function finds them; pictures may be made worse, and their words kept."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from bench.degraded import Degradation, degrade
from functions.document_reading.ocr.onboard import OnboardOcr
from functions.document_reading.reading.model import PageWords
from functions.document_reading.worker.pages import Ocr, pages_of
from functions.document_reading.worker.reading_json import pages_from_json, pages_to_json
from local.ocr_packages import ocr_packages
from shared.domain.errors import ConfigurationMissing, DocumentRejected


class PagesRead:
    """Finds words, those of a picture once only where there is a folder to keep them in."""

    def __init__(self, kept: Path | None, degradation: Degradation | None) -> None:
        self._degradation = degradation
        ocr = _ocr()
        self._ocr = KeptWords(ocr, kept) if ocr and kept else ocr

    def __call__(self, path: Path, content_type: str) -> Sequence[PageWords]:
        """The pages' words; none where the document cannot be opened."""
        try:
            return self._found(path, content_type)
        except DocumentRejected:
            return []

    def _found(self, path: Path, content_type: str) -> Sequence[PageWords]:
        if not self._degradation or not content_type.startswith("image/"):
            return pages_of(path, content_type, self._ocr)
        with tempfile.NamedTemporaryFile(suffix=".png") as file, Image.open(path) as image:
            degrade(image, self._degradation).save(file.name)
            return pages_of(Path(file.name), "image/png", self._ocr)


class KeptWords:
    """An OCR that is asked once about each picture; its words are kept by what the picture shows."""

    def __init__(self, ocr: Ocr, folder: Path) -> None:
        self._ocr = ocr
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, image: Image.Image) -> PageWords:
        """The words, turned upright."""
        shown = hashlib.sha256(f"{image.mode} {image.size}".encode() + image.tobytes()).hexdigest()
        kept = self._folder / f"{shown[:32]}.json"
        if kept.is_file():
            return pages_from_json(json.loads(kept.read_text(encoding="utf-8")))[0]
        page = self._ocr.read(image)
        kept.write_text(json.dumps(pages_to_json([page]), ensure_ascii=False), encoding="utf-8")
        return page


def _ocr() -> Ocr | None:
    try:
        return OnboardOcr(ocr_packages())
    except ConfigurationMissing:
        return None  # pictures are then unread, and counted so
