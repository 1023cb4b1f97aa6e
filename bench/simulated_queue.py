"""A queue and the functions that answer it, in time that is simulated: nobody waits for what a message takes.

What is decided about a message is the product's own code; how long that takes is what calls and documents
were counted and measured to take.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count


@dataclass(slots=True, eq=False)
class Message:
    """What somebody waits for. `group` is SQS's; `payer` is whose readers it needs."""

    group: str
    company: str
    sent: float
    receives: int = 0
    done: float | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """What an answer came to: for how long a function was at it, and for how long it is hidden then.

    It is done where that is None. `end` is called when the function is free again.
    """

    seconds: float
    hidden_for: float | None = None
    end: Callable[[], object] = field(default=lambda: None)


class Lanes:
    """Which message is received next."""

    def __init__(self, *, is_fifo: bool = False, is_fair: bool = False) -> None:
        """First in, first out: one of a group at once. Fair: first those of whom least is being answered."""
        self._is_fifo, self._is_fair = is_fifo, is_fair
        self._visible: dict[str, deque[Message]] = defaultdict(deque)
        self._under_way: Counter[str] = Counter()

    def put(self, message: Message) -> None:
        """It can be received from now on."""
        self._visible[message.group].append(message)

    def take(self) -> Message | None:
        """Receive one; None where there is none that may be."""
        groups = [
            group
            for group, waiting in self._visible.items()
            if waiting and not (self._is_fifo and self._under_way[group])
        ]
        if not groups:
            return None
        group = min(groups, key=self._order)
        self._under_way[group] += 1
        message = self._visible[group].popleft()
        if not self._visible[group]:
            del self._visible[group]
        return message

    def release(self, message: Message) -> None:
        """Nobody is at it any more."""
        self._under_way[message.group] -= 1

    def _order(self, group: str) -> tuple[int, float]:
        return (self._under_way[group] if self._is_fair else 0), self._visible[group][0].sent


class Functions:
    """So many instances that answer messages, each one at a time."""

    def __init__(self, instances: int, lanes: Lanes, serve: Callable[[Message, float], Served]) -> None:
        self._free = instances
        self._lanes = lanes
        self._serve = serve
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self.now = 0.0

    def send(self, message: Message) -> None:
        """At the time that it says."""
        self._at(message.sent, lambda: self._lanes.put(message))

    def run(self, is_over: Callable[[], bool]) -> None:
        """Until nothing happens any more, or nobody is interested in what does."""
        while self._events and not is_over():
            self.now, _, happen = heapq.heappop(self._events)
            happen()
            for message in self._taken():
                self._answer(message)

    def _taken(self) -> Iterator[Message]:
        while self._free and (message := self._lanes.take()) is not None:
            self._free -= 1
            yield message

    def _answer(self, message: Message) -> None:
        message.receives += 1
        served = self._serve(message, self.now)

        def end() -> None:
            self._free += 1
            served.end()
            self._lanes.release(message)
            if served.hidden_for is None:
                message.done = self.now
            else:
                self._at(self.now + served.hidden_for, lambda: self._lanes.put(message))

        self._at(self.now + served.seconds, end)

    def _at(self, when: float, happen: Callable[[], None]) -> None:
        heapq.heappush(self._events, (when, next(self._order), happen))
