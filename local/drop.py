"""Copies documents into a linked `Auto-Import` directory, and knows how each must end."""

from __future__ import annotations

import shutil
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from local.dropbox_emulator.core import paths
from local.import_feed import RecordedFile
from local.samples import Sample, write_samples


@dataclass(frozen=True, slots=True)
class DroppedDocuments:
    """Names below `Auto-Import`, with what is expected of each where that is known."""

    names: Sequence[str]
    samples: Sequence[Sample] = ()
    left_out: Sequence[str] = field(default=())

    def problems(self, recorded: Sequence[RecordedFile]) -> list[str]:
        """What differs from what was expected, in words; empty where all is well."""
        counts = Counter(file.name for file in recorded)
        problems = [f"{name} was not recorded" for name in self.names if not counts[name]]
        problems += [
            f"{name} was recorded {n} times" for name, n in counts.items() if n > 1 and name in self.names
        ]
        return problems + self._unexpected(recorded)

    def _unexpected(self, recorded: Sequence[RecordedFile]) -> list[str]:
        """Of two samples with the same bytes either may be the duplicate: such are compared together."""
        ended = {file.name: file for file in recorded}
        same = _same_bytes(self.samples)
        return [
            f"{sample.path} ended as {ended[sample.path].outcome}"
            for sample in self.samples
            if sample.path in ended
            and (ended[sample.path].outcome, ended[sample.path].reason) not in same[sample.make()]
        ]


def _same_bytes(samples: Sequence[Sample]) -> dict[bytes, set[tuple[str, object]]]:
    expected: dict[bytes, set[tuple[str, object]]] = {}
    for sample in samples:
        expected.setdefault(sample.make(), set()).add((sample.outcome, sample.reason))
    return expected


def drop_samples(auto_import: Path) -> DroppedDocuments:
    """Write the samples."""
    samples = write_samples(auto_import)
    return DroppedDocuments([sample.path for sample in samples], samples)


def drop_folder(source: Path, auto_import: Path) -> DroppedDocuments:
    """Copy every file of a folder and its sub-folders, but those that Dropbox does not synchronise."""
    names: list[str] = []
    left_out: list[str] = []
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        name = path.relative_to(source).as_posix()
        if not _is_synchronised(name):
            left_out.append(name)
            continue
        target = auto_import / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        names.append(unicodedata.normalize("NFC", name))
    return DroppedDocuments(names, left_out=left_out)


def _is_synchronised(name: str) -> bool:
    return not any(
        paths.is_temporary(part) or paths.is_disallowed(part) or paths.is_malformed(part)
        for part in name.split("/")
    )
