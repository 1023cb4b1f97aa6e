"""When everything has come to rest: nobody waits for anything, and who comes next waits behind nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from bench.soak.people import Everybody
from bench.soak.queues import Lying, messages_on
from bench.soak.tables import Row, Tables
from local.world import World

_LOOK_EVERY_SECONDS = 3.0
_SHOWN = 5
_UNREAD, _PENDING, _ACTIVE = "WAITING", "PENDING", "ACTIVE"


class Rest:
    """Looks at what is still to be done, from outside."""

    def __init__(self, world: World, everybody: Everybody) -> None:
        self._aws = world.aws
        self._everybody = everybody
        self._tables = Tables(world)
        deployment = world.deployment
        self._queues = {
            "import": deployment.import_queue_url,
            "synchronisation": deployment.sync_queue_url,
            "reading": deployment.reading_queue_url,
        }

    def wait(self, until: float, say: Callable[[str], None]) -> None:
        """Until there is rest, or until that instant of the monotonic clock; tells what is left by then."""
        while (left := self.left()) and time.monotonic() < until:
            say("left: " + ", ".join(f"{len(each)} {what}" for what, each in left.items()))
            time.sleep(_LOOK_EVERY_SECONDS)

    def in_words(self) -> list[str]:
        """What is left, a line for each kind with some of them by name; empty at rest."""
        return [f"{len(each)} {what}: {_some(each)}" for what, each in self.left().items()]

    def left(self) -> Mapping[str, Sequence[str]]:
        """What somebody still waits for, or would wait behind, by kind."""
        found = {
            "links that do not work": [_link(row) for row in self._tables.links() if _does_not_work(row)],
            "files in Auto-Import": [
                f"{user.person.user_id} {path}" for user in self._everybody for path in user.lying()
            ],
            "records not filed": [_file(row) for row in self._tables.records() if "unfiled" in row],
            "waiting files": [
                f"{_file(row)} until {row['next_try']}" for row in self._tables.waiting_files()
            ],
            "pending deliveries": [
                f"{row['company_id']} {row['expense_id']}"
                for row in self._tables.deliveries()
                if row["status"] == _PENDING
            ],
            "unread documents": [
                f"{row['user_id']} {row['expense_id']} until {row.get('next_try') or row.get('next_due')}"
                for row in self._tables.jobs()
                if row["status"] == _UNREAD
            ],
            "doorbells not answered": list(self._doorbells()),
        }
        return {what: each for what, each in found.items() if each}

    def _doorbells(self) -> Iterator[str]:
        """A drop of now would wait behind them, or for a reader that is at theirs."""
        for queue, url in self._queues.items():
            for message in messages_on(self._aws, url):
                yield f"{queue} {_message(message)}"


def _does_not_work(link: Row) -> bool:
    """Everybody has linked at the end."""
    return link["status"] != _ACTIVE or bool(link.get("problem"))


def _link(row: Row) -> str:
    return f"{row['link_id']} {row['status']} {row.get('problem') or ''}".rstrip()


def _file(row: Row) -> str:
    return f"{row['user_id']} {row.get('name') or row.get('file_key') or ''}".rstrip()


def _message(message: Lying) -> str:
    state = f"hidden for {message.hidden_for:.0f} s" if message.hidden_for else "to be received"
    return f"{message.group}, {message.age:.0f} s old, {state}, received {message.receives} times"


def _some(each: Sequence[str]) -> str:
    more = f" and {len(each) - _SHOWN} more" if len(each) > _SHOWN else ""
    return "; ".join(each[:_SHOWN]) + more
