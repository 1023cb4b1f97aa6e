"""Inspection in child processes: no document can take the drain down with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import Self

from functions.auto_import.inspection.verdicts import Inspection, InspectionLimits
from functions.auto_import.inspection.worker_process import WorkerLost, WorkerProcess
from shared.errors import DocumentRejected

_MOST_WORKERS = 4
_WORKER_MODULE = "functions.auto_import.inspection.worker"


@dataclass
class _Place:
    """Room for one worker, which is started when first needed."""

    worker: WorkerProcess | None = None


class WorkerPool:
    """An `Inspector` for many threads: each call borrows one of a few persistent workers, or waits.

    There is one worker for each processor unless `workers` says otherwise. They end with `close`, or
    with this process, however it ends. `worker_module` has the `main` that a worker runs.
    """

    def __init__(
        self,
        limits: InspectionLimits | None = None,
        *,
        workers: int | None = None,
        worker_module: str = _WORKER_MODULE,
    ) -> None:
        self._limits = limits or InspectionLimits()
        self._worker_module = worker_module
        self._size = workers or min(os.cpu_count() or 1, _MOST_WORKERS)
        self._closed = False
        self._places: LifoQueue[_Place] = LifoQueue()  # the place used last has a warm worker
        for _ in range(self._size):
            self._places.put(_Place())

    def inspect(self, path: Path) -> Inspection:
        """Say what the file is, within the limits; for any number of threads.

        Raises `DocumentRejected`, or `InspectionUnavailable` where the failure is not the document's.
        """
        with self._place() as place:
            while True:
                is_fresh = place.worker is None
                try:
                    return self._ask(place, path)
                except WorkerLost as lost:
                    # An earlier document may have maimed a used worker: then a fresh one decides.
                    if is_fresh or lost.ran_out_of_time:
                        raise DocumentRejected(lost.reason) from lost

    def close(self) -> None:
        """Wait for the documents being inspected, then end every worker."""
        self._closed = True
        places = [self._places.get() for _ in range(self._size)]
        for place in places:
            if place.worker:
                place.worker.close()
                place.worker = None
            self._places.put(place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _place(self) -> Iterator[_Place]:
        place = self._places.get()
        try:
            if self._closed:
                raise RuntimeError("the inspection workers are closed")
            yield place
        finally:
            self._places.put(place)

    def _ask(self, place: _Place, path: Path) -> Inspection:
        worker = place.worker or WorkerProcess(self._limits, self._worker_module)
        place.worker = None
        try:
            return worker.inspect(path)
        finally:
            if worker.is_idle and worker.documents < self._limits.documents_per_worker:
                place.worker = worker
            else:
                worker.close()
