"""What a doorbell and a document cost in calls, for a new user and for one with a long history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.aws_calls import AwsCalls
from bench.figures import Figure, Table
from bench.linked_user import LinkedUser, linked_user

SHORT, LONG = 10, 10_000
MANY, FEW = 21, 1


@dataclass(frozen=True, slots=True)
class Counts:
    """Of an empty doorbell, of one with a single document, and for each further document."""

    history: int
    empty: AwsCalls
    empty_dropbox: Counter[str]
    single: AwsCalls
    single_dropbox: Counter[str]
    further: AwsCalls

    @property
    def for_each_document(self) -> dict[str, float]:
        """Requests by service and operation."""
        return self.further.divided_by(MANY - FEW)


def count(histories: Sequence[int] = (SHORT, LONG)) -> list[Counts]:
    """After a short and after a long history."""
    with linked_user() as user:
        user.answer_doorbell()  # decrypts the token and refreshes it
        return [_count(user, history) for history in histories]


def as_table(counts: list[Counts]) -> Table:
    """Every line should read alike but for the history."""
    figures = [figure for each in counts for figure in _figures(each)]
    return Table("Growth: calls, counted with the real adapters", "", figures)


def _figures(counts: Counts) -> list[Figure]:
    after = f"after {counts.history:,} imports"
    return [
        Figure(
            f"empty doorbell {after}",
            f"{sum(counts.empty_dropbox.values())} Dropbox",
            aim="1 list_folder",
            remark=f"{describe(counts.empty_dropbox)}; {describe(counts.empty.requests)}",
        ),
        Figure(
            f"a document {after}",
            f"{sum(counts.for_each_document.values()):g} AWS",
            aim="the same",
            remark=f"{describe(counts.for_each_document)}; {_units(counts)}",
        ),
    ]


def _units(counts: Counts) -> str:
    each = MANY - FEW
    return f"{counts.further.write_units / each:g} write and {counts.further.read_units / each:g} read units"


def describe(requests: Mapping[str, float]) -> str:
    """`3 dynamodb GetItem, 1 s3 PutObject`."""
    return ", ".join(f"{count:g} {name}" for name, count in sorted(requests.items()))


def _count(user: LinkedUser, history: int) -> Counts:
    user.import_earlier(history)
    empty, empty_dropbox = user.answer_doorbell()
    single, single_dropbox = user.answer_doorbell(_documents(FEW, history))
    many, _ = user.answer_doorbell(_documents(MANY, history))
    return Counts(history, empty, empty_dropbox, single, single_dropbox, many.minus(single))


def _documents(count: int, history: int) -> list[bytes]:
    return [f"document {number} of {count} after {history}".encode() for number in range(count)]
