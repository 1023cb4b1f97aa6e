"""What one piece of work in a child process may cost."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults suit looking at one document, with two workers beside a drain in a Lambda of 2 GB."""

    memory_bytes: int = 768 * MEBIBYTE
    """Address space of a worker."""
    cpu_seconds: int = 10
    """Processor time: the same verdict on a busy machine as on an idle one."""
    wall_seconds: float = 30.0
    """Elapsed time, for a parser that hangs without computing."""
    documents_per_worker: int = 500
    """After so many a worker is replaced: parsers leak."""
    answer_bytes: int = 1024
    """The longest answer that is believed."""
    attachment_bytes: int = 0
    """The most that may come with an answer."""
