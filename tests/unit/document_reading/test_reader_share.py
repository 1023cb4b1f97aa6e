"""What waits for its share of the readers has lost nothing, and is read in the end."""

from __future__ import annotations

import heapq
from contextlib import suppress

import pytest

from functions.document_reading.job.read_expense import LEASE
from functions.document_reading.job.reader_share import ShareTaken, share_delay
from functions.document_reading.outcomes import DocumentUnreadable, ReaderDied, ReadingUnderWay
from shared.domain.errors import AwsUnavailable
from shared.domain.expenses import ExpenseStatus
from shared.domain.reader_shares import ReaderShares, ReaderSlots
from shared.domain.reading_jobs import ReadingFailure
from shared.doorbells.received import ComeBackLater
from testing.fakes.failing import Failing, always
from tests.unit.document_reading.reading_world import ReadingWorld

MOST_RECEIVES = 100
"""Of the template: what is received more often ends in the dead-letter queue."""
SLOTS = ReaderSlots("user", "alice", 3)


@pytest.fixture
def world() -> ReadingWorld:
    world = ReadingWorld()
    world.imported()
    return world


def have_all_at_work(world: ReadingWorld) -> None:
    taken = [world.leases.take(SLOTS, world.clock()) for _ in range(SLOTS.most)]
    assert None not in taken


def test_beyond_the_share_nothing_of_the_job_is_changed(world: ReadingWorld) -> None:
    have_all_at_work(world)
    before = world.job()

    with pytest.raises(ShareTaken):
        world.answer()

    assert world.job() == before
    assert world.reader.opened == []


def test_any_number_of_refusals_spends_no_attempt_and_the_document_is_read(world: ReadingWorld) -> None:
    have_all_at_work(world)
    for _ in range(20):
        with pytest.raises(ShareTaken):
            world.answer()

    world.clock.advance(seconds=LEASE.total_seconds())
    answer = world.answer()

    assert answer.answer == "done"


@pytest.mark.parametrize(
    "error",
    [
        None,
        DocumentUnreadable(ReadingFailure.UNREADABLE),
        ReaderDied("it died"),
        ReadingUnderWay("job"),
        AwsUnavailable("s3"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_however_a_reading_ends_its_reader_is_free(world: ReadingWorld, error: Exception | None) -> None:
    if error is not None:
        world.reader.before = always(error)

    with suppress(ComeBackLater):
        world.answer()

    assert world.leases.held == {}


def test_a_document_that_nobody_wants_read_takes_no_reader(world: ReadingWorld) -> None:
    have_all_at_work(world)
    world.imported(status=ExpenseStatus.DELETED)

    answer = world.answer()

    assert answer.answer == "done"


def test_a_lease_that_cannot_be_given_back_undoes_nothing(world: ReadingWorld) -> None:
    world.leases = Failing(world.leases, give_back=always(AwsUnavailable("dynamodb")))

    answer = world.answer()

    assert answer.answer == "done"


@pytest.mark.parametrize(
    ("readers", "user", "head_start", "company"),
    [(20, 4, 14, 18), (2, 1, 0, 1), (100, 20, 70, 90), (3, 1, 1, 2)],
)
def test_shares_leave_readers_to_others_and_are_never_none(
    readers: int, user: int, head_start: int, company: int
) -> None:
    shares = ReaderShares.of(readers, user_percent=20, company_percent=90, at_first_percent=90)

    assert shares == ReaderShares(user, company, head_start)


def test_where_first_documents_have_no_more_readers_there_is_no_head_start() -> None:
    shares = ReaderShares.of(20, user_percent=30, company_percent=60, at_first_percent=10)

    assert shares == ReaderShares(6, 12, 0)


@pytest.mark.parametrize(("documents", "within"), [(100, 60), (2_000, 1_500), (20_000, 9_000)])
def test_who_has_dropped_thousands_waits_and_never_loses_one(documents: int, within: float) -> None:
    """One user's doorbells, four readers for them, a second each: as SQS would hand them out."""
    waiting = [(0.0, number, 1) for number in range(documents)]
    free_at = [0.0] * 4
    last_read, most_receives = 0.0, 0
    while waiting:
        now, number, receives = heapq.heappop(waiting)
        if free_at[0] <= now:
            heapq.heapreplace(free_at, now + 1)
            last_read, most_receives = now, max(most_receives, receives)
        else:
            heapq.heappush(waiting, (now + share_delay(receives), number, receives + 1))

    assert last_read < within
    assert most_receives < MOST_RECEIVES / 2
