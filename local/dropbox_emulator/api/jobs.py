"""Asynchronous jobs: the work is done at once, its result is shown after some polls."""

import secrets
import threading
from dataclasses import dataclass, field
from typing import Any


@dataclass
class BatchPolicy:
    """When a batch answers at once and when with a job.

    Batches of more than `largest_synchronous` entries answer ``async_job_id``; such a job answers
    ``in_progress`` to its first `polls_in_progress` polls. Moves and copies always answer with a job, even
    of one entry, unless `relocates_at_once`.
    """

    largest_synchronous: int = 20
    polls_in_progress: int = 1
    relocates_at_once: bool = False


@dataclass
class _Job:
    owner: str
    result: Any
    polls_left: int
    asked: tuple[str, ...]


@dataclass
class Jobs:
    """The jobs of all accounts."""

    policy: BatchPolicy
    _jobs: dict[str, _Job] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def launch(self, owner: str, result: Any, asked: tuple[str, ...] = ()) -> str:  # noqa: ANN401 - a Stone value
        """Remember a finished piece of work of the account `owner`; returns its job id.

        `asked`: what its entries were asked for with, as text.
        """
        job_id = f"dbjid:{secrets.token_urlsafe(32)}"
        with self._lock:
            self._jobs[job_id] = _Job(owner, result, self.policy.polls_in_progress, asked)
        return job_id

    def asked(self, job_id: str) -> tuple[str, ...]:
        """What the entries of a job were asked for with; nothing of an unknown one."""
        with self._lock:
            job = self._jobs.get(job_id)
        return job.asked if job else ()

    def poll(self, owner: str, job_id: str) -> Any:  # noqa: ANN401 - a Stone value
        """The result of a job, or `None` while it is in progress.

        Raises:
            KeyError: no such job of this account.

        """
        with self._lock:
            job = self._jobs[job_id]
            if job.owner != owner:
                raise KeyError(job_id)
            if job.polls_left > 0:
                job.polls_left -= 1
                return None
            return job.result
