"""A million links over a store with DynamoDB's latencies and page sizes, in time that is simulated.

Each bucket of a sweep has a thread and a clock of its own, which every call to the store and every pause
moves on: what the real code does takes as long as it would, and nobody waits for it.
"""

from __future__ import annotations

import random
import threading
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil

from shared.aws.stores.link_rows import to_link_row
from shared.domain.errors import LinkChanged
from shared.domain.links import SWEEP_BUCKETS, Link, LinkStatus, Purpose, next_routine_check
from shared.doorbells.messages import AnyDoorbell, Doorbell

START = datetime(2026, 11, 22, tzinfo=UTC)
PAGE = 100
NEVER = -1.0
# Milliseconds that half of the calls take at most, and what the slow ones take, one in a hundred.
QUERY, BATCH_GET, UPDATE, SEND = (9.0, 40.0), (7.0, 35.0), (6.0, 30.0), (12.0, 60.0)
_INDEXED_BYTES = 230  # the keys of table and index, and what `due` projects
_READ_UNIT, _WRITE_UNIT = 4096, 1024


@dataclass
class Usage:
    """What was asked of AWS."""

    calls: Counter[str] = field(default_factory=Counter)
    read_units: float = 0.0
    write_units: float = 0.0

    def __sub__(self, before: Usage) -> Usage:
        return Usage(
            self.calls - before.calls,
            self.read_units - before.read_units,
            self.write_units - before.write_units,
        )

    def copy(self) -> Usage:
        """As it is now."""
        return Usage(Counter(self.calls), self.read_units, self.write_units)


class SimulatedTime:
    """Seconds since the start: those of the world, and of each thread those that it has spent since."""

    def __init__(self) -> None:
        self.world = 0.0
        self._threads = threading.local()

    def __call__(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    @property
    def seconds(self) -> float:
        """On the clock of this thread."""
        return self.world + self.spent

    @property
    def spent(self) -> float:
        """By this thread, since it began."""
        return float(getattr(self._threads, "spent", 0.0))

    def spend(self, seconds: float) -> None:
        """A call, or a pause."""
        self._threads.spent = self.spent + seconds


class ManyLinks:
    """What the sweep asks of links and import queue. Every drain ends well, a moment after its doorbell."""

    def __init__(self, count: int, time: SimulatedTime, *, interval: float, is_heard: bool) -> None:
        self.usage = Usage()
        self.missed_at: datetime | None = None
        self.rung_at_second: Counter[int] = Counter()
        self.oldest_look = 0.0
        self.most_in_memory = 0
        self._time = time
        self._random = random.Random(20261122)  # noqa: S311 - repeatable
        self._is_heard = is_heard
        self._looked = array("d", (-self._random.random() * interval for _ in range(count)))
        self._due = array("d", (looked + interval for looked in self._looked))
        self._rung = array("d", [NEVER]) * count
        self._by_minute: list[defaultdict[int, set[int]]] = [defaultdict(set) for _ in range(SWEEP_BUCKETS)]
        self._begun = threading.Barrier(SWEEP_BUCKETS)
        self._lock = threading.Lock()
        self._answers: list[tuple[float, int]] = []
        self._row_bytes = _size_of(self._link(0))
        for number in range(count):
            self._index(number)

    # What `functions.sweep.ports.DueLinks` asks

    def is_everything_paused(self) -> bool:
        """One read."""
        return False

    def notification_missed_at(self) -> datetime | None:
        """One read."""
        return self.missed_at

    def due_ids(self, bucket: str, until: datetime, since: datetime | None = None) -> Iterator[list[str]]:
        """Pages of the index, which hold what was due when each was read."""
        if since is None:
            self._begun.wait()  # every bucket on a thread of its own, as where threads wait for answers
        low, high = _seconds(since) if since else NEVER, _seconds(until)
        found: list[int] = []
        for minute in self._minutes(int(bucket), low, high):
            with self._lock:
                ready = sorted(self._by_minute[int(bucket)][minute], key=self._due.__getitem__)
            found += [number for number in ready if low <= self._due[number] <= high]
            while len(found) >= PAGE:
                yield self._page(found[:PAGE])
                del found[:PAGE]
        if found:
            yield self._page(found)

    def get_many(self, link_ids: Sequence[str]) -> list[Link]:
        """One consistent BatchGetItem."""
        units = len(link_ids) * ceil(self._row_bytes / _READ_UNIT)
        self._call("BatchGetItem", BATCH_GET, read_units=units)
        with self._lock:
            self.most_in_memory = max(self.most_in_memory, len(link_ids) * SWEEP_BUCKETS)
        return [self._link(int(link_id.partition(":")[2])) for link_id in link_ids]

    def move_due_on(self, link: Link, next_due: datetime | None, rung_at: datetime | None = None) -> None:
        """One conditional UpdateItem; the index drops one key and takes another."""
        row = ceil(self._row_bytes / _WRITE_UNIT)
        self._call("UpdateItem", UPDATE, write_units=row + 2 * ceil(_INDEXED_BYTES / _WRITE_UNIT))
        number = int(link.user_id)
        if link.next_due is None or next_due is None or self._due[number] != _seconds(link.next_due):
            raise LinkChanged(link.link_id)
        if rung_at is not None:
            self._rung[number] = _seconds(rung_at)
        self._move(number, _seconds(next_due))

    # The import queue, and what drains make of it

    def ring_all(self, doorbells: Sequence[AnyDoorbell]) -> None:
        """One SendMessageBatch."""
        self._call("SendMessageBatch", SEND)
        second = int(self._time.seconds)
        with self._lock:
            self.rung_at_second[second] += len(doorbells)
            for doorbell in doorbells:
                if isinstance(doorbell, Doorbell):
                    self._answers.append((self._time.seconds + 2.0, int(doorbell.account_id)))

    def answer(self, next_look: NextLook) -> None:
        """Have the drains look at what was rung for: nothing is there, and the next look is hours away."""
        for seconds, number in self._answers:
            self.oldest_look = max(self.oldest_look, seconds - self._looked[number])
            self._looked[number] = seconds
            self._move(number, _seconds(next_look(self._link(number), START + timedelta(seconds=seconds))))
        self._answers.clear()

    def not_looked_at_since(self, seconds: float) -> int:
        """How many links."""
        return sum(looked < seconds for looked in self._looked)

    def _page(self, numbers: Sequence[int]) -> list[str]:
        self._call("Query", QUERY, read_units=ceil(len(numbers) * _INDEXED_BYTES / _READ_UNIT) / 2)
        return [f"user:{number}" for number in numbers]

    def _call(
        self, name: str, latency: tuple[float, float], *, read_units: float = 0, write_units: float = 0
    ) -> None:
        usual, slow = latency
        with self._lock:
            self.usage.calls[name] += 1
            self.usage.read_units += read_units
            self.usage.write_units += write_units
            milliseconds = (
                slow if self._random.random() < 0.01 else usual * (0.7 + 0.6 * self._random.random())
            )
        self._time.spend(milliseconds / 1000)

    def _minutes(self, bucket: int, low: float, high: float) -> list[int]:
        with self._lock:
            known = self._by_minute[bucket]
            return sorted(m for m, there in known.items() if there and low // 60 <= m <= high // 60)

    def _index(self, number: int) -> None:
        self._by_minute[number % SWEEP_BUCKETS][int(self._due[number] // 60)].add(number)

    def _move(self, number: int, due: float) -> None:
        with self._lock:
            self._by_minute[number % SWEEP_BUCKETS][int(self._due[number] // 60)].discard(number)
            self._due[number] = due
            self._index(number)

    def _link(self, number: int) -> Link:
        rung = self._rung[number]
        return Link(
            link_id=f"user:{number}",
            purpose=Purpose.AUTO_IMPORT,
            user_id=str(number),
            company_id="company-of-a-thousand",
            account_id=str(number),
            account_name="Alexandra Martin-Dupont",
            account_email="alexandra.martin-dupont@example.com",
            account_locale="fr",
            encrypted_token=bytes(300),
            status=LinkStatus.ACTIVE,
            generation=1,
            linked_at=START - timedelta(days=100),
            next_due=START + timedelta(seconds=self._due[number]),
            last_clean_listing=START + timedelta(seconds=self._looked[number]),
            rung_at=None if rung == NEVER else START + timedelta(seconds=rung),
            heard_at=START - timedelta(days=2) if self._is_heard else None,
        )


class NextLook:
    """When a drain sets the next routine look: the product's own rule."""

    def __init__(self, sweep_every: timedelta) -> None:
        self._sweep_every = sweep_every

    def __call__(self, link: Link, now: datetime) -> datetime:
        due = next_routine_check(link, now, self._sweep_every)
        if due is None:
            raise RuntimeError("a working link is always due some time")
        return due


def _seconds(moment: datetime) -> float:
    return (moment - START).total_seconds()


def _size_of(link: Link) -> int:
    """Of its row, as DynamoDB counts: names and values in UTF-8."""
    item = to_link_row(link).to_dynamodb_dict()
    return sum(len(name) + sum(len(str(value)) for value in typed.values()) for name, typed in item.items())
