"""The samples of a demonstration end as they say they do."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from functions.auto_import.inspection.inspect_file import inspect_file
from functions.auto_import.inspection.verdicts import InspectionLimits
from local.samples import COLLEAGUE_SAMPLES, SAMPLES, Sample, write_samples
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("samples")
    write_samples(directory)
    return directory


def verdict(path: Path) -> RejectionReason | None:
    try:
        inspect_file(path, InspectionLimits())
    except DocumentRejected as rejected:
        return rejected.reason
    return None


def test_show_every_outcome() -> None:
    outcomes = Counter(sample.outcome for sample in SAMPLES)

    assert outcomes == {"imported": 10, "duplicate": 1, "rejected": 4}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path)
def test_each_gets_the_verdict_it_announces(directory: Path, sample: Sample) -> None:
    assert verdict(directory / sample.path) is sample.reason


def test_a_colleagues_are_documents_of_which_one_is_in_both_hands(directory: Path, tmp_path: Path) -> None:
    written = write_samples(tmp_path, COLLEAGUE_SAMPLES)

    everybodys = {(directory / sample.path).read_bytes() for sample in SAMPLES}
    assert [verdict(tmp_path / sample.path) for sample in written] == [None] * 3
    assert sum((tmp_path / sample.path).read_bytes() in everybodys for sample in written) == 1


def test_only_the_duplicate_has_the_bytes_of_another(directory: Path) -> None:
    contents = {sample.path: (directory / sample.path).read_bytes() for sample in SAMPLES}

    repeated = {path for path, content in contents.items() if list(contents.values()).count(content) > 1}

    assert repeated == {"Déjeuner Café Lumière.jpg", "Déjeuner Café Lumière (1).jpg"}


def test_are_the_same_on_every_run(directory: Path, tmp_path: Path) -> None:
    written = write_samples(tmp_path)

    assert [(tmp_path / sample.path).read_bytes() for sample in written] == [
        (directory / sample.path).read_bytes() for sample in SAMPLES
    ]


def test_two_lie_in_a_folder_of_their_own() -> None:
    folders = Counter(str(Path(sample.path).parent) for sample in SAMPLES)

    assert folders == {".": 13, "Berlin trip": 2}


def test_names_are_composed_as_dropbox_states_them() -> None:
    assert all(unicodedata.is_normalized("NFC", sample.path) for sample in SAMPLES)
