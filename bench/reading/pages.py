"""The words of the pages, as the function finds them; pictures may be made worse, and their words kept."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from PIL import Image

from bench.degraded import Degradation, degrade
from functions.document_reading.ocr.onboard import OnboardOcr
from functions.document_reading.reading.model import PageWords, Source, Word
from functions.document_reading.worker.pages import Ocr, pages_of
from local.ocr_packages import ocr_packages
from shared.domain.errors import ConfigurationMissing, DocumentRejected


class PagesRead:
    """Finds words, those of a picture once only where there is a folder to keep them in."""

    def __init__(self, kept: Path | None, degradation: Degradation | None) -> None:
        self._kept = kept
        self._degradation = degradation
        self._ocr = _ocr()

    def __call__(self, path: Path, content_type: str) -> Sequence[PageWords]:
        """The pages' words; none where the document cannot be opened."""
        kept = self._kept / f"{path.stem}.json" if self._kept and content_type.startswith("image/") else None
        if kept and kept.is_file():
            return [_page(json.loads(kept.read_text(encoding="utf-8")))]
        try:
            pages = self._found(path, content_type)
        except DocumentRejected:
            return []
        if kept and pages:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(_as_json(pages[0]), ensure_ascii=False), encoding="utf-8")
        return pages

    def _found(self, path: Path, content_type: str) -> Sequence[PageWords]:
        if not self._degradation or not content_type.startswith("image/"):
            return pages_of(path, content_type, self._ocr)
        with tempfile.NamedTemporaryFile(suffix=".png") as file, Image.open(path) as image:
            degrade(image, self._degradation).save(file.name)
            return pages_of(Path(file.name), "image/png", self._ocr)


def _ocr() -> Ocr | None:
    try:
        return OnboardOcr(ocr_packages())
    except ConfigurationMissing:
        return None  # pictures are then unread, and counted so


def _page(kept: dict[str, list[dict[str, object]]]) -> PageWords:
    words = tuple(Word(**word) for word in kept["words"])  # type: ignore[arg-type] # as `_as_json` wrote it
    return PageWords(words, float(kept["width"]), float(kept["height"]), Source.OCR)  # type: ignore[arg-type]


def _as_json(page: PageWords) -> dict[str, object]:
    return {"width": page.width, "height": page.height, "words": [asdict(word) for word in page.words]}
