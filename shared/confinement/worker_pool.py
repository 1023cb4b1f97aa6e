"""A few persistent workers for many threads: no document can take the parent down with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, LifoQueue
from typing import Any, TypeVar

from shared.confinement.limits import Limits
from shared.confinement.refusals import OnConfinementRefused, nobody_is_told
from shared.confinement.worker_process import WorkerLost, WorkerProcess
from shared.domain.errors import ConfinementFailed

_MOST_WORKERS = 4

Result = TypeVar("Result")


@dataclass
class _Place:
    """Room for one worker, which is started when first needed."""

    worker: WorkerProcess | None = None
    starting: Future[WorkerProcess] | None = None
    """The worker that was begun before it is needed, if any; it has seen nobody's documents yet."""
    owner: str = ""
    """Whose documents it has seen: nobody else's come into the same process."""


class ConfinedWorkers:
    """Each call borrows one of a few persistent workers, or waits.

    There is one worker for each processor unless `workers` says otherwise. They end with `close`, or
    with this process, however it ends. `worker_module` has the `main` that a worker runs. At each start
    `on_refused` is told what of a worker's confinement the kernel refuses, where it does.
    """

    def __init__(
        self,
        limits: Limits,
        worker_module: str,
        *,
        workers: int | None = None,
        on_refused: OnConfinementRefused = nobody_is_told,
    ) -> None:
        self._limits = limits
        self._on_refused = on_refused
        self._worker_module = worker_module
        self._size = workers or min(os.cpu_count() or 1, _MOST_WORKERS)
        self._closed = False
        self._starters = ThreadPoolExecutor(self._size, thread_name_prefix="worker-start")
        self._places: LifoQueue[_Place] = LifoQueue()  # the place used last has a warm worker
        for _ in range(self._size):
            self._places.put(_Place())

    def prepare(self, count: int, *, owner: str) -> None:
        """Start as many as so many documents of that owner will keep busy, while these are on their way.

        Nobody waits for it but who needs such a worker; where one does not start, the next call finds out.
        """
        places = self._idle_places(count)
        try:
            for place in places:
                self._make_over(place, owner)
                if not place.worker and not place.starting:
                    place.starting = self._starters.submit(self._start)
        finally:
            for place in reversed(places):  # in the order that they were in
                self._places.put(place)

    def ask(
        self,
        request: object,
        read: Callable[[Any], Result],
        *,
        owner: str,
        wall_seconds: float | None = None,
    ) -> Result:
        """Have one of them work, and read its answer; for any number of threads.

        `wall_seconds` are those of the limits, or fewer where the caller has no more time.

        A worker that a document has taken over could remember the next one, or lie about it: with another
        `owner` than before it is replaced. Raises `WorkerLost` where the document is to blame, and
        `ConfinementFailed` where it is not. See `WorkerProcess.ask`.
        """
        with self._place() as place:
            self._make_over(place, owner)
            while True:
                is_fresh = place.worker is None and place.starting is None
                try:
                    return self._ask(place, request, read, wall_seconds)
                except WorkerLost as lost:
                    # An earlier document may have maimed a used worker, or a short memory one that waited:
                    # then a fresh one decides.
                    if is_fresh or lost.ran_out_of_time:
                        raise

    def close(self) -> None:
        """Wait for the work under way, then end every worker."""
        self._closed = True
        places = [self._places.get() for _ in range(self._size)]
        for place in places:
            with suppress(ConfinementFailed):
                if place.worker or place.starting:
                    self._worker_of(place).close()
            place.worker = None
            self._places.put(place)
        self._starters.shutdown()

    def _idle_places(self, count: int) -> list[_Place]:
        """Up to so many, taken: others wait for them."""
        places: list[_Place] = []
        with suppress(Empty):
            while len(places) < count:
                places.append(self._places.get_nowait())
        return places

    @contextmanager
    def _place(self) -> Iterator[_Place]:
        place = self._places.get()
        try:
            if self._closed:
                raise RuntimeError("the workers are closed")
            yield place
        finally:
            self._places.put(place)

    @staticmethod
    def _make_over(place: _Place, owner: str) -> None:
        if place.worker and place.owner != owner:
            place.worker.close()
            place.worker = None
        place.owner = owner

    def _worker_of(self, place: _Place) -> WorkerProcess:
        if place.worker:
            return place.worker
        starting, place.starting = place.starting, None
        return starting.result() if starting else self._start()

    def _start(self) -> WorkerProcess:
        worker = WorkerProcess(self._limits, self._worker_module)
        if worker.refused:
            self._on_refused(worker.refused)
        return worker

    def _ask(
        self, place: _Place, request: object, read: Callable[[Any], Result], wall_seconds: float | None
    ) -> Result:
        worker = self._worker_of(place)
        place.worker = None
        try:
            return worker.ask(request, read, wall_seconds)
        finally:
            if worker.is_idle and worker.documents < self._limits.documents_per_worker:
                place.worker = worker
            else:
                worker.close()
