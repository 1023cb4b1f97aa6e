"""A user and a company hold no more than their share of the readers; what a dead reader held is free again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.document_reading.job.reader_share import Leases, ReaderShare, ShareTaken
from shared.aws.stores.reader_leases import CLOCKS_APART, ReaderLeases
from shared.domain.page_quotas import Payer
from shared.domain.reader_shares import (
    HEAD_START_DOCUMENTS,
    HEAD_START_WINDOW,
    ReaderLease,
    ReaderShares,
    ReaderSlots,
    slots_of,
)
from testing.fakes.reader_leases import FakeReaderLeases
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
LASTING = timedelta(seconds=135)
ALICE = ReaderSlots("user", "alice", 3)
MANY = 40


@pytest.fixture
def leases(kind: str, request: pytest.FixtureRequest) -> Leases:
    if kind == FAKE:
        return FakeReaderLeases(LASTING)
    request.getfixturevalue("aws")
    return ReaderLeases("reading_jobs", LASTING)


def take_all(leases: Leases, slots: ReaderSlots, now: datetime = NOW) -> list[ReaderLease]:
    """Take until there is none left."""
    taken = []
    while lease := leases.take(slots, now):
        taken.append(lease)
    return taken


def test_there_are_no_more_than_there_are(leases: Leases) -> None:
    taken = take_all(leases, ALICE)

    assert sorted(lease.slot for lease in taken) == [0, 1, 2]
    assert leases.take(ALICE, NOW) is None


def test_what_is_given_back_is_taken_again(leases: Leases) -> None:
    _, second, _ = take_all(leases, ALICE)

    leases.give_back(second)

    (again,) = take_all(leases, ALICE)
    assert (again.slot, again.by != second.by) == (second.slot, True)


@pytest.mark.parametrize("other", [replace(ALICE, holder_id="bob"), replace(ALICE, kind="company")])
def test_one_holders_readers_take_nothing_from_anothers(leases: Leases, other: ReaderSlots) -> None:
    take_all(leases, ALICE)

    assert len(take_all(leases, other)) == 3


def test_what_a_reader_that_died_held_is_free_when_its_lease_ends(leases: Leases) -> None:
    take_all(leases, ALICE)

    just_before = leases.take(ALICE, NOW + LASTING - timedelta(seconds=1))

    assert just_before is None
    assert len(take_all(leases, ALICE, NOW + LASTING)) == 3


def test_a_reader_that_outlived_its_lease_takes_nothing_from_who_has_the_slot_now(leases: Leases) -> None:
    (slow, *_) = take_all(leases, ALICE)
    take_all(leases, ALICE, NOW + LASTING)

    leases.give_back(slow)

    assert leases.take(ALICE, NOW + LASTING) is None


def test_a_clock_that_was_far_ahead_keeps_no_slot(leases: Leases) -> None:
    take_all(leases, ALICE, NOW + timedelta(days=400))

    assert len(take_all(leases, ALICE)) == 3


def test_clocks_that_differ_by_minutes_share_the_same_slots(leases: Leases) -> None:
    take_all(leases, ALICE, NOW + CLOCKS_APART)

    assert leases.take(ALICE, NOW) is None


def test_a_share_that_was_lowered_holds_for_who_comes_next(leases: Leases) -> None:
    take_all(leases, ALICE)

    assert leases.take(replace(ALICE, most=2), NOW) is None


WITH_A_HEAD_START = replace(ALICE, head_start=2)


def read(leases: Leases, slots: ReaderSlots, at_once: int, now: datetime) -> int:
    """Have so many documents read at once, as far as there are readers, and say how many were."""
    taken = [lease for _ in range(at_once) if (lease := leases.take(slots, now))]
    for lease in taken:
        leases.give_back(lease)
    return len(taken)


def test_first_documents_have_more_readers_and_later_ones_no_more_than_ever(leases: Leases) -> None:
    rounds = [read(leases, WITH_A_HEAD_START, 9, NOW) for _ in range(HEAD_START_DOCUMENTS + 2)]

    assert rounds == [5] * HEAD_START_DOCUMENTS + [3, 3]


def test_who_needs_no_more_than_their_share_keeps_the_head_start(leases: Leases) -> None:
    for _ in range(2 * HEAD_START_DOCUMENTS):
        read(leases, WITH_A_HEAD_START, 3, NOW)

    assert read(leases, WITH_A_HEAD_START, 9, NOW) == 5


def test_a_head_start_is_had_again_ten_minutes_after_it_began(leases: Leases) -> None:
    for _ in range(HEAD_START_DOCUMENTS):
        read(leases, WITH_A_HEAD_START, 9, NOW)
    later = NOW + HEAD_START_WINDOW

    before, after = (
        read(leases, WITH_A_HEAD_START, 9, moment) for moment in (later - timedelta(seconds=1), later)
    )

    assert (before, after) == (3, 5)


def test_a_clock_that_was_far_ahead_keeps_nobody_from_their_head_start(leases: Leases) -> None:
    for _ in range(HEAD_START_DOCUMENTS):
        read(leases, WITH_A_HEAD_START, 9, NOW + timedelta(days=400))

    assert read(leases, WITH_A_HEAD_START, 9, NOW) == 5


def test_what_died_in_a_head_start_is_free_when_its_lease_ends_and_counts(leases: Leases) -> None:
    for round_ in range(HEAD_START_DOCUMENTS - 1):
        read(leases, WITH_A_HEAD_START, 9, NOW + timedelta(seconds=round_))

    taken = take_all(leases, WITH_A_HEAD_START, NOW)

    assert len(taken) == 5
    assert leases.take(WITH_A_HEAD_START, NOW) is None
    assert len(take_all(leases, WITH_A_HEAD_START, NOW + LASTING)) == 3


def test_a_late_reader_of_a_head_start_frees_no_slot_of_who_has_it_now(leases: Leases) -> None:
    slow = take_all(leases, WITH_A_HEAD_START)
    take_all(leases, WITH_A_HEAD_START, NOW + LASTING)

    for lease in slow:
        leases.give_back(lease)

    assert leases.take(WITH_A_HEAD_START, NOW + LASTING) is None


def test_however_many_come_at_once_no_more_are_at_work(leases: Leases) -> None:
    """Users of two companies, each document by a thread that comes back until it was read."""
    shares = ReaderShares(user=2, company=3, head_start=1)
    share = ReaderShare(leases, shares, lambda: NOW)
    payers = [Payer("alice", "atelier"), Payer("bob", "atelier"), Payer("carol", "bureau"), Payer("dave")]
    at_work, most = dict.fromkeys(keys_of(payers), 0), dict.fromkeys(keys_of(payers), 0)
    counting = threading.Lock()

    def count(payer: Payer, change: int) -> None:
        with counting:
            for key in keys_of([payer]):
                at_work[key] += change
                most[key] = max(most[key], at_work[key])

    def read(number: int) -> None:
        payer = payers[number % len(payers)]
        while True:
            try:
                with share.held(payer):
                    count(payer, 1)
                    count(payer, -1)
            except ShareTaken:
                continue
            return

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(read, range(MANY)))

    may = {"user": shares.user + shares.head_start, "company": shares.company}
    assert all(most[kind, holder] <= may[kind] for kind, holder in most)
    assert set(at_work.values()) == {0}


def keys_of(payers: list[Payer]) -> list[tuple[str, str]]:
    return [(each.kind, each.holder_id) for payer in payers for each in slots_of(payer, ReaderShares(1, 1))]


def test_who_gets_no_slot_of_the_company_holds_none_of_their_own(leases: Leases) -> None:
    share = ReaderShare(leases, ReaderShares(user=1, company=1), lambda: NOW)

    with (
        share.held(Payer("alice", "atelier")),
        pytest.raises(ShareTaken),
        share.held(Payer("bob", "atelier")),
    ):
        pass

    with share.held(Payer("bob", "bureau")):
        assert leases.take(ReaderSlots("user", "bob", 1), NOW) is None
