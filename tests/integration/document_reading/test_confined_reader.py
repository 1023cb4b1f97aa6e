"""Documents that kill, hang or fool the process that reads them, and the function that goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from functions.document_reading.job.outcomes import DocumentUnreadable, ReaderDied
from functions.document_reading.worker.confined_reader import LIMITS, ConfinedReader, Picture
from shared.domain.errors import ConfinementFailed
from shared.domain.reading_jobs import ReadingFailure
from tests.integration.document_reading.misbehaving_worker import DISHONEST

MISBEHAVING = "tests.integration.document_reading.misbehaving_worker"


@pytest.fixture
def reader() -> Iterator[ConfinedReader]:
    reader = ConfinedReader(limits=replace(LIMITS, wall_seconds=3.0), worker_module=MISBEHAVING)
    yield reader
    reader.close()


def read(reader: ConfinedReader, path: Path, behaviour: str) -> object:
    document = path / "document"
    document.write_text(behaviour)
    return reader.read(document, "application/pdf", "alice")


@pytest.mark.parametrize("behaviour", ["crash", *DISHONEST])
def test_a_document_that_ruins_its_reader_is_told_from_others(
    reader: ConfinedReader, tmp_path: Path, behaviour: str
) -> None:
    with pytest.raises(ReaderDied):
        read(reader, tmp_path, behaviour)

    assert read(reader, tmp_path, "harmless") == Picture(1, 2, 3)


def test_a_document_that_takes_too_long_is_not_read_again(reader: ConfinedReader, tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable) as unreadable:
        read(reader, tmp_path, "hang")

    assert unreadable.value.reason is ReadingFailure.TOOK_TOO_LONG
    assert read(reader, tmp_path, "harmless") == Picture(1, 2, 3)


def test_a_document_that_is_refused_is_unreadable(reader: ConfinedReader, tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable, match="damaged"):
        read(reader, tmp_path, "refuse")


def test_a_fault_of_ours_is_no_verdict_and_tells_nothing(reader: ConfinedReader, tmp_path: Path) -> None:
    with pytest.raises(ConfinementFailed) as failed:
        read(reader, tmp_path, "fail")

    assert "KeyError" in str(failed.value)
    assert "SECRET" not in str(failed.value)
