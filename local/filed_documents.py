"""Compares the directory `Jenji` on disk with what was accepted: byte by byte, all of it, nothing else."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.acceptances import Acceptance
from local.delivery_feed import RecordedDelivery
from local.host_expense_rows import HostDocument
from shared.domain.folders import SYNCHRONISATION_FOLDER

_MANIFEST = re.compile(r"(\d{4})/(\d{2})/Expenses \1-\2\.(csv|xlsx)")
_ROOT = f"{SYNCHRONISATION_FOLDER}/"
_MONTH = len("2026/03")


@dataclass(frozen=True, slots=True)
class FiledDocuments:
    """The directory, what was accepted, where it was delivered, and how the host's own bytes are read."""

    directory: Path
    acceptances: Sequence[Acceptance]
    delivered: Sequence[RecordedDelivery]
    read: Callable[[HostDocument], bytes]

    def problems(self) -> list[str]:
        """What is not as it must be, in words; empty where all is well."""
        on_disk = {
            path.relative_to(self.directory).as_posix(): path.read_bytes()
            for path in self.directory.rglob("*")
            if path.is_file()
        }
        manifests = {path: data for path, data in on_disk.items() if _MANIFEST.fullmatch(path)}
        documents = {path: data for path, data in on_disk.items() if path not in manifests}
        paths = {row.document_id: row.path.removeprefix(_ROOT) for row in self.delivered}
        return [
            *self._missing_or_altered(documents, paths),
            *self._misnamed(paths),
            *(f"{path} is not meant to be there" for path in sorted(set(documents) - set(paths.values()))),
            *_wrong_manifests(manifests, documents),
        ]

    def _missing_or_altered(self, documents: Mapping[str, bytes], paths: Mapping[str, str]) -> list[str]:
        problems: list[str] = []
        for acceptance in self.acceptances:
            for document in acceptance.expense.documents:
                path = paths.get(document.document_id, "")
                if path not in documents:
                    problems.append(f"{document.name} is not at {path or 'any path'}")
                elif documents[path] != self.read(document):
                    problems.append(f"{path} has other bytes than {document.name}")
        return problems

    def _misnamed(self, paths: Mapping[str, str]) -> list[str]:
        """Each employee has one folder, and no two share one."""
        problems: list[str] = []
        owners: dict[str, str] = {}
        for acceptance in self.acceptances:
            for document in acceptance.expense.documents:
                path = paths.get(document.document_id, "")
                folder = acceptance.folder_in(path)
                owner = acceptance.person.user_id
                if folder is None or owners.setdefault(folder, owner) != owner:
                    problems.append(f"{document.name} is misnamed: {path}")
        if len(owners) != len(set(owners.values())):
            problems.append("somebody has two folders")
        return problems


def _wrong_manifests(manifests: Mapping[str, bytes], documents: Mapping[str, bytes]) -> list[str]:
    """Each month has one in both forms, and it lists nothing that is not there."""
    wanted = {f"{path[:_MONTH]}/{form}" for path in documents for form in ("csv", "xlsx")}
    found = {f"{path[:_MONTH]}/{path.rpartition('.')[2]}" for path in manifests}
    problems = [
        f"{month[:_MONTH]} has no manifest ({month[_MONTH + 1 :]})" for month in sorted(wanted - found)
    ]
    for path, data in manifests.items():
        if not path.endswith(".csv"):
            continue
        listed = _listed(data)
        problems += [f"{path} lists {each}" for each in sorted(listed - set(documents))]
        problems += [] if listed else [f"{path} lists nothing"]
    return problems


def _listed(data: bytes) -> set[str]:
    """The paths in a manifest of any language."""
    table = data.decode("utf-8-sig")
    separator = ";" if ";" in table.partition("\r\n")[0] else ","
    rows = csv.reader(io.StringIO(table, newline=""), delimiter=separator)
    return {cell.removeprefix(_ROOT) for row in rows for cell in row if cell.startswith(_ROOT)}
