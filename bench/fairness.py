"""Whether one user with ten thousand files keeps others waiting, importing and reading: in simulated time.

Who may be read for is decided by the product's own `ReaderShare`, and when to ask again by its `share_delay`;
what an import takes is counted with the real drain. Queues and functions are simulated.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from bench import growth
from bench.figures import Figure, Table, median
from bench.importing import DROPBOX_SECONDS, STORE_SECONDS
from bench.simulated_queue import Functions, Lanes, Message, Served
from functions.document_reading.job.read_expense import LEASE
from functions.document_reading.job.reader_share import ReaderShare, ShareTaken, share_delay
from shared.domain.page_quotas import Payer
from shared.domain.reader_shares import ReaderShares
from testing.fakes.reader_leases import FakeReaderLeases

FILES = 10_000
OTHERS = 49
START = datetime(2026, 11, 22, tzinfo=UTC)
DRAINS, DOWNLOADS, DRAIN_SECONDS = 200, 16, 210.0
"""As in the template; a drain begins nothing new after so long, and rings again."""
READERS, USER_PERCENT, AT_FIRST_PERCENT, COMPANY_PERCENT = 20, 20, 90, 90
"""The template's defaults."""
READING_SECONDS = 1.7
"""Mean processor seconds of `../shared/reading-set` on one processor."""
ASKING_SECONDS = 0.05
"""A doorbell that finds no free reader of its user's: an invocation, two reads, a lease tried, a query."""
AIM = 1.2
TYPICAL_DROP, DROP_AIM = 200, 1.15
HEAVY = "user-0"


DROPS = (1, 20, 100, 200, 400, 1_000, FILES)


@dataclass(frozen=True, slots=True)
class Case:
    """Who drops what. The others drop `after` so many seconds, all at once or over so many seconds."""

    title: str
    is_one_company: bool
    after: float
    over: float = 0.0
    is_fair: bool = True


CASES = (
    Case("each of a company of their own, at once", is_one_company=False, after=60),
    Case("the same, one after the other in five minutes", is_one_company=False, after=60, over=300),
    Case("the same, where SQS is not fair", is_one_company=False, after=60, over=300, is_fair=False),
    Case("all of one company, at once", is_one_company=True, after=60),
    Case("the same, one after the other in five minutes", is_one_company=True, after=60, over=300),
)


def measure() -> Iterable[Table]:
    """One table for importing, one for reading."""
    single, further = _seconds_of_import()
    yield Table(
        f"Fairness: seconds of {OTHERS} users with a file each, importing beside one with {FILES:,}",
        "alone",
        [_compared(case, partial(_imported, case, single, further)) for case in CASES[:2]],
    )
    yield Table(
        f"Fairness: seconds of {OTHERS} users with a document each, reading beside one with {FILES:,}",
        "alone",
        [_compared(case, partial(_read, case, further)) for case in CASES],
    )
    yield Table(
        f"Seconds from a notification to the last expense read, {READERS} readers, nobody else at work",
        "at best",
        [_dropped(files, single, further) for files in DROPS],
    )


def _dropped(files: int, single: float, further: float) -> Figure:
    """At best: had the user all readers from the first import on, and never to ask for one."""
    random.seed(20261127)
    functions = Functions(READERS, Lanes(is_fair=True), Readers().read)
    messages = [Message(HEAVY, "company", single + number * further) for number in range(files)]
    for message in messages:
        functions.send(message)
    functions.run(is_over=lambda: all(message.done is not None for message in messages))
    seconds = max(message.done for message in messages if message.done is not None)
    reading = -(-files // READERS) * (ASKING_SECONDS + READING_SECONDS)
    best = single + max(reading, (files - 1) * further + ASKING_SECONDS + READING_SECONDS)
    aim = f"≤ {DROP_AIM:.2f}" if files == TYPICAL_DROP else ""
    return Figure(f"{files:,} files", f"{seconds:.1f} s", f"{best:.1f} s", f"{seconds / best:.2f}", aim)


def _compared(case: Case, simulate: object) -> Figure:
    if not callable(simulate):
        raise TypeError
    beside, alone = (sorted(simulate(is_alone=is_alone)) for is_alone in (False, True))
    return Figure(
        case.title,
        f"{median(beside):.1f}, at most {beside[-1]:.1f}",
        f"{median(alone):.1f}, at most {alone[-1]:.1f}",
        f"{median(beside) / median(alone):.2f}, {beside[-1] / alone[-1]:.2f}",
        f"≤ {AIM:.2f}",
    )


def _seconds_of_import() -> tuple[float, float]:
    """Of a drain that finds one file, and of each further one, by calls counted with the real adapters."""
    counts = growth.count((growth.SHORT,))[0]
    single = _seconds(sum(counts.single_dropbox.values()), sum(counts.single.requests.values()))
    return single, _seconds(1.0, sum(counts.for_each_document.values())) / DOWNLOADS


def _seconds(dropbox_calls: float, aws_calls: float) -> float:
    return dropbox_calls * DROPBOX_SECONDS + aws_calls * STORE_SECONDS


def _imported(case: Case, single: float, further: float, *, is_alone: bool) -> Sequence[float]:
    left = {HEAVY: FILES}

    def drain(message: Message, _now: float) -> Served:
        """A drain goes on until its time is over; then it rings again, behind all who have rung since."""
        files = min(left.get(message.group, 1), round((DRAIN_SECONDS - single) / further))
        left[message.group] = left.get(message.group, 1) - files
        return Served(single + (files - 1) * further, hidden_for=0.0 if left[message.group] else None)

    functions = Functions(DRAINS, Lanes(is_fifo=True), drain)
    if not is_alone:
        functions.send(Message(HEAVY, "", 0.0))
    return _waits(case, functions)


def _read(case: Case, further: float, *, is_alone: bool) -> Sequence[float]:
    readers = Readers()
    functions = Functions(READERS, Lanes(is_fair=case.is_fair), readers.read)
    if not is_alone:
        for number in range(FILES):
            functions.send(Message(HEAVY, "company" if case.is_one_company else HEAVY, number * further))
    return _waits(case, functions)


def _waits(case: Case, functions: Functions) -> Sequence[float]:
    """Of the others, from the drop to the end."""
    random.seed(20261127)
    others = [_other(case, number) for number in range(1, OTHERS + 1)]
    for message in others:
        functions.send(message)
    functions.run(is_over=lambda: all(message.done is not None for message in others))
    return [message.done - message.sent for message in others if message.done is not None]


def _other(case: Case, number: int) -> Message:
    user = f"user-{number}"
    company = "company" if case.is_one_company else user
    return Message(user, company, case.after + case.over * (number - 1) / OTHERS)


class Readers:
    """What a reader does with a doorbell: the real share, over leases in memory."""

    def __init__(self) -> None:
        self._now = 0.0
        shares = ReaderShares.of(
            READERS,
            user_percent=USER_PERCENT,
            company_percent=COMPANY_PERCENT,
            at_first_percent=AT_FIRST_PERCENT,
        )
        self._share = ReaderShare(
            FakeReaderLeases(LEASE), shares, lambda: START + timedelta(seconds=self._now)
        )

    def read(self, message: Message, now: float) -> Served:
        """Read, or ask again later."""
        self._now = now
        held = ExitStack()
        try:
            held.enter_context(self._share.held(Payer(message.group, message.company)))
        except ShareTaken:
            return Served(ASKING_SECONDS, hidden_for=share_delay(message.receives))
        return Served(ASKING_SECONDS + READING_SECONDS, end=held.close)
