"""Inspection in child processes: no document can take the drain down with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from functions.auto_import.inspection.verdicts import (
    DocumentType,
    Inspection,
    InspectionLimits,
    InspectionUnavailable,
)
from shared.confinement.refusals import OnConfinementRefused, nobody_is_told
from shared.confinement.worker_pool import ConfinedWorkers
from shared.confinement.worker_process import WorkerLost
from shared.domain.active_content import ActiveContent, known_kinds
from shared.domain.errors import ConfinementFailed, DocumentRejected
from shared.domain.rejections import RejectionReason

Answer = TypeVar("Answer")

_SEARCHED = {DocumentType.PDF, DocumentType.XML}
"""The types that may have active content."""
_PDF = b"%PDF-"
_MOST_BYTES_OF_A_SHEET = 4 * 1024 * 1024
_WORKER_MODULE = "functions.auto_import.inspection.worker"


class WorkerPool:
    """An `Inspector` for many threads; see `ConfinedWorkers`."""

    def __init__(
        self,
        limits: InspectionLimits | None = None,
        *,
        workers: int | None = None,
        worker_module: str = _WORKER_MODULE,
        on_refused: OnConfinementRefused = nobody_is_told,
    ) -> None:
        self._workers = ConfinedWorkers(
            limits or InspectionLimits(), worker_module, workers=workers, on_refused=on_refused
        )

    def prepare(self, documents: int, *, owner: str) -> None:
        """Have the workers start that so many documents of that user's will keep busy."""
        self._workers.prepare(documents, owner=owner)

    def inspect(self, path: Path, *, owner: str) -> Inspection:
        """Say what the file is, within the limits, in a process that has seen only its owner's.

        An email is what the document attached to it is. For any number of threads. Raises
        `DocumentRejected`, or `InspectionUnavailable` where the failure is not the document's.
        """
        inspection = self._inspect(path, owner)
        if inspection.type is not DocumentType.EML:
            return inspection
        with tempfile.NamedTemporaryFile(dir=path.parent) as place:
            place.write(inspection.attached)
            place.flush()
            attached = self._inspect(Path(place.name), owner)
        if attached.type is DocumentType.EML:  # what an honest worker has looked into
            raise DocumentRejected(RejectionReason.NONE_ATTACHED)
        is_complete = inspection.complete and attached.complete
        return Inspection(DocumentType.EML, attached.pages, is_complete, attached.active_content)

    def _inspect(self, path: Path, owner: str) -> Inspection:
        try:
            verdict = self._ask({"inspect": str(path.absolute())}, _to_verdict, owner)
        except WorkerLost as lost:
            reason = RejectionReason.TOO_COMPLEX if lost.met_a_limit else RejectionReason.UNREADABLE
            raise DocumentRejected(reason) from lost
        if isinstance(verdict, DocumentRejected):
            raise verdict
        if verdict.type not in _SEARCHED:
            return verdict
        return replace(verdict, active_content=self._active_content(path, owner))

    def _active_content(self, path: Path, owner: str) -> tuple[ActiveContent, ...]:
        """A search that kills its worker finds that it is not known, and rejects nothing."""
        try:
            return self._ask({"active_content": str(path.absolute())}, _to_kinds, owner)
        except WorkerLost:
            return (ActiveContent.NOT_KNOWN,)

    def _ask(self, request: dict[str, str], read: Callable[[dict[str, Any]], Answer], owner: str) -> Answer:
        try:
            return self._workers.ask(request, read, owner=owner)
        except ConfinementFailed as failure:
            raise InspectionUnavailable(str(failure)) from failure

    def close(self) -> None:
        """Wait for the documents being inspected, then end every worker."""
        self._workers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _to_verdict(answer: dict[str, Any]) -> Inspection | DocumentRejected:
    if "refused" in answer:
        refused = answer["refused"]
        reason = RejectionReason(refused["reason"])
        return DocumentRejected(reason, may_be_incomplete=bool(refused["may_be_incomplete"]))
    done = answer["done"]
    found, pages, complete = DocumentType[done["type"]], int(done["pages"]), bool(done["complete"])
    data: bytes = answer["attached"]
    if found is DocumentType.EML:
        return Inspection(found, pages, complete, attached=data)
    is_sheet = found is DocumentType.XML and data.startswith(_PDF) and len(data) <= _MOST_BYTES_OF_A_SHEET
    return Inspection(found, pages, complete, sheet=data if is_sheet else b"")


def _to_kinds(answer: dict[str, Any]) -> tuple[ActiveContent, ...]:
    codes = answer["done"]
    if not isinstance(codes, list):
        raise TypeError
    return known_kinds(codes)
