"""The samples that a run shows are read as a person reads them, by text and by the engine that sees pictures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from functions.document_reading.reading.model import Reading, Source
from functions.document_reading.worker.confined_reader import ConfinedReader
from local.acceptances import details_of
from local.ocr import ocr_packages
from local.samples import COLLEAGUE_SAMPLES, SAMPLES, Sample

IMPORTED = {sample.path: sample for sample in (*SAMPLES, *COLLEAGUE_SAMPLES) if sample.outcome == "imported"}
TYPES = {
    "heic": "image/heic",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "tif": "image/tiff",
    "webp": "image/webp",
}


@pytest.fixture(scope="module")
def reader() -> Iterator[ConfinedReader]:
    packages = ocr_packages()
    assert packages is not None, "run 'make ocr'"
    reader = ConfinedReader(country="FR", has_ocr=True, ocr_packages=str(packages))
    yield reader
    reader.close()


def read(reader: ConfinedReader, sample: Sample, workdir: Path) -> Reading:
    path = workdir / "document"
    path.write_bytes(sample.make())
    reading = reader.read(path, TYPES[sample.path.rpartition(".")[2].lower()], "alice")
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize("path", IMPORTED)
def test_a_sample_is_read_as_a_person_reads_it(reader: ConfinedReader, path: str, tmp_path: Path) -> None:
    details = details_of(path.rpartition("/")[2])
    assert details is not None

    reading = read(reader, IMPORTED[path], tmp_path)

    assert reading.date is not None
    assert reading.total is not None
    assert reading.currency is not None
    assert reading.merchant is not None
    assert reading.date.value.isoformat() == details.date
    assert reading.total.value == Decimal(details.amount)
    assert reading.currency.value == details.currency
    assert details.merchant.split()[0].casefold() in reading.merchant.value.casefold()
    assert reading.total.source is (Source.TEXT if path.endswith(".pdf") else Source.OCR)
